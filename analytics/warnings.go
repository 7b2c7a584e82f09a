package analytics

import (
	"fmt"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// accountWarnings are what a reader of the result should know about its rows.
func accountWarnings(j *job.Job, a ledger.Account) []string {
	var w []string
	for i, t := range a.BySource {
		if t.Used.Rows == 0 {
			w = append(w, fmt.Sprintf("sources.%d: none of the %d rows of %s is used; rejects.csv says why", i, t.Read.Rows, j.Sources[i].Path))
		}
	}
	for _, r := range []ledger.Reason{ledger.Malformed, ledger.TimeUnreadable, ledger.AmountUnreadable} {
		if c := a.Total.Rejected[r]; c.Rows > 0 {
			w = append(w, fmt.Sprintf("%d rows are set aside as %s; rejects.csv lists them", c.Rows, r))
		}
	}
	return w
}
