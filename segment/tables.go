package segment

import (
	"cmp"
	"slices"
)

// Schemes lists the tables that have a name, by name: what a job file may ask
// for.
func Schemes() []string {
	return []string{"rf-grid", "rfm10", "rfm10-legacy", "putler11", "cn8"}
}

// Named gives the table of a name.
func Named(name string) (Scheme, bool) {
	switch name {
	case "rf-grid":
		return RFGrid(), true
	case "rfm10":
		return RFM10(), true
	case "rfm10-legacy":
		return RFM10Legacy(), true
	case "putler11":
		return Putler11(), true
	case "cn8":
		return CN8(), true
	}
	return Scheme{}, false
}

// RFM10 is the scheme `rfm10`: the ten segments of the manual of the R package
// rfm 0.3.0, where the first rule wins. Boxes overlap, so that order is part of
// it, and ten of the 125 cells belong to none.
//
// Source: R rfm 0.3.0, vignette on customer-level data.
func RFM10() Scheme {
	return Scheme{Name: "rfm10", Bins: 5, Rules: []Rule{
		{Key: "champions", R: Range{5, 5}, F: Range{5, 5}, M: Range{5, 5}},
		{Key: "potential_loyalist", R: Range{3, 5}, F: Range{3, 5}, M: Range{2, 5}},
		{Key: "loyal_customers", R: Range{2, 4}, F: Range{2, 4}, M: Range{2, 4}},
		{Key: "promising", R: Range{3, 4}, F: Range{1, 3}, M: Range{3, 5}},
		{Key: "new_customers", R: Range{4, 5}, F: Range{1, 3}, M: Range{1, 5}},
		{Key: "cant_lose_them", R: Range{1, 2}, F: Range{3, 4}, M: Range{4, 5}},
		{Key: "at_risk", R: Range{1, 2}, F: Range{2, 5}, M: Range{4, 5}},
		{Key: "need_attention", R: Range{1, 3}, F: Range{3, 5}, M: Range{3, 5}},
		{Key: "about_to_sleep", R: Range{2, 3}, F: Range{1, 3}, M: Range{1, 4}},
		{Key: "lost", R: Range{1, 1}, F: Range{1, 5}, M: Range{1, 5}},
	}}
}

// RFM10Legacy is the scheme `rfm10-legacy`: the table of the R package rfm
// 0.2, where the first rule wins. Three of its rules can never fire.
//
// Source: R rfm 0.2.2, tests of rfm_segment.
func RFM10Legacy() Scheme {
	return Scheme{Name: "rfm10-legacy", Labels: "rfm10", Bins: 5, Rules: []Rule{
		{Key: "champions", R: Range{4, 5}, F: Range{4, 5}, M: Range{4, 5}},
		{Key: "loyal_customers", R: Range{2, 5}, F: Range{3, 5}, M: Range{3, 5}},
		{Key: "potential_loyalist", R: Range{3, 5}, F: Range{1, 3}, M: Range{1, 3}},
		{Key: "new_customers", R: Range{4, 5}, F: Range{1, 1}, M: Range{1, 1}},
		{Key: "promising", R: Range{3, 4}, F: Range{1, 1}, M: Range{1, 1}},
		{Key: "need_attention", R: Range{2, 3}, F: Range{2, 3}, M: Range{2, 3}},
		{Key: "about_to_sleep", R: Range{2, 3}, F: Range{1, 2}, M: Range{1, 2}},
		{Key: "at_risk", R: Range{1, 2}, F: Range{2, 5}, M: Range{2, 5}},
		{Key: "cant_lose_them", R: Range{1, 1}, F: Range{4, 5}, M: Range{4, 5}},
		{Key: "lost", R: Range{1, 2}, F: Range{1, 2}, M: Range{1, 2}},
	}}
}

// Putler11 is the scheme `putler11`: eleven boxes over recency and the mean of
// frequency and monetary score. Boxes overlap and their source gives no
// precedence, so the narrowest goes first: the one with fewest cells of its
// grid of 25, of equals the one listed first. Scores begin at 1: ranges from 0
// are those from 1.
//
// Source: Putler's published ranges.
func Putler11() Scheme {
	box := func(key string, r, fm Range) Rule {
		return Rule{Key: key, R: r, FM: fm}
	}
	rules := []Rule{
		box("champions", Range{4, 5}, Range{4, 5}),
		box("loyal_customers", Range{2, 5}, Range{3, 5}),
		box("potential_loyalist", Range{3, 5}, Range{1, 3}),
		box("recent_customers", Range{4, 5}, Range{1, 1}),
		box("promising", Range{3, 4}, Range{1, 1}),
		box("needs_attention", Range{2, 3}, Range{2, 3}),
		box("about_to_sleep", Range{2, 3}, Range{1, 2}),
		box("at_risk", Range{1, 2}, Range{2, 5}),
		box("cant_lose_them", Range{1, 1}, Range{4, 5}),
		box("hibernating", Range{1, 2}, Range{1, 2}),
		box("lost", Range{1, 2}, Range{1, 2}),
	}
	area := func(u Rule) int { return int(u.R.Hi-u.R.Lo+1) * int(u.FM.Hi-u.FM.Lo+1) }
	slices.SortStableFunc(rules, func(a, b Rule) int { return cmp.Compare(area(a), area(b)) })
	return Scheme{Name: "putler11", Bins: 5, Rules: rules}
}

// CN8 is the scheme `cn8`: the eight groups of Chinese practice, by whether a
// customer bought recently (近), often (高) and for much (高). Its scores are
// marks of two bins, 2 for near and high; where the cuts lie is not its matter.
//
// Source: the standard table of Chinese CRM practice; public code that has 发展
// and 挽留 the other way round has mixed up the sign of recency.
func CN8() Scheme {
	far, near, low, high := Range{1, 1}, Range{2, 2}, Range{1, 1}, Range{2, 2}
	return Scheme{Name: "cn8", Bins: 2, Rules: []Rule{
		{Key: "important_value", R: near, F: high, M: high},
		{Key: "important_development", R: near, F: low, M: high},
		{Key: "important_retention", R: far, F: high, M: high},
		{Key: "important_win_back", R: far, F: low, M: high},
		{Key: "general_value", R: near, F: high, M: low},
		{Key: "general_development", R: near, F: low, M: low},
		{Key: "general_retention", R: far, F: high, M: low},
		{Key: "general_win_back", R: far, F: low, M: low},
	}}
}
