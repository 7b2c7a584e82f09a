package interests

import (
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/segment/interest"
)

// categoryShare is a row of segment_categories.csv.
type categoryShare struct {
	segment, category string
	sums              interest.ShareSums
	baskets           interest.BasketSums
	ofAll             float64 // the share among all customers
}

// standardErrors is how far a share must be from that of all to be told apart: one in twenty
// is by chance.
const standardErrors = 2

// apart says whether the segment buys the category more or less than all do.
func (c categoryShare) apart() string {
	switch off := c.sums.Apart(c.baskets, c.ofAll); {
	case off >= standardErrors:
		return "above"
	case off <= -standardErrors:
		return "below"
	}
	return ""
}

// categoryShares are the categories of each segment, in order of their names; nil where no
// category is mapped or there are no segments.
func categoryShares(bought *customers.Bought, things []string, segment []string) []categoryShare {
	if bought == nil || segment == nil {
		return nil
	}
	names := slices.Compact(slices.Sorted(slices.Values(segment)))
	number := make(map[string]int, len(names))
	for i, name := range names {
		number[name] = i
	}
	sums := make([]interest.ShareSums, (len(names)+1)*len(things)) // those of all customers last
	baskets, counted := make([]interest.BasketSums, len(names)+1), make([]bool, len(segment))
	for _, b := range *bought {
		at := number[segment[b.Customer]]
		for _, group := range []int{at, len(names)} {
			sums[group*len(things)+int(b.Thing)].Add(b.With, b.All)
			if !counted[b.Customer] {
				baskets[group].Add(b.All)
			}
		}
		counted[b.Customer] = true
	}
	var rows []categoryShare
	for i, name := range names {
		for k, thing := range things {
			if baskets[i].All > 0 {
				rows = append(rows, categoryShare{name, thing, sums[i*len(things)+k], baskets[i], sums[len(names)*len(things)+k].Share(baskets[len(names)])})
			}
		}
	}
	return rows
}

// categoryFile is segment_categories.csv.
func categoryFile(rows []categoryShare) night.File {
	return night.File{Name: column.SegmentCategories.File, Columns: []publish.Col{
		publish.ColOf("segment", rows, func(c categoryShare) string { return c.segment }),
		publish.ColOf("category", rows, func(c categoryShare) string { return c.category }),
		publish.ColOf("customers", rows, func(c categoryShare) int64 { return c.sums.Customers }),
		publish.ColOf("baskets", rows, func(c categoryShare) int64 { return c.baskets.All }),
		publish.ColOf("with", rows, func(c categoryShare) int64 { return c.sums.With }),
		publish.ColOf("share", rows, func(c categoryShare) float64 { return c.sums.Share(c.baskets) }),
		publish.ColOf("share_of_all", rows, func(c categoryShare) float64 { return c.ofAll }),
		publish.ColOf("apart", rows, categoryShare.apart),
	}}
}
