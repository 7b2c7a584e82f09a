package analytics

import (
	"context"
	"fmt"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// accountWarnings are what a reader of the result should know about its rows.
func accountWarnings(j *job.Job, a ledger.Account) []string {
	var w []string
	for i, t := range a.BySource {
		if t.Used.Rows == 0 {
			w = append(w, fmt.Sprintf("sources.%d: no row of %s is used (read: %d); rejects.csv says why", i, j.Sources[i].Path, t.Read.Rows))
		}
	}
	for _, r := range []ledger.Reason{ledger.Malformed, ledger.TimeUnreadable, ledger.AmountUnreadable} {
		if c := a.Total.Rejected[r]; c.Rows > 0 {
			w = append(w, fmt.Sprintf("rows set aside as %s: %d; rejects.csv lists them", r, c.Rows))
		}
	}
	return w
}

// lookAtDays says where the days of the exports make what follows doubtful.
func (n *night) lookAtDays(ctx context.Context, plan *ledger.Plan) error {
	days, err := plan.Days(ctx)
	if err != nil {
		return err
	}
	n.warnings = append(n.warnings, farOff(days)...)
	n.warnOfAge(days)
	return nil
}

// warnOfOddities says what the reduction to customers made doubtful.
func (n *night) warnOfOddities() {
	n.warnOfNumbers()
	if long := n.oddities.LongOrders; long > 0 {
		n.warn("orders whose rows lie more than a week apart: %d; if ids are used again, make them unique, for example order: concat(till, '-', ticket, '-', day)", long)
	}
}

// warnOfTwins says which exports hold the same bytes: their rows count twice.
func (n *night) warnOfTwins() {
	first := map[string]string{} // by fingerprint
	for _, in := range n.inputs {
		if twin, seen := first[in.SHA256]; seen {
			n.warn("%s holds the same bytes as %s: if it is a copy, its rows count twice", in.Path, twin)
			continue
		}
		first[in.SHA256] = in.Path
	}
}
