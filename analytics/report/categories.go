package report

import (
	"cmp"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// segmentBuys is what segment_categories.csv says of a segment and a category.
type segmentBuys struct {
	category     string
	with         int64
	share, ofAll float64
	apart        string
}

// mostFavourites is how many categories are named that a segment buys more than others.
const mostFavourites = 3

// categoryTable is what the customers of each segment buy, beside all customers: the share
// of their baskets. It has no rows where the publication does not say.
func (r *reading) categoryTable(groups []publication.Group) (Table, error) {
	say := r.say
	t := Table{ID: "where-category", Caption: say.SayOf("report.by_place", "category"), Note: say.Say("report.where.baskets")}
	if !r.night.HasList(column.SegmentCategories) {
		return t, nil
	}
	of, totals := map[string][]segmentBuys{}, map[string]int64{}
	err := r.night.EachRow(column.SegmentCategories, func(row *publication.ListRow) bool {
		b := segmentBuys{row.Text("category"), row.Count("with"), row.Number("share"), row.Number("share_of_all"), row.Text("apart")}
		of[row.Text("segment")] = append(of[row.Text("segment")], b)
		totals[b.category] += b.with
		return true
	})
	if err != nil || len(totals) == 0 {
		return t, err
	}
	shown, label := largestOf(totals, shownPlaces), r.labels("rfm")
	t.Head = slices.Concat(texts(say.Say("report.col.segment")), numbers(shown...), sentences(say.Say("report.col.favourites")))
	for _, g := range groups {
		buys := of[g.Name]
		if buys == nil {
			continue
		}
		if t.Rows == nil {
			t.Rows = []Row{categoryRow(say.Say("report.all"), shown, buys, func(b segmentBuys) Cell { return Cell{Text: percent(b.ofAll)} })}
		}
		row := categoryRow(label(g.Name), shown, buys, func(b segmentBuys) Cell { return Cell{Text: percent(b.share), Verdict: b.apart} })
		row[len(row)-1].Text = favourites(buys)
		t.Rows = append(t.Rows, row)
	}
	if more := len(totals) - len(shown); more > 0 {
		t.Note = say.Say("report.where.more", "more", more) + " " + t.Note
	}
	return t, nil
}

// categoryRow has a cell for each category that is shown, and an empty one at the end.
func categoryRow(label string, shown []string, buys []segmentBuys, cell func(segmentBuys) Cell) Row {
	row := rowOf(label)
	for _, category := range shown {
		at := slices.IndexFunc(buys, func(b segmentBuys) bool { return b.category == category })
		if at < 0 {
			row = append(row, Cell{Text: nothing})
			continue
		}
		row = append(row, cell(buys[at]))
	}
	return append(row, Cell{Text: nothing})
}

// favourites are the categories that a segment buys more than others, the most so first.
func favourites(buys []segmentBuys) string {
	more := slices.DeleteFunc(slices.Clone(buys), func(b segmentBuys) bool { return b.apart != "above" })
	slices.SortFunc(more, func(a, b segmentBuys) int {
		return cmp.Or(cmp.Compare(b.share/b.ofAll, a.share/a.ofAll), strings.Compare(a.category, b.category))
	})
	names := make([]string, 0, mostFavourites)
	for _, b := range more[:min(mostFavourites, len(more))] {
		names = append(names, b.category)
	}
	if len(names) == 0 {
		return nothing
	}
	return strings.Join(names, ", ")
}
