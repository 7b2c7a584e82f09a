package scores

import (
	"bytes"
	"strings"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/scores/rfm"
)

// recall gives the cut points of the night before, where rfm.refit says to use them
// again and a day and an amount still mean what they meant; nil: fit anew.
func recall(n night.Context) *rfm.CutPoints {
	before := n.Previous
	if before == nil || before.CutPoints == nil || n.Job.RFM.Refit == job.RefitAlways {
		return nil
	}
	if !bytes.Equal(history.Meaning(n.Job), before.Meaning) {
		n.Warn("warning.scores_anew", "night", before.AsOf)
		return nil
	}
	if (before.CutPoints.Split == nil) != (n.Job.RFM.Split == nil) {
		return nil // a file that somebody edited
	}
	const month = "2006-01"
	if n.Job.RFM.Refit == job.RefitMonthly && !strings.HasPrefix(before.CutPoints.AsOf, n.AsOf.Format(month)) {
		return nil
	}
	return before.CutPoints
}
