package analytics

import (
	"bytes"
	"strings"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/rfm"
	"clientele/segment"
)

// score gives every customer r, f and m and the named segment.
func (n *night) score() error {
	if n.job.RFM == nil {
		return nil
	}
	recency, frequency, monetary := n.recencyDays(), floats(n.customers.RFMOrders), amounts(n.customers.RFMNet)
	if kept := n.keptCutPoints(); kept != nil {
		n.cuts = *kept
	} else {
		cuts, warnings, err := rfm.Fit(n.asOf.Format(time.DateOnly), recency, frequency, monetary, rfm.Options{Bins: n.job.RFM.Bins})
		if err != nil {
			return err
		}
		n.warnings = append(n.warnings, warnings...)
		n.cuts = cuts
	}
	n.scores = n.cuts.Score(recency, frequency, monetary)
	n.scheme = segment.RFGrid()
	n.segment = make([]string, n.customers.Len())
	for i := range n.segment {
		n.segment[i] = n.scheme.Assign(n.scores.R[i], n.scores.F[i], n.scores.M[i])
	}
	return nil
}

// keptCutPoints are those of the night before, where rfm.refit says to use
// them again and a day and an amount still mean what they meant; nil: fit anew.
func (n *night) keptCutPoints() *rfm.CutPoints {
	before := n.previous
	if before == nil || before.CutPoints == nil || n.job.RFM.Refit == job.RefitAlways {
		return nil
	}
	if !bytes.Equal(history.Meaning(n.job), before.Meaning) {
		n.warn("rfm: settings that scores depend on have changed since %s; the cut points are fitted anew", before.AsOf)
		return nil
	}
	const month = "2006-01"
	if n.job.RFM.Refit == job.RefitMonthly && !strings.HasPrefix(before.CutPoints.AsOf, n.asOf.Format(month)) {
		return nil
	}
	return before.CutPoints
}
