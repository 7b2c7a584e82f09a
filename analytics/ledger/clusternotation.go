package ledger

import (
	"fmt"
	"regexp"
	"strings"

	"clientele/analytics/engine/dialect"
)

// Spark has no strptime, and its own patterns take other texts. A time in numbers is known by
// the shape of its text, and written anew as ISO 8601 does.

// notationOnCluster is a way to write a time in numbers.
type notationOnCluster struct {
	format   string
	shape    string // what it reads
	loose    string // what this process might read by it, too
	variants []timeVariant
	clock    bool
}

// timeVariant is a shape all of which is written anew in one way.
type timeVariant struct {
	shape, anew string
	hours       int // to be added: 12 after noon
}

// notationsOnCluster are the ways in which a source's times are read beside ISO. unknown is one
// that the cluster does not read; empty: it reads all.
func notationsOnCluster(r *timeReading) (all []notationOnCluster, unknown string) {
	formats := r.patterns
	if formats == nil {
		formats = r.formats
	}
	for _, f := range formats {
		n, ok := newNotation(f, len(formats) > 1)
		if !ok {
			if r.patterns != nil {
				unknown = f
			}
			continue
		}
		all = append(all, n)
	}
	return all, unknown
}

// formatParts finds the parts of a strptime pattern.
var formatParts = regexp.MustCompile(`%.|[^%]+`)

// newNotation reads a pattern of strptime. Beside others, it takes short years, as strptime
// does, so that no other reads them.
func newNotation(format string, besideOthers bool) (n notationOnCluster, ok bool) {
	n = notationOnCluster{format: format, variants: []timeVariant{{}}}
	group := map[byte]int{}
	for _, part := range formatParts.FindAllString(format, -1) {
		if part[0] != '%' {
			n.add(regexp.QuoteMeta(part))
			n.loose += strings.ReplaceAll(regexp.QuoteMeta(part), " ", `\s+`)
			continue
		}
		pattern, known := partPatterns[part[1]]
		if _, twice := group[part[1]]; !known || twice {
			return n, false
		}
		group[part[1]] = len(group) + 1
		n.loose += `\s*[\w]+`
		switch {
		case part == "%y":
			n.split(shortYears...)
		case part == "%Y" && besideOthers:
			n.split(longYears...)
		case part == "%I":
			n.split(`(0?[1-9]|1[01])`, `(12)`)
		case part == "%p":
			n.split(`([Aa][Mm])`, `([Pp][Mm])`)
		default:
			n.add(pattern)
		}
	}
	return n.finish(group)
}

// partPatterns are the texts of the parts that are read. Minutes and seconds have two digits.
var partPatterns = map[byte]string{
	'd': `(\d{1,2})`, 'm': `(\d{1,2})`, 'Y': `(\d{4})`, 'y': `(\d{2})`, 'H': `(\d{1,2})`, 'I': `(\d{1,2})`, 'M': `(\d{2})`, 'S': `(\d{2})`, 'p': `([AaPp][Mm])`,
}

// add adds to the shape of all variants.
func (n *notationOnCluster) add(pattern string) {
	for i := range n.variants {
		n.variants[i].shape += pattern
	}
}

// split makes variants of each.
func (n *notationOnCluster) split(patterns ...string) {
	var all []timeVariant
	for _, v := range n.variants {
		for _, p := range patterns {
			all = append(all, timeVariant{shape: v.shape + p})
		}
	}
	n.variants = all
}

// finish says how each variant is written anew. ok is false where the parts are no time.
func (n notationOnCluster) finish(group map[byte]int) (notationOnCluster, bool) {
	has := func(part byte) bool { return group[part] > 0 }
	if !has('d') || !has('m') || has('Y') == has('y') || has('H') && has('I') || has('I') != has('p') || has('S') && !has('M') || has('M') && !has('H') && !has('I') {
		return n, false
	}
	n.clock = has('H') || has('I')
	var shapes []string
	for i := range n.variants {
		v := &n.variants[i]
		shapes = append(shapes, v.shape)
		of := func(part byte) string { return fmt.Sprintf("$%d", group[part]) }
		year := longYear[partOf(v.shape, group['Y'])] + of('Y')
		if has('y') {
			year = shortYear[partOf(v.shape, group['y'])] + of('y')
		}
		v.anew = year + "-" + of('m') + "-" + of('d')
		if !n.clock {
			continue
		}
		hour := of('H')
		if has('I') {
			hour = of('I')
			if strings.Contains(v.shape, `(12)`) {
				hour = "0"
			}
			if strings.Contains(v.shape, `[Pp]`) {
				v.hours = 12
			}
		}
		v.anew += " " + hour
		for _, part := range []byte{'M', 'S'} {
			if has(part) {
				v.anew += ":" + of(part)
			} else {
				v.anew += ":00"
			}
		}
	}
	n.shape = strings.Join(shapes, "|")
	return n, true
}

// Years of all lengths, with what stands before them in one of four digits. strptime takes
// those of two digits from 69 on for the century before.
var (
	shortYears = []string{`([0-5]\d|6[0-8])`, `(69|[7-9]\d)`, `(\d)`}
	shortYear  = map[string]string{shortYears[0]: "20", shortYears[1]: "19", shortYears[2]: "200"}
	longYears  = []string{`(\d{4})`, `(\d{3})`, `(\d{2})`, `(\d)`}
	longYear   = map[string]string{longYears[1]: "0", longYears[2]: "00", longYears[3]: "000"}
)

// partOf is the group of a number in a shape whose groups are not nested.
func partOf(shape string, number int) string {
	if number == 0 {
		return ""
	}
	return groups.FindAllString(shape, -1)[number-1]
}

var groups = regexp.MustCompile(`\([^)]*\)`)

// swapped is the same way with day and month the other way round. A year that is first is not
// mistaken.
func (n notationOnCluster) swapped() (other notationOnCluster, is bool) {
	if strings.HasPrefix(n.format, "%Y") {
		return n, false
	}
	return newNotation(strings.NewReplacer("%d", "%m", "%m", "%d").Replace(n.format), false)
}

// readSQL is what the clock shows at a time that is written so; NULL for others.
func (n notationOnCluster) readSQL(as string, wall func(string) string) string {
	d := dialect.Spark
	var sql strings.Builder
	sql.WriteString("CASE")
	for _, v := range n.variants {
		anew := "regexp_replace(" + timeOfText + ", " + d.Literal("^(?:"+v.shape+`)\z`) + ", " + d.Literal(v.anew) + ")"
		read := "CAST(TRY_CAST(" + anew + " AS DATE) AS " + as + ")"
		if n.clock {
			shown := "TRY_CAST(" + anew + " AS TIMESTAMP_NTZ)"
			if v.hours > 0 {
				shown = fmt.Sprintf("(%s + INTERVAL '%d' HOUR)", shown, v.hours)
			}
			read = wall(shown)
		}
		sql.WriteString(" WHEN " + d.Write("full_match", timeOfText, d.Literal(v.shape)) + " THEN " + read)
	}
	return sql.String() + " END"
}
