package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// Every row whose time cannot be read says in which other ways it could be. Where these
// are more than slips, the source is read once more in all ways that it shows, or refused.

// The ways to read a time, as bits of the ledger's time_form.
const (
	byDayFirst   = 1
	byMonthFirst = 2
	byShortYear  = 4
	inOrders     = byDayFirst | byMonthFirst | byShortYear
	ordersDiffer = 8  // and are not the same day
	bySplit      = 16 // a date that means one thing alone
	byDigits     = 32
	otherZone    = 64  // ends with the name of a zone that the source does not have
	laterDigits  = 128 // digits that another night, with later days, may read
)

// orderBits are the bits of the orders that may be mistaken for each other.
var orderBits = map[partOrder]int{dayFirst: byDayFirst, monthFirst: byMonthFirst, shortYearFirst: byShortYear}

// formSQL tells in which ways a time can be read, where it was not read, or where the order
// of its parts is open.
func (r *timeReading) formSQL(kind string) string {
	const v = `"clientele.time"`
	if isTime(kind) || r.patterns != nil {
		return "CAST(NULL AS UTINYINT)"
	}
	own := func(s string) string { return s }
	is := func(condition string, bit int) string {
		return fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", condition, bit)
	}
	by := func(o partOrder) string { return readDateSQL("t", splitFormats(o)) }
	differ := by(dayFirst) + " <> " + by(monthFirst) + " OR " + by(dayFirst) + " <> " + by(shortYearFirst) + " OR " + by(monthFirst) + " <> " + by(shortYearFirst)
	orders := strings.Join([]string{
		is(by(dayFirst)+" IS NOT NULL", byDayFirst), is(by(monthFirst)+" IS NOT NULL", byMonthFirst),
		is(by(shortYearFirst)+" IS NOT NULL", byShortYear), is(differ, ordersDiffer),
	}, " + ")
	once := func(of, mask string) string { return "list_transform([" + of + "], lambda t: " + mask + ")[1]" }
	const zoned = clockPattern + "$"
	zone := "regexp_extract(" + v + ", '" + zoned + "', 4)"
	rest := strings.Join([]string{
		is(splitDaySQL(v, splitFormats(yearFirst), r.zones, own, own)+" IS NOT NULL", bySplit),
		is(digitsDaySQL(v, r.limit, own, own)+" IS NOT NULL", byDigits),
		is(fullMatch(dialect.DuckDB, v, laterDigitsPattern), laterDigits),
		is("regexp_full_match("+zone+", '[A-Z]{2,5}') AND "+zone+" NOT IN ("+r.zones.walls()+") AND "+r.zones.minutesSQL(zone)+" IS NULL", otherZone),
	}, " + ")
	form := `CASE WHEN "clientele.day" IS NULL AND ` + v + " <> '' THEN " + once(datePartSQL(v), orders) + " + " + rest
	if r.open {
		form += " WHEN " + v + " <> '' THEN " + once(datePartSQL(v), orders)
	}
	return "CAST(" + form + " END AS UTINYINT)"
}

// timeForms is what the rows of a source say of their times.
type timeForms struct {
	rows  map[int]int64 // by bits
	first map[int]place
	all   int64 // rows that have a time
}

// among counts the rows that have some of one set of bits and none of another.
func (f *timeForms) among(some, none int) (n int64, first place) {
	for bits, rows := range f.rows {
		if bits&some == 0 || bits&none != 0 {
			continue
		}
		n += rows
		if at := f.first[bits]; first.line == 0 || at.before(first) {
			first = at
		}
	}
	return n, first
}

// reviewTimes looks how the times of all rows are written that could not be read or whose
// order is open. It tells whether they have to be read again.
func (p *Plan) reviewTimes(ctx context.Context) (again bool, err error) {
	for i, r := range p.times {
		if r.patterns != nil {
			continue
		}
		f, err := p.timeFormsOf(ctx, i)
		if err != nil {
			return false, err
		}
		more, err := p.reviewTime(i, r, f)
		if err != nil {
			return false, err
		}
		again = again || more
	}
	return again, nil
}

func (p *Plan) timeFormsOf(ctx context.Context, source int) (*timeForms, error) {
	f := &timeForms{rows: map[int]int64{}, first: map[int]place{}}
	rows, err := p.wholeText(ctx, timesPart(source), "SELECT coalesce(time_form, 0), rows, file, line FROM <part> AS forms")
	if err != nil {
		return nil, fmt.Errorf("ledger: forms of times: %w", err)
	}
	for _, r := range rows {
		var bits int
		var n int64
		var at place
		if _, err := fmt.Sscan(strings.Join(r, " "), &bits, &n, &at.file, &at.line); err != nil {
			return nil, fmt.Errorf("ledger: forms of times: %w", err)
		}
		f.rows[bits] += n
		noteFirst(f.first, bits, at)
	}
	fates, err := p.fates(ctx)
	if err != nil {
		return nil, err
	}
	for reason, n := range fates[source] {
		if reason != Filtered {
			f.all += n
		}
	}
	return f, nil
}

// timesPart counts rows by what they say of how times are written.
func timesPart(source int) part {
	return part{
		name: fmt.Sprintf("times_%d", source), adds: engine.Adds{Keys: []string{"file", "time_form"}, Least: []string{"line"}}, byFile: true,
		sql: fmt.Sprintf(`SELECT file, time_form, count(*) AS rows, min(line) AS line FROM ledger
		WHERE source = %d AND reason IS DISTINCT FROM 'malformed' AND reason IS DISTINCT FROM 'filtered' AND time_form IS NOT NULL
		GROUP BY file, time_form`, source),
	}
}

func (p *Plan) reviewTime(source int, r *timeReading, f *timeForms) (again bool, err error) {
	if n, first := f.among(otherZone, 0); !isSlip(n, f.all) || n == f.all && n > 0 {
		return false, p.dataErrorAt(first, "%d times, the first on this line, end with the name of a zone that is not one of %s; state the zone whose clocks have such names in sources.%d.timezone",
			n, p.zoneOf(source), source)
	}
	if r.open {
		return p.settleOrder(source, r, f)
	}
	known := orderBits[r.order]
	contrary, first := f.among(inOrders, known)
	if r.hasOrder() && !isSlip(contrary, f.all) {
		return false, p.dataErrorAt(first, "%d of %d times, the first on this line, have day, month and year in another order than %s, in which the others are read; if all are of one order say so in sources.%d.dates, dmy, mdy or ymd, or give the files of each order a source of their own",
			contrary, f.all, orders[r.order], source)
	}
	if !r.hasOrder() {
		if n, _ := f.among(inOrders, 0); !isSlip(n, f.all) {
			return p.settleOrder(source, r, f)
		}
	}
	return r.widen(f), nil
}

// hasOrder tells whether times are read whose parts could have another order.
func (r *timeReading) hasOrder() bool {
	for i, n := range notations {
		if n.order == r.order && r.reads[i] > 0 {
			return true
		}
	}
	return r.stated != job.AutoDates
}

// widen reads in more ways, where more than slips need them.
func (r *timeReading) widen(f *timeForms) (again bool) {
	if n, _ := f.among(byDigits, 0); !r.digits && !isSlip(n, f.all) {
		r.digits, again = true, true
	}
	split, _ := f.among(bySplit, 0)
	ordered, _ := f.among(orderBits[r.order], 0)
	if r.expansion || split == 0 && (ordered == 0 || !r.hasOrder()) {
		return again
	}
	r.splits, r.expansion = splitFormats(yearFirst), true
	if r.hasOrder() {
		r.splits = splitFormats(yearFirst, r.order)
	}
	return true
}

// settleOrder takes the order that reads most of all rows, or asks for it.
func (p *Plan) settleOrder(source int, r *timeReading, f *timeForms) (again bool, err error) {
	reads := map[partOrder]int64{}
	best := r.order
	for _, o := range []partOrder{dayFirst, monthFirst, shortYearFirst} {
		reads[o], _ = f.among(orderBits[o], 0)
		if reads[o] > reads[best] {
			best = o
		}
	}
	differ, _ := f.among(ordersDiffer, 0)
	for o, n := range reads {
		if differ > 0 && o != best && n == reads[best] {
			return false, p.askForOrder(source, r)
		}
	}
	changed := r.open || best != r.order
	r.open = false
	r.take(best)
	r.splits, r.expansion = splitFormats(yearFirst, best), true
	r.stated = orders[best]
	return changed, nil
}

// askForOrder says that nothing tells day from month.
func (p *Plan) askForOrder(source int, r *timeReading) error {
	s := p.job.Sources[source]
	var words []string
	for _, o := range []partOrder{dayFirst, monthFirst, shortYearFirst} {
		if slices.ContainsFunc(notations, func(n notation) bool { return n.order == o }) && r.reads[slices.Index(notations, r.mostFrequent(o))] > 0 {
			words = append(words, orders[o])
		}
	}
	if len(words) == 0 {
		words = []string{job.DayFirstDates, job.MonthFirstDates}
	}
	return job.Errors{violation(s, source, "columns.time",
		"its values may be read in more than one order of day, month and year, as %s could be; say which in sources.%d.dates: %s",
		inventedTime(r.mostFrequent(r.order).format), source, strings.Join(words, " or "))}
}

// inventedTime is a made-up time that is written like those of a format and may be read
// in more than one order. It goes into a message, where a customer's time must not.
func inventedTime(format string) string {
	return strings.NewReplacer("%d", "01", "%m", "02", "%Y", "2003", "%y", "03", "%H", "04", "%I", "04", "%M", "05", "%S", "06", "%p", "AM").Replace(format)
}

// zoneOf is the zone whose clocks the times of a source show.
func (p *Plan) zoneOf(source int) string {
	if zone := p.job.Sources[source].Timezone; zone != "" {
		return zone
	}
	return p.job.Timezone
}
