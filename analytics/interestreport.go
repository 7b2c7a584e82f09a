package analytics

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// mostLosing is how many rows of interests_by_segment.csv are in run.json.
const mostLosing = 10

// interestSummary sums lost interests up; nil where they are off.
func (n *night) interestSummary() *InterestSummary {
	if n.interests == nil {
		return nil
	}
	spans := n.interestSpans()
	s := &InterestSummary{
		From:       n.interestsFrom().Format(time.DateOnly),
		RecentFrom: n.asOf.AddDate(0, 0, 1-spans[len(spans)-1]).Format(time.DateOnly),
	}
	for i, l := range n.interests.levels {
		level := InterestLevel{Of: l.of, Pairs: len(l.bought.Input.Pairs), Tested: l.result.Tested, Inflation: l.result.Inflation}
		for _, f := range n.interests.found {
			switch {
			case f.level != i:
			case f.to == "":
				level.Lost++
			default:
				level.Switched++
			}
		}
		s.Levels = append(s.Levels, level)
	}
	losing := n.losing()
	s.Losing = losing[:min(mostLosing, len(losing))]
	return s
}

// losing lists which categories lose customers of which segments, the most
// first.
func (n *night) losing() []Losing {
	type cell struct {
		thing   int32
		segment string
	}
	cells := map[cell]*Losing{}
	l := n.interests.levels[0]
	panel := &l.bought.Input
	for _, f := range n.interests.found {
		if f.level > 0 {
			continue
		}
		at := cell{f.thing, n.segmentOf(f.customer)}
		if cells[at] == nil {
			cells[at] = &Losing{Category: f.category, Segment: at.segment, Shift: panel.Shift[f.thing].Odds()}
		}
		cells[at].Lost++
	}
	for _, pair := range panel.Pairs {
		if c := cells[cell{pair.Thing, n.segmentOf(l.bought.Customer[pair.Customer])}]; c != nil {
			c.Regulars++
		}
	}
	all := []Losing{}
	for _, c := range cells {
		c.Share = float64(c.Lost) / float64(c.Regulars)
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Losing) int {
		return cmp.Or(-cmp.Compare(a.Lost, b.Lost), -cmp.Compare(a.Share, b.Share), strings.Compare(a.Category, b.Category), strings.Compare(a.Segment, b.Segment))
	})
	return all
}

func (n *night) segmentOf(customer int32) string {
	if n.scores == nil {
		return ""
	}
	return n.scores.Segment[customer]
}

// writeInterests stages the findings, and which categories lose which segments.
func (n *night) writeInterests(place *publish.Staging) error {
	if n.interests == nil {
		return nil
	}
	if err := writeColumns(place, publication.InterestsFile, n.interestColumns(), csvFor(n.job)); err != nil {
		return err
	}
	return writeColumns(place, publication.LosingFile, losingColumns(n.losing()), csvFor(n.job))
}

// interestColumns are the columns of interests.csv.
func (n *night) interestColumns() []publish.Col {
	found, spans := n.interests.found, n.interestSpans()
	columns := []publish.Col{
		publish.ColOf("customer_id", found, func(f interestFinding) string { return n.customers.ID[f.customer] }),
		publish.ColOf("category", found, func(f interestFinding) string { return f.category }),
	}
	if len(n.interests.levels) > 1 {
		columns = append(columns, publish.ColOf("product", found, func(f interestFinding) string { return f.product }))
	}
	return append(columns,
		publish.ColOf("kind", found, interestFinding.kind),
		publish.ColOf("to", found, func(f interestFinding) string { return f.to }),
		publish.ColOf("since", found, func(f interestFinding) time.Time { return calendarDay(f.since) }),
		publish.ColOf("recent_from", found, func(f interestFinding) time.Time { return n.asOf.AddDate(0, 0, 1-spans[f.Window]) }),
		publish.ColOf("baskets_before", found, func(f interestFinding) int64 { return int64(f.Before) }),
		publish.ColOf("with_before", found, func(f interestFinding) int64 { return int64(f.WithBefore) }),
		publish.ColOf("baskets_after", found, func(f interestFinding) int64 { return int64(f.After) }),
		publish.ColOf("with_after", found, func(f interestFinding) int64 { return int64(f.WithAfter) }),
		publish.ColOf("share_before", found, func(f interestFinding) float64 { return f.ShareBefore() }),
		publish.ColOf("share_after", found, func(f interestFinding) float64 { return f.ShareAfter() }),
		publish.ColOf("drop_low", found, func(f interestFinding) float64 { return f.DropLow }),
		publish.ColOf("drop_high", found, func(f interestFinding) float64 { return f.DropHigh }),
		publish.ColOf("shift", found, func(f interestFinding) float64 { return f.Shift }),
		publish.ColOf("p", found, func(f interestFinding) float64 { return f.P }),
		publish.ColOf("q", found, func(f interestFinding) float64 { return f.Q }),
	)
}

func losingColumns(all []Losing) []publish.Col {
	return []publish.Col{
		publish.ColOf("category", all, func(l Losing) string { return l.Category }),
		publish.ColOf("segment", all, func(l Losing) string { return l.Segment }),
		publish.ColOf("regulars", all, func(l Losing) int64 { return l.Regulars }),
		publish.ColOf("lost", all, func(l Losing) int64 { return l.Lost }),
		publish.ColOf("share", all, func(l Losing) float64 { return l.Share }),
		publish.ColOf("shift", all, func(l Losing) float64 { return l.Shift }),
	}
}
