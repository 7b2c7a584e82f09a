package tiers

import (
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/segment/tier"
)

// Kind is the tiers as a way to group customers, from the highest down to none.
func (r *Result) Kind(f *night.Frame) night.Kind {
	var names []string
	for _, l := range slices.Backward(r.levels) {
		names = append(names, l.Name)
	}
	return night.Kind{
		Grouping: column.ByTier, Names: append(names, ""), Group: r.Name,
		Rule: func(name string) string { return rule(r.levels, name, f.Words) },
	}
}

// rule is what it takes to come to a tier, such as `spend >= 500; at most 5% of
// customers`.
func rule(levels []tier.Tier, name string, words func(en, zh string) string) string {
	at := slices.IndexFunc(levels, func(t tier.Tier) bool { return t.Name == name })
	if at < 0 {
		return words("in no tier", "无等级")
	}
	t := levels[at]
	parts := thresholds(t.Qualify.All)
	if len(t.Qualify.Any) > 0 {
		parts = append(parts, strings.Join(thresholds(t.Qualify.Any), words(" or ", " 或 ")))
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = words("open to everybody", "面向所有客户")
	}
	if limit := limitText(t.Limit, words); limit != "" {
		text += "; " + limit
	}
	return text
}

func thresholds(list []tier.Threshold) []string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.Metric + " >= " + night.Plain(t.AtLeast)
	}
	return parts
}

func limitText(l *tier.Limit, words func(en, zh string) string) string {
	switch {
	case l == nil:
		return ""
	case l.Count > 0:
		return fmt.Sprintf(words("at most %d customers", "最多 %d 名客户"), l.Count)
	case l.Budget > 0:
		return fmt.Sprintf(words("within a budget of %s", "预算 %s 以内"), night.Plain(l.Budget))
	}
	return fmt.Sprintf(words("at most %s%% of customers", "最多 %s%% 的客户"), night.Plain(100*l.Share))
}
