package analytics

import (
	"slices"

	"clientele/analytics/asset/equity"
	"clientele/analytics/groups"
	"clientele/analytics/lifecycle"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores"
	"clientele/analytics/tiers"
)

// What the night before remembers of customers is nearly as large as what is known of them
// tonight. These are the columns of it that are read from a stage on, to the end of the run.
var (
	recalledFromScores = slices.Concat(night.Recalled, scores.Recalled, lifecycle.Recalled, recalledFromTiers)
	recalledFromTiers  = slices.Concat(tiers.Recalled, recalledFromGroups)
	// recalledFromGroups is what guards, groups, the equity ledger and the page read.
	recalledFromGroups = slices.Concat([]*column.Column{column.Tier}, groups.Recalled(), equity.Remembered)
)

// recallOnly lets go of all that the night before remembers but some columns.
func recallOnly(n night.Context, columns []*column.Column) {
	if n.Before != nil {
		n.Before.Members.KeepOnly(columns)
	}
}
