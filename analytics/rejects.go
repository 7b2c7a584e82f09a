package analytics

import (
	"context"
	"io"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// writeRejects stages the rows set aside. Those that the job's own `where`
// leaves out are no fault of the export and may be most of it: they are listed
// only where the job asks for all.
func writeRejects(ctx context.Context, place *publish.Staging, plan *ledger.Plan, j *job.Job) error {
	rejects := publication.Rejects{Each: func(see func(publication.Reject) error) error {
		return plan.Rejects(ctx, func(r ledger.Reject) error {
			return see(publication.Reject{Source: r.Source, Line: r.Line, Reason: string(r.Reason), Row: r.Row})
		})
	}}
	return writeTable(place, column.Rejects.File, func(w io.Writer) (int64, error) { return rejects.CSV(w, csvFor(j, nil)) })
}
