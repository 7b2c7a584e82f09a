package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// A time in text that is not ISO is read by the notation that the samples show. The
// values tell day from month: a number above 12 is a day. All files of a source decide
// together, as the file of one night may hold only 5/6/2024. If they cannot decide, the
// job file must: a wrong guess would go unnoticed, for every customer.

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
		return timeSQL(v.dialect, TextSQL(m.result(), m.kind), TextSQL(clock.result(), clock.kind)), textKind
	case !isTime(m.kind):
		text := TextSQL(m.result(), m.kind)
		return v.unlessTidy(m, text, timeSQL(v.dialect, text, "")), textKind
	}
	return m.result(), m.kind
}

// timeSQL is the text of a batch's time over the values of its expressions: of a date and
// a clock where these stand in two columns.
func timeSQL(d dialect.Dialect, date, clock string) string {
	date = trimmedSQL(d, date)
	if clock == "" {
		return date
	}
	clock = trimmedSQL(d, clock)
	digits := "CASE WHEN regexp_full_match(" + clock + `, '\d{4}(\d{2})?') THEN regexp_replace(` + clock + `, '(\d{2})(\d{2})(\d{2})?', '\1:\2:0\3') ELSE ` + clock + " END"
	return "CASE WHEN coalesce(" + clock + ", '') = '' THEN " + date +
		" ELSE regexp_replace(" + date + `, '[ T]0?0:00(:00(\.0+)?)?$', '') || ' ' || regexp_replace(` + digits + `, ':0(\d\d)$', ':\1') END`
}

// orders are those that may be mistaken for each other, by the words for them.
var orders = map[partOrder]string{dayFirst: job.DayFirstDates, monthFirst: job.MonthFirstDates, shortYearFirst: job.YearFirstDates}

// chooseOrder gives a source the order of parts that reads most of its samples. Where
// another reads as many, and differently, all rows have to tell.
func (p *Plan) chooseOrder(ctx context.Context, source int, r *timeReading) error {
	if err := p.weighSeldom(ctx, source, r); err != nil {
		return err
	}
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
