package analytics

import "clientele/analytics/publication/column"

// kind is a way in which the night groups its customers.
type kind struct {
	column.Grouping
	of   func(customer int) string
	rule func(group string) string // nil: ruleOf
}

// kinds are those that the job's stages make.
func (n *night) kinds() []kind {
	var all []kind
	for _, g := range column.Groupings {
		k := kind{Grouping: g}
		switch {
		case g.Of == column.Segment && n.scores != nil:
			k.of, k.rule = n.scoreKind().Of, n.scoreKind().Rule
		case g.Of == column.Tier && n.tiers != nil:
			k.of = func(i int) string { return n.tierName(n.tiers.Level[i]) }
		case g.Of == column.LifecycleStage && n.stages != nil:
			k.of, k.rule = n.stages.Kind(&n.at.Frame).Of, n.stages.Kind(&n.at.Frame).Rule
		default:
			continue
		}
		all = append(all, k)
	}
	return all
}
