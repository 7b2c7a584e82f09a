package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// A time in text that is not ISO is read by the notation that the samples show. The
// values tell day from month: a number above 12 is a day. All files of a source decide
// together, as the file of one night may hold only 5/6/2024. If they cannot decide, the
// job file must: a wrong guess would go unnoticed, for every customer.

// partOrder is the order in which a notation names the parts of a date.
type partOrder int

const (
	yearFirst partOrder = iota // with four digits: not to be mistaken
	dayFirst
	monthFirst     // as in the United States
	shortYearFirst // with two digits
)

// notation is one way to write a time, as the engine's strptime has it.
type notation struct {
	format string
	order  partOrder
	split  bool // of a split time: timesplit.go
}

// readSQL reads a text in the notation.
func (n notation) readSQL(text string) string {
	if n.split {
		text = datePartSQL(text)
	}
	return "try_strptime(" + text + ", " + engine.Literal(n.format) + ")"
}

// notations are the ways that are looked for beside ISO.
var notations = listNotations()

func listNotations() []notation {
	dates := []notation{
		{format: "%Y%m%d", order: yearFirst},
		{format: "%Y年%m月%d日", order: yearFirst},
		{format: "%Y-%m-%d", order: yearFirst},
		{format: "%Y/%m/%d", order: yearFirst},
		{format: "%Y.%m.%d", order: yearFirst},
		{format: "%y-%m-%d", order: shortYearFirst},
	}
	for _, sep := range []string{"/", ".", "-"} {
		dates = append(dates,
			notation{format: "%d" + sep + "%m" + sep + "%Y", order: dayFirst}, notation{format: "%d" + sep + "%m" + sep + "%y", order: dayFirst},
			notation{format: "%m" + sep + "%d" + sep + "%Y", order: monthFirst}, notation{format: "%m" + sep + "%d" + sep + "%y", order: monthFirst})
	}
	var all []notation
	for _, d := range dates {
		for _, clock := range []string{"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"} {
			all = append(all, notation{format: d.format + clock, order: d.order})
		}
	}
	return append(all, splitDates...)
}

// directFormats are those of the notations that need no splitting.
func directFormats() []string {
	var formats []string
	for _, n := range notations {
		if !n.split {
			formats = append(formats, n.format)
		}
	}
	return formats
}

// timeReading is how the times of a source are read that are text.
type timeReading struct {
	patterns []string // stated: nothing else is read
	formats  []string // of the engine's strptime, beside ISO
	splits   []string // shapes of dates of split times, where the rest reads nothing
	digits   bool     // counts, of seconds or days
	other    bool     // most times are split or digits
	// open: the sample does not tell the order of day, month and year.
	open  bool
	order partOrder
	zones zoneNames // of the source
	limit time.Time // no time is later

	stated    string // a word of dates
	reads     []int  // values of the sample by notation
	counts    timeCounts
	expansion bool // the rows have been looked at
}

// timeCounts are values of the samples.
type timeCounts struct{ all, split, digits int }

// findTimeFormats gives the times of every source that are text the formats that its
// samples show.
func (p *Plan) findTimeFormats(ctx context.Context) error {
	var wrong job.Errors
	p.times = make([]*timeReading, len(p.job.Sources))
	for i, s := range p.job.Sources {
		r := p.newTimeReading(s)
		p.times[i] = r
		if r.patterns != nil {
			if v, ok := p.checkPatterns(ctx, i, r); !ok {
				wrong = append(wrong, v)
			}
			continue
		}
		for _, b := range p.batches {
			if text, is := b.sampleTimes(); is && b.source == i {
				if err := p.countReads(ctx, text, r); err != nil {
					return fmt.Errorf("formats of time: %w", err)
				}
			}
		}
		if err := p.chooseOrder(ctx, i, r); err != nil {
			return fmt.Errorf("formats of time: %w", err)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

func (p *Plan) newTimeReading(s job.Source) *timeReading {
	zone := s.Timezone
	if zone == "" {
		zone = p.job.Timezone
	}
	limit := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	if day := p.job.AsOf.Day; !day.IsZero() {
		limit = day.AddDate(1, 0, 0)
	}
	r := &timeReading{zones: zoneNamesOf(zone), limit: limit, stated: s.Dates.Word(), reads: make([]int, len(notations))}
	if r.stated == "" {
		r.patterns = s.Dates
	}
	return r
}

// checkPatterns asks the engine whether it knows the patterns of a source.
func (p *Plan) checkPatterns(ctx context.Context, source int, r *timeReading) (job.Violation, bool) {
	for _, pattern := range r.patterns {
		if _, err := engine.Text(ctx, p.engine, "SELECT try_strptime('', "+engine.Literal(pattern)+")"); err != nil {
			return violation(p.job.Sources[source], source, "dates", "%q is no pattern of strptime; want parts such as %%d.%%m.%%Y or %%Y-%%m-%%d %%H:%%M:%%S %%z", pattern), false
		}
	}
	return job.Violation{}, true
}

// timeSQL is the time of a row and its kind, which is text where it is not one value of a
// time's type.
func (v values) timeSQL() (sql, kind string) {
	m, _ := v.find("time")
	clock, parted := v.find("clock")
	switch {
	case parted:
		return timeSQL(TextSQL(m.result(), m.kind), TextSQL(clock.result(), clock.kind)), textKind
	case !isTime(m.kind):
		return timeSQL(TextSQL(m.result(), m.kind), ""), textKind
	}
	return m.result(), m.kind
}

// timeSQL is the text of a batch's time over the values of its expressions: of a date and
// a clock where these stand in two columns.
func timeSQL(date, clock string) string {
	date = trimmedSQL(date)
	if clock == "" {
		return date
	}
	clock = trimmedSQL(clock)
	digits := "CASE WHEN regexp_full_match(" + clock + `, '\d{4}(\d{2})?') THEN regexp_replace(` + clock + `, '(\d{2})(\d{2})(\d{2})?', '\1:\2:0\3') ELSE ` + clock + " END"
	return "CASE WHEN coalesce(" + clock + ", '') = '' THEN " + date +
		" ELSE regexp_replace(" + date + `, '[ T]0?0:00(:00(\.0+)?)?$', '') || ' ' || regexp_replace(` + digits + `, ':0(\d\d)$', ':\1') END`
}

// sampleTimes are the different texts of a batch's times in its sample, as a subquery.
func (b *batch) sampleTimes() (texts string, ok bool) {
	v := values{b.mapped, b.numbers}
	m, _ := v.find("time")
	clock := ""
	if c, is := v.find("clock"); is {
		clock = TextSQL(attempt(c.sql), c.kind)
	} else if isTime(m.kind) {
		return "", false
	}
	return "(SELECT DISTINCT v FROM (SELECT " + timeSQL(TextSQL(attempt(m.sql), m.kind), clock) + " AS v FROM " + b.sample + ") WHERE v <> '')", true
}

// isoSQL tells whether a plain cast reads a time. It also takes 13-02-10, for
// a day in the year 13: years of under four digits do not count.
const isoSQL = "coalesce(TRY_CAST(v AS TIMESTAMP) >= TIMESTAMP '1000-01-01', FALSE)"

// countReads adds to r how many of a batch's texts each notation reads. Of a batch whose
// texts are mostly ISO only those count that can mean one thing alone: the rest is bad rows.
func (p *Plan) countReads(ctx context.Context, texts string, r *timeReading) error {
	own := func(v string) string { return v }
	digits := digitsDaySQL("v", r.limit, own, own) + " IS NOT NULL"
	totals, err := counted(ctx, p.engine, "count(*), count(*) FILTER (NOT "+isoSQL+"), count(*) FILTER ("+digits+")", texts)
	if err != nil {
		return err
	}
	r.counts.all, r.counts.digits = r.counts.all+totals[0], r.counts.digits+totals[2]
	mostlyISO := 2*totals[1] <= totals[0]
	if totals[1] == 0 {
		return nil
	}
	var direct, split []string
	for _, n := range notations {
		count := "count(*) FILTER (" + n.readSQL("v") + " >= TIMESTAMP '1000-01-01')"
		if n.split {
			count = "count(*) FILTER (try_strptime(date, " + engine.Literal(n.format) + ") >= TIMESTAMP '1000-01-01')"
		}
		if mostlyISO && (!n.split || n.order != yearFirst) {
			count = "0"
		}
		if n.split {
			split = append(split, count)
		} else {
			direct = append(direct, count)
		}
	}
	reads, err := counted(ctx, p.engine, strings.Join(direct, ", "), texts+" WHERE NOT "+isoSQL)
	if err != nil {
		return err
	}
	rest := texts + " WHERE NOT " + isoSQL + " AND " + readDateSQL("v", directFormats()) + " IS NULL AND " + textClockSQL("v", "TIMESTAMP", nil, own, own) + " IS NULL"
	more, err := counted(ctx, p.engine, strings.Join(split, ", "), "(SELECT "+datePartSQL("v")+" AS date FROM "+rest+")")
	if err != nil {
		return err
	}
	for i, n := range append(reads, more...) {
		r.reads[i] += n
	}
	return nil
}

// counted are the numbers of a query's one row.
func counted(ctx context.Context, e engine.Engine, counts, from string) ([]int, error) {
	rows, err := engine.Text(ctx, e, "SELECT "+counts+" FROM "+from)
	if err != nil {
		return nil, err
	}
	numbers := make([]int, len(rows[0]))
	for i, cell := range rows[0] {
		if numbers[i], err = strconv.Atoi(cell); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

// orders are those that may be mistaken for each other, by the words for them.
var orders = map[partOrder]string{dayFirst: job.DayFirstDates, monthFirst: job.MonthFirstDates, shortYearFirst: job.YearFirstDates}

// chooseOrder gives a source the order of parts that reads most of its samples. Where
// another reads as many, and differently, all rows have to tell.
func (p *Plan) chooseOrder(ctx context.Context, source int, r *timeReading) error {
	byOrder := map[partOrder]int{}
	for i, n := range notations {
		byOrder[n.order] += r.reads[i]
	}
	best := dayFirst
	for _, o := range []partOrder{monthFirst, shortYearFirst} {
		if byOrder[o] > byOrder[best] {
			best = o
		}
	}
	for o, word := range orders {
		if r.stated == word {
			best = o
		}
	}
	r.take(best)
	for _, o := range []partOrder{dayFirst, monthFirst, shortYearFirst} {
		if r.stated != job.AutoDates || o == best || byOrder[o] == 0 || byOrder[o] != byOrder[best] {
			continue
		}
		differ, err := p.differing(ctx, source, r.mostFrequent(best), r.mostFrequent(o))
		if err != nil {
			return err
		}
		r.open = r.open || differ
	}
	return nil
}

// mostFrequent is the notation of an order that reads most.
func (r *timeReading) mostFrequent(o partOrder) notation {
	best := -1
	for i, n := range notations {
		if n.order == o && (best < 0 || r.reads[i] > r.reads[best]) {
			best = i
		}
	}
	return notations[best]
}

// take reads times by the notations of an order that the samples show, and those that
// cannot be mistaken.
func (r *timeReading) take(order partOrder) {
	r.order, r.formats, r.splits = order, nil, nil
	var found []int
	for i, n := range notations {
		if r.reads[i] > 0 && (n.order == order || n.order == yearFirst) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(r.reads[b], r.reads[a]) })
	r.counts.split = 0
	for _, i := range found {
		if notations[i].split {
			r.counts.split += r.reads[i]
		} else {
			r.formats = append(r.formats, notations[i].format)
		}
	}
	r.splits = splitFormatsOf(func(n notation) bool {
		return slices.ContainsFunc(found, func(i int) bool { return notations[i] == n })
	})
	const some = 0.1 // of the times, as many as show that digits are no slips of a column
	r.digits = r.counts.digits > 0 && float64(r.counts.digits) >= some*float64(r.counts.all)
	r.other = 2*(r.counts.split+r.counts.digits) > r.counts.all
}

// differing tells whether a text is one day by one notation and another by the other.
func (p *Plan) differing(ctx context.Context, source int, one, other notation) (bool, error) {
	for _, b := range p.batches {
		texts, is := b.sampleTimes()
		if !is || b.source != source {
			continue
		}
		n, err := counted(ctx, p.engine, "count(*)", texts+" WHERE "+one.readSQL("v")+" <> "+other.readSQL("v"))
		if err != nil || n[0] > 0 {
			return n != nil && n[0] > 0, err
		}
	}
	return false, nil
}
