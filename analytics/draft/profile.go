package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/ledger"
)

// column is a column of an export with what its values look like.
type column struct {
	name   string
	at     int // in the look
	filled int // values that are not empty
	values map[string]int
	most   []string // the distinct values, in the order in which they appear

	// Shares of the values that are filled.
	numbers, decimals, negative, times, emails, ids, codes float64
	// dates that may be read by the day or the month first, and how many say which
	dayFirst, monthFirst, either int
	firstDate                    string
	toldBelow                    bool // only by rows below the first ones
	nested                       bool // a list or an object, not a value
	text                         bool // the file states nothing else of its values
}

// table is a file with its columns.
type table struct {
	path    string // as the job file is to have it
	look    *ledger.Look
	columns []*column

	sheetWhy string   // why this sheet of its workbook was chosen
	aside    string   // why another sheet was
	beside   []*table // the sheets that were not, of one that was
}

// title is what a person calls the table.
func (t *table) title() string {
	if t.look.Sheet != "" {
		return fmt.Sprintf("%s, sheet %s", t.path, t.look.Sheet)
	}
	return t.path
}

// profile looks at every value of a file's first rows.
func profile(look *ledger.Look) *table {
	t := &table{look: look}
	for i, c := range look.Columns {
		p := &column{name: c.Name, at: i, text: c.Text, values: map[string]int{}}
		for _, row := range look.Rows {
			p.add(strings.TrimSpace(row[i]))
		}
		p.share()
		open := p.ambiguousOnly()
		p.alsoHas(look.Values[i])
		for _, day := range look.Days[i] {
			p.readOrder(strings.TrimSpace(day), 1)
		}
		p.toldBelow = open && (p.dayFirst == 0) != (p.monthFirst == 0)
		if c.Time {
			p.times = 1
		}
		t.columns = append(t.columns, p)
	}
	return t
}

// The shapes of values.
var (
	emailShape  = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
	currencies  = regexp.MustCompile(`^[A-Z]{3}$`)
	moneyShape  = regexp.MustCompile(`^[-+−(]?\s*(?:[A-Z]{0,3}[\p{Sc}¥￥]|[A-Z]{3}|Rs\.?)?\s*[-+−]?\d[\d.,'’ \x{a0}\x{202f}]*\s*(?:[\p{Sc}¥￥元]|[A-Z]{3})?[-)]?$`)
	cents       = regexp.MustCompile(`[.,]\d{1,2}\D*$`)
	isoDay      = regexp.MustCompile(`^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}`)
	numericDay  = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(\D|$)`)
	namedMonth  = regexp.MustCompile(`(?i)(^|[^a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[^a-z]+\d`)
	namedMonth2 = regexp.MustCompile(`(?i)\d[-. ]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
	compactDay  = regexp.MustCompile(`^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{6})?$`)
	epoch       = regexp.MustCompile(`^1\d{9}(\d{3})?(\d{3})?$`)
	idShape     = regexp.MustCompile(`^[\p{L}\p{N}#_./@-]+$`)
)

// alsoHas adds values that only rows below the first ones have.
func (c *column) alsoHas(values []string) {
	for _, v := range values {
		if _, seen := c.values[strings.TrimSpace(v)]; !seen && strings.TrimSpace(v) != "" {
			c.values[strings.TrimSpace(v)] = 0
			c.most = append(c.most, strings.TrimSpace(v))
			c.readOrder(strings.TrimSpace(v), 1)
		}
	}
}

// add counts a value.
func (c *column) add(v string) {
	if v == "" {
		return
	}
	c.filled++
	if c.values[v] == 0 {
		c.most = append(c.most, v)
	}
	c.values[v]++
}

// share works out the shares of the shapes from the distinct values. It counts first: sums
// of shares would hang on the order of the values.
func (c *column) share() {
	if c.filled == 0 {
		return
	}
	for v, n := range c.values {
		c.countShapes(v, float64(n))
		if strings.HasPrefix(v, "{") || strings.HasPrefix(v, "[{") {
			c.nested = true
		}
		if isDay(v) {
			c.readOrder(v, n)
		}
	}
	for _, share := range []*float64{&c.numbers, &c.decimals, &c.negative, &c.times, &c.emails, &c.ids, &c.codes} {
		*share /= float64(c.filled)
	}
	if at := slices.IndexFunc(c.most, isDay); at >= 0 {
		c.firstDate = c.most[at]
	}
}

// countShapes adds the rows of a value to the shapes that it has.
func (c *column) countShapes(v string, rows float64) {
	money := moneyShape.MatchString(v)
	for _, shape := range []struct {
		is   bool
		rows *float64
	}{
		{isDay(v), &c.times},
		{money, &c.numbers},
		{money && cents.MatchString(v) && !strings.HasSuffix(v, ".0"), &c.decimals}, // 12.0 is a whole number of a data frame
		{money && strings.ContainsAny(v, "-−("), &c.negative},
		{emailShape.MatchString(v), &c.emails},
		{idShape.MatchString(v), &c.ids},
		{currencies.MatchString(v), &c.codes},
	} {
		if shape.is {
			*shape.rows += rows
		}
	}
}

// isDay tells whether a value is written as a day or a time of one.
func isDay(v string) bool {
	return isoDay.MatchString(v) || numericDay.MatchString(v) || compactDay.MatchString(v) ||
		namedMonth.MatchString(v) || namedMonth2.MatchString(v)
}

// readOrder notes whether a date tells its day from its month.
func (c *column) readOrder(v string, n int) {
	parts := numericDay.FindStringSubmatch(v)
	if parts == nil {
		return
	}
	first, _ := strconv.Atoi(parts[1])
	second, _ := strconv.Atoi(parts[2])
	switch {
	case first > 12:
		c.dayFirst += n
	case second > 12:
		c.monthFirst += n
	case first != second:
		c.either += n
	}
}

// epochs is the share of values that may count seconds since 1970.
func (c *column) epochs() float64 {
	n := 0
	for v, k := range c.values {
		if epoch.MatchString(v) {
			n += k
		}
	}
	return float64(n) / float64(max(1, c.filled))
}

// allMatch tells whether all values have a shape.
func (c *column) allMatch(shape *regexp.Regexp) bool {
	for v := range c.values {
		if !shape.MatchString(v) {
			return false
		}
	}
	return c.filled > 0
}

// masked tells whether most values have stars for what is to stay unknown, such as
// 138****0000: many people share one.
func (c *column) masked() bool {
	n := 0
	for v, rows := range c.values {
		if strings.Contains(v, "**") {
			n += rows
		}
	}
	return 2*n > c.filled
}

// distinct is how many values there are.
func (c *column) distinct() int { return len(c.values) }

// fill is the share of rows that have a value.
func (c *column) fill(t *table) float64 {
	return float64(c.filled) / float64(max(1, len(t.look.Rows)))
}

// unique tells whether the column is a key of its file.
func (c *column) unique(t *table) bool {
	return c.filled > 0 && c.filled == c.distinct() && c.fill(t) > 0.99
}

// named finds a column by a name, whatever its case and the blanks around it.
func (t *table) named(name string) *column {
	for _, c := range t.columns {
		if fold(c.name) == fold(name) {
			return c
		}
	}
	return nil
}

var (
	anyCurrency = regexp.MustCompile(`^[A-Za-z]{3}$`)
	clockShape  = regexp.MustCompile(`^\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?$`)
	clockIn     = regexp.MustCompile(`[T ]?\d{1,2}:\d{2}`)
)
