package analytics

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// rejectsAtOnce is how many rejects are written in one go: they may be most of
// a large export, and never need be in memory together.
const rejectsAtOnce = 10_000

// writeRejects stages the rows set aside. Those that the job's own `where`
// leaves out are no fault of the export and may be most of it: they are listed
// only where the job asks for all.
func writeRejects(ctx context.Context, place *publish.Staging, plan *ledger.Plan, j *job.Job) error {
	empty, err := rejectTable(nil)
	if err != nil {
		return err
	}
	defer empty.Release()
	return writeTable(place, publication.RejectsFile, func(w io.Writer) (int64, error) {
		return publish.WriteCSV(w, empty.Schema(), rejectBatches(ctx, plan), csvFor(j))
	})
}

// errEnough stops the walk over rejects when its reader wants no more.
var errEnough = errors.New("enough")

func rejectBatches(ctx context.Context, plan *ledger.Plan) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		var rows []ledger.Reject
		flush := func() error {
			table, err := rejectTable(rows)
			if err != nil {
				return err
			}
			defer table.Release()
			rows = rows[:0]
			if !yield(table, nil) {
				return errEnough
			}
			return nil
		}
		err := plan.Rejects(ctx, func(r ledger.Reject) error {
			if rows = append(rows, r); len(rows) < rejectsAtOnce {
				return nil
			}
			return flush()
		})
		if err == nil {
			err = flush()
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

func rejectTable(rows []ledger.Reject) (arrow.RecordBatch, error) {
	source, reason, text := make([]string, len(rows)), make([]string, len(rows)), make([]string, len(rows))
	line := make([]int64, len(rows))
	for i, r := range rows {
		source[i], line[i], reason[i], text[i] = r.Source, r.Line, string(r.Reason), r.Row
	}
	return publish.NewTable(nil,
		publish.Col{Name: "source", Values: source}, publish.Col{Name: "line", Values: line},
		publish.Col{Name: "reason", Values: reason}, publish.Col{Name: "row", Values: text})
}
