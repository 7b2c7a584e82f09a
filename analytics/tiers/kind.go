package tiers

import (
	"slices"
	"strings"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/internal/wording"
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
		Rule: func(name string) string { return rule(r.levels, name, f.Say()) },
	}
}

// rule is what it takes to come to a tier, such as `spend >= 500; at most 5% of
// customers`.
func rule(levels []tier.Tier, name string, say wording.Language) string {
	at := slices.IndexFunc(levels, func(t tier.Tier) bool { return t.Name == name })
	if at < 0 {
		return say.Say("rule.in_no_tier")
	}
	t := levels[at]
	parts := thresholds(t.Qualify.All)
	if len(t.Qualify.Any) > 0 {
		parts = append(parts, strings.Join(thresholds(t.Qualify.Any), say.Say("rule.one_of")))
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = say.Say("rule.open")
	}
	if limit := limitText(t.Limit, say); limit != "" {
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

func limitText(l *tier.Limit, say wording.Language) string {
	switch {
	case l == nil:
		return ""
	case l.Count > 0:
		return say.Say("rule.at_most", "count", wording.Plain(l.Count))
	case l.Budget > 0:
		return say.Say("rule.budget", "budget", night.Plain(l.Budget))
	}
	return say.Say("rule.at_most_share", "percent", night.Plain(100*l.Share))
}
