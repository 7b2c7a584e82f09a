package segment

import (
	"clientele/internal/bilingual"
)

// RFGrid is the scheme `rf-grid`: ten segments over five recency and five
// frequency scores. It is total and disjoint, each of the 25 pairs belongs to
// exactly one segment, so the order of its rules does not matter. The monetary
// score is not looked at.
//
// Source: the segment map in common use with five quantile scores; its cells
// were checked to partition the grid.
func RFGrid() Scheme {
	box := func(key, en, zh string, r, f Range) Rule {
		return Rule{Key: key, Label: bilingual.Text{EN: en, ZH: zh}, R: r, F: f}
	}
	return Scheme{
		Name: "rf-grid",
		Bins: 5,
		Rules: []Rule{
			box("champions", "Champions", "核心客户", Range{5, 5}, Range{4, 5}),
			box("loyal", "Loyal", "忠诚客户", Range{3, 4}, Range{4, 5}),
			box("potential_loyalists", "Potential loyalists", "潜在忠诚客户", Range{4, 5}, Range{2, 3}),
			box("new", "New", "新客户", Range{5, 5}, Range{1, 1}),
			box("promising", "Promising", "有潜力客户", Range{4, 4}, Range{1, 1}),
			box("need_attention", "Need attention", "需关注客户", Range{3, 3}, Range{3, 3}),
			box("about_to_sleep", "About to sleep", "即将沉睡客户", Range{3, 3}, Range{1, 2}),
			box("cant_lose", "Can't lose them", "不可流失客户", Range{1, 2}, Range{5, 5}),
			box("at_risk", "At risk", "流失风险客户", Range{1, 2}, Range{3, 4}),
			box("hibernating", "Hibernating", "沉睡客户", Range{1, 2}, Range{1, 2}),
		},
	}
}
