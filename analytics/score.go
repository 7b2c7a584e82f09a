package analytics

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

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
// them again and they were made under the same settings; nil: fit anew.
func (n *night) keptCutPoints() *rfm.CutPoints {
	if n.previous == nil || n.previous.CutPoints == nil || n.job.RFM.Refit == job.RefitAlways {
		return nil
	}
	if now, err := json.Marshal(n.job); err != nil || !sameRFM(now, n.previous.RFM) {
		return nil
	}
	const month = "2006-01"
	if n.job.RFM.Refit == job.RefitMonthly && !strings.HasPrefix(n.previous.CutPoints.AsOf, n.asOf.Format(month)) {
		return nil
	}
	return n.previous.CutPoints
}

// sameRFM tells whether the settings of a job score as those of another.
func sameRFM(settings []byte, before json.RawMessage) bool {
	var now struct {
		RFM json.RawMessage `json:"rfm"`
	}
	if json.Unmarshal(settings, &now) != nil {
		return false
	}
	return bytes.Equal(withoutSpace(now.RFM), withoutSpace(before))
}

func withoutSpace(text json.RawMessage) []byte {
	var b bytes.Buffer
	if json.Compact(&b, text) != nil {
		return nil
	}
	return b.Bytes()
}
