package analytics

import (
	"bytes"
	"strings"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/rfm"
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
		cuts, warnings, err := rfm.Fit(n.asOf.Format(time.DateOnly), recency, frequency, monetary, rfmOptions(n.job.RFM))
		if err != nil {
			return err
		}
		n.warnings = append(n.warnings, warnings...)
		n.cuts = cuts
	}
	n.scores = n.cuts.Score(recency, frequency, monetary)
	if w := n.job.RFM.Weights; w != nil {
		n.combined = n.scores.Combine(rfm.Weights{R: w.R, F: w.F, M: w.M}, n.cuts.Bins)
	}
	n.scheme = schemeOf(n.job.RFM)
	by := n.scores
	if n.scheme.Name == cn8 {
		by = n.cuts.Split.Marks(recency, frequency, monetary)
	}
	n.segment = make([]string, n.customers.Len())
	for i := range n.segment {
		n.segment[i] = n.scheme.Assign(by.R[i], by.F[i], by.M[i])
	}
	n.measureDrift()
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
	if (before.CutPoints.Split == nil) != (n.job.RFM.Split == nil) {
		return nil // a file that somebody edited
	}
	const month = "2006-01"
	if n.job.RFM.Refit == job.RefitMonthly && !strings.HasPrefix(before.CutPoints.AsOf, n.asOf.Format(month)) {
		return nil
	}
	return before.CutPoints
}
