package interests

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/segment/interest"
)

// Columns are what the stage says of each customer.
func (r *Result) Columns() publication.Columns {
	return publication.Columns{column.LostInterest: publication.Texts(r.Lost)}
}

// mostLosing is how many rows of interests_by_segment.csv are in run.json.
const mostLosing = 10

// Counts sums lost interests up; nil where they are off.
func (r *Result) Counts() *publication.InterestCounts {
	if r == nil {
		return nil
	}
	s := &publication.InterestCounts{
		From:       r.windows.from.Format(time.DateOnly),
		RecentFrom: r.windows.recent[interest.Windows-1].Format(time.DateOnly),
	}
	for i, l := range r.levels {
		counts := publication.InterestLevel{Of: l.of, Pairs: len(l.bought.Input.Pairs), Tested: l.result.Tested, Inflation: l.result.Inflation}
		for _, f := range r.found {
			switch {
			case f.level != i:
			case f.to == "":
				counts.Lost++
			default:
				counts.Switched++
			}
		}
		s.Levels = append(s.Levels, counts)
	}
	losing := r.losing()
	s.Losing = losing[:min(mostLosing, len(losing))]
	return s
}

// losing lists which categories lose customers of which segments, the most first.
func (r *Result) losing() []publication.Losing {
	type cell struct {
		thing   int32
		segment string
	}
	cells := map[cell]*publication.Losing{}
	l := r.levels[0]
	panel := &l.bought.Input
	for _, f := range r.found {
		if f.level > 0 {
			continue
		}
		at := cell{f.thing, r.segmentOf(f.customer)}
		if cells[at] == nil {
			cells[at] = &publication.Losing{Category: f.category, Segment: at.segment, Shift: panel.Shift[f.thing].Odds()}
		}
		cells[at].Lost++
	}
	for _, pair := range panel.Pairs {
		if c := cells[cell{pair.Thing, r.segmentOf(l.bought.Customer[pair.Customer])}]; c != nil {
			c.Regulars++
		}
	}
	all := []publication.Losing{}
	for _, c := range cells {
		c.Share = float64(c.Lost) / float64(c.Regulars)
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b publication.Losing) int {
		return cmp.Or(-cmp.Compare(a.Lost, b.Lost), -cmp.Compare(a.Share, b.Share), strings.Compare(a.Category, b.Category), strings.Compare(a.Segment, b.Segment))
	})
	return all
}

func (r *Result) segmentOf(customer int32) string {
	if r.segment == nil {
		return ""
	}
	return r.segment[customer]
}

// Files are the findings, which categories lose which segments, and what segments buy.
func (r *Result) Files() []night.File {
	files := []night.File{
		{Name: column.LostInterests.File, Columns: r.findings()},
		{Name: column.LosingSegments.File, Columns: losingColumns(r.losing())},
	}
	if r.categories != nil {
		files = append(files, categoryFile(r.categories))
	}
	return files
}

// findings are the columns of interests.csv, without customers whom no list may name.
func (r *Result) findings() []publish.Col {
	listed := slices.DeleteFunc(slices.Clone(r.found), func(f finding) bool { return r.contact != nil && !r.contact(int(f.customer)) })
	columns := []publish.Col{
		publish.ColOf("customer_id", listed, func(f finding) string { return r.ids[f.customer] }),
		publish.ColOf("category", listed, func(f finding) string { return f.category }),
	}
	if len(r.levels) > 1 {
		columns = append(columns, publish.ColOf("product", listed, func(f finding) string { return f.product }))
	}
	return append(columns,
		publish.ColOf("kind", listed, finding.kind),
		publish.ColOf("to", listed, func(f finding) string { return f.to }),
		publish.ColOf("since", listed, func(f finding) time.Time { return calendar.TimeOf(f.since) }),
		publish.ColOf("recent_from", listed, func(f finding) time.Time { return r.windows.recent[f.Window] }),
		publish.ColOf("baskets_before", listed, func(f finding) int64 { return int64(f.Before) }),
		publish.ColOf("with_before", listed, func(f finding) int64 { return int64(f.WithBefore) }),
		publish.ColOf("baskets_after", listed, func(f finding) int64 { return int64(f.After) }),
		publish.ColOf("with_after", listed, func(f finding) int64 { return int64(f.WithAfter) }),
		publish.ColOf("share_before", listed, func(f finding) float64 { return f.ShareBefore() }),
		publish.ColOf("share_after", listed, func(f finding) float64 { return f.ShareAfter() }),
		publish.ColOf("drop_low", listed, func(f finding) float64 { return f.DropLow }),
		publish.ColOf("drop_high", listed, func(f finding) float64 { return f.DropHigh }),
		publish.ColOf("shift", listed, func(f finding) float64 { return f.Shift }),
		publish.ColOf("p", listed, func(f finding) float64 { return f.P }),
		publish.ColOf("q", listed, func(f finding) float64 { return f.Q }),
	)
}

func losingColumns(all []publication.Losing) []publish.Col {
	return []publish.Col{
		publish.ColOf("category", all, func(l publication.Losing) string { return l.Category }),
		publish.ColOf("segment", all, func(l publication.Losing) string { return l.Segment }),
		publish.ColOf("regulars", all, func(l publication.Losing) int64 { return l.Regulars }),
		publish.ColOf("lost", all, func(l publication.Losing) int64 { return l.Lost }),
		publish.ColOf("share", all, func(l publication.Losing) float64 { return l.Share }),
		publish.ColOf("shift", all, func(l publication.Losing) float64 { return l.Shift }),
	}
}
