package segment

// RFGrid is the scheme `rf-grid`: ten segments over five recency and five
// frequency scores. It is total and disjoint, each of the 25 pairs belongs to
// exactly one segment, so the order of its rules does not matter. The monetary
// score is not looked at.
//
// Source: the segment map in common use with five quantile scores; its cells
// were checked to partition the grid.
func RFGrid() Scheme {
	box := func(key string, r, f Range) Rule {
		return Rule{Key: key, R: r, F: f}
	}
	return Scheme{
		Name: "rf-grid",
		Bins: 5,
		Rules: []Rule{
			box("champions", Range{5, 5}, Range{4, 5}),
			box("loyal", Range{3, 4}, Range{4, 5}),
			box("potential_loyalists", Range{4, 5}, Range{2, 3}),
			box("new", Range{5, 5}, Range{1, 1}),
			box("promising", Range{4, 4}, Range{1, 1}),
			box("need_attention", Range{3, 3}, Range{3, 3}),
			box("about_to_sleep", Range{3, 3}, Range{1, 2}),
			box("cant_lose", Range{1, 2}, Range{5, 5}),
			box("at_risk", Range{1, 2}, Range{3, 4}),
			box("hibernating", Range{1, 2}, Range{1, 2}),
		},
	}
}
