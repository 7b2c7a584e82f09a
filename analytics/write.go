package analytics

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	nights "clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// write stages the files about customers and groups, and returns all that is
// staged.
func (n *night) write(place *publish.Staging, groups []Group) ([]publish.FileInfo, error) {
	var all concurrent.Tasks
	all.Go(func() error { return n.writeTables(place) })
	all.Go(func() error { return n.writeSegments(place, groups) })
	all.Go(func() error { return n.writeTiers(place) })
	all.Go(func() error { return n.writeInterests(place) })
	if n.risk != nil {
		var tier func(i int) string
		if n.tiers != nil {
			tier = func(i int) string { return n.tierName(n.tiers.Level[i]) }
		}
		all.Go(func() error { return writeFiles(place, n.risk.Files(tier), n.job) })
	}
	if n.stages != nil {
		all.Go(func() error { return writeFiles(place, n.stages.Files(), n.job) })
	}
	if n.worth != nil {
		all.Go(func() error { return writeJSON(place, publication.ModelFile, n.worth.Model()) })
	}
	if n.job.RFM != nil {
		all.Go(func() error { return writeJSON(place, publication.CutPointsFile, n.scores.Cuts) })
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	return place.Files(), nil
}

func (n *night) writeSegments(place *publish.Staging, groups []Group) error {
	size := len(groups)
	kind, name, label := make([]string, size), make([]string, size), make([]string, size)
	customers, orders := make([]int64, size), make([]int64, size)
	share, equityShare := make([]float64, size), make([]float64, size)
	revenue, past, future := make([]decimal128.Num, size), make([]decimal128.Num, size), make([]decimal128.Num, size)
	for i, g := range groups {
		kind[i], name[i], label[i] = g.Kind, g.Name, g.Label
		customers[i], orders[i] = g.Customers, g.Orders
		share[i], equityShare[i] = g.Share, g.EquityShare
		revenue[i], past[i], future[i] = g.Revenue.Num(), g.PastValue.Num(), g.FutureValue.Num()
	}
	columns := []publish.Col{
		{Name: "kind", Values: kind},
		{Name: "group", Values: name},
		{Name: "label", Values: label},
		{Name: "customers", Values: customers},
		{Name: "share", Values: share},
		{Name: "orders", Values: orders},
		{Name: "revenue", Values: revenue, Scale: ledger.MoneyScale},
	}
	if n.worth != nil {
		columns = append(columns,
			publish.Col{Name: "past_value", Values: past, Scale: ledger.MoneyScale},
			publish.Col{Name: "future_value", Values: future, Scale: ledger.MoneyScale},
			publish.Col{Name: "equity_share", Values: equityShare})
	}
	columns = append(columns, qualityColumns(groups)...)
	return writeColumns(place, publication.SegmentsFile, columns, csvFor(n.job))
}

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

// writeFiles stages what a stage gives.
func writeFiles(place *publish.Staging, files []nights.File, j *job.Job) error {
	for _, f := range files {
		var err error
		if f.JSON != nil {
			err = writeJSON(place, f.Name, f.JSON)
		} else {
			err = writeColumns(place, f.Name, f.Columns, csvFor(j))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// csvFor is how the job wants the CSV files of a publication: all of them alike,
// so that an id in one is the id in the next.
func csvFor(j *job.Job) publish.CSVOptions {
	return publish.CSVOptions{Spreadsheet: j.Output.CSV == job.SpreadsheetCSV}
}

// writeColumns stages a CSV file that is in memory.
func writeColumns(place *publish.Staging, name string, columns []publish.Col, o publish.CSVOptions) error {
	table, err := publish.NewTable(nil, columns...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer table.Release()
	return writeTable(place, name, func(w io.Writer) (int64, error) {
		return publish.WriteCSV(w, table.Schema(), publish.Batches(table), o)
	})
}

// writeTable stages one file of rows.
func writeTable(place *publish.Staging, name string, write func(io.Writer) (int64, error)) error {
	f, err := place.Create(name)
	if err != nil {
		return err
	}
	rows, err := write(f)
	f.Rows(rows)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func writeJSON(place *publish.Staging, name string, value any) error {
	return writeTable(place, name, func(w io.Writer) (int64, error) {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return 0, encoder.Encode(value)
	})
}
