package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
}

// notations are the ways that are looked for beside ISO.
var notations = listNotations()

func listNotations() []notation {
	dates := []notation{
		{"%Y%m%d", yearFirst},
		{"%Y年%m月%d日", yearFirst},
		{"%Y-%m-%d", yearFirst},
		{"%Y/%m/%d", yearFirst},
		{"%Y.%m.%d", yearFirst},
		{"%y-%m-%d", shortYearFirst},
	}
	for _, sep := range []string{"/", ".", "-"} {
		dates = append(dates,
			notation{"%d" + sep + "%m" + sep + "%Y", dayFirst}, notation{"%d" + sep + "%m" + sep + "%y", dayFirst},
			notation{"%m" + sep + "%d" + sep + "%Y", monthFirst}, notation{"%m" + sep + "%d" + sep + "%y", monthFirst})
	}
	var all []notation
	for _, d := range dates {
		for _, clock := range []string{"", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"} {
			all = append(all, notation{d.format + clock, d.order})
		}
	}
	return all
}

// findTimeFormats gives the time of every source that holds text the formats
// that its samples show.
func (p *Plan) findTimeFormats(ctx context.Context) error {
	var wrong job.Errors
	for i, s := range p.job.Sources {
		reads := make([]int, len(notations)) // values by notation
		var times []*mapped
		var samples []string // the texts of each batch, as a subquery
		var written string   // the time as an expression of the job file
		for _, b := range p.batches {
			at := slices.IndexFunc(b.mapped, func(m mapped) bool { return m.name == "time" })
			m := &b.mapped[at]
			if b.source != i || m.kind != textKind {
				continue
			}
			texts := "(SELECT DISTINCT v FROM (SELECT " + trimmedSQL("v") + " AS v FROM (SELECT " + attempt(m.sql) + " AS v FROM " + b.sample + ")) WHERE v <> '')"
			times, samples, written = append(times, m), append(samples, texts), b.written(m.formula)
			if err := countReads(ctx, p.engine, texts, reads); err != nil {
				return fmt.Errorf("formats of time: %w", err)
			}
		}
		formats, rival := chooseFormats(reads)
		if rival != "" {
			differ, err := differing(ctx, p.engine, samples, formats[0], rival)
			if err != nil {
				return fmt.Errorf("formats of time: %w", err)
			}
			if differ {
				wrong = append(wrong, violation(s, i, "columns.time",
					"its values may be read in more than one order of day, month and year, as %s could be; say which: strptime(%s, '%s') or strptime(%s, '%s')",
					inventedTime(formats[0]), written, formats[0], written, rival))
			}
		}
		for _, m := range times {
			m.formats = formats
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// isoSQL tells whether a plain cast reads a time. It also takes 13-02-10, for
// a day in the year 13: years of under four digits do not count.
const isoSQL = "coalesce(TRY_CAST(v AS TIMESTAMP) >= TIMESTAMP '1000-01-01', FALSE)"

// countReads adds to reads how many of a batch's texts each notation reads. A
// batch whose texts are mostly ISO adds nothing: the rest is bad rows.
func countReads(ctx context.Context, e engine.Engine, texts string, reads []int) error {
	share, err := engine.Text(ctx, e, "SELECT count(*) FILTER (NOT "+isoSQL+") * 2 > count(*) FROM "+texts)
	if err != nil || share[0][0] != "true" {
		return err
	}
	counts := make([]string, len(notations))
	for i, n := range notations {
		counts[i] = "count(*) FILTER (try_strptime(v, " + engine.Literal(n.format) + ") >= TIMESTAMP '1000-01-01')"
	}
	rows, err := engine.Text(ctx, e, "SELECT "+strings.Join(counts, ", ")+" FROM "+texts+" WHERE NOT "+isoSQL)
	if err != nil {
		return err
	}
	for i, cell := range rows[0] {
		n, err := strconv.Atoi(cell)
		if err != nil {
			return err
		}
		reads[i] += n
	}
	return nil
}

// chooseFormats gives the formats of the order of parts that reads most, the
// most frequent first. If another order reads as much, rival is its most
// frequent format.
func chooseFormats(reads []int) (formats []string, rival string) {
	byOrder := map[partOrder]int{}
	for i, n := range notations {
		byOrder[n.order] += reads[i]
	}
	best := dayFirst
	for _, o := range []partOrder{monthFirst, shortYearFirst} {
		if byOrder[o] > byOrder[best] {
			best = o
		}
	}
	of := func(orders ...partOrder) (formats []string) {
		var found []int
		for i, n := range notations {
			if reads[i] > 0 && slices.Contains(orders, n.order) {
				found = append(found, i)
			}
		}
		slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(reads[b], reads[a]) })
		for _, i := range found {
			formats = append(formats, notations[i].format)
		}
		return formats
	}
	for _, o := range []partOrder{monthFirst, shortYearFirst} {
		if o != best && byOrder[o] > 0 && byOrder[o] == byOrder[best] {
			return of(best), of(o)[0]
		}
	}
	return of(best, yearFirst), ""
}

// differing tells whether a text is one day by one format and another by the other.
func differing(ctx context.Context, e engine.Engine, samples []string, one, other string) (bool, error) {
	for _, texts := range samples {
		rows, err := engine.Text(ctx, e, "SELECT count(*) > 0 FROM "+texts+" WHERE try_strptime(v, $1) <> try_strptime(v, $2)", one, other)
		if err != nil {
			return false, err
		}
		if rows[0][0] == "true" {
			return true, nil
		}
	}
	return false, nil
}

// inventedTime is a made-up time that is written like those of a format and may be read
// in more than one order. It goes into a message, where a customer's time must not.
func inventedTime(format string) string {
	return strings.NewReplacer("%d", "01", "%m", "02", "%Y", "2003", "%y", "03", "%H", "04", "%I", "04", "%M", "05", "%S", "06", "%p", "AM").Replace(format)
}
