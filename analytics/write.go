package analytics

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

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
	if n.tiers != nil {
		all.Go(func() error { return writeFiles(place, n.tiers.Files(), n.job) })
	}
	if n.interests != nil {
		all.Go(func() error { return writeFiles(place, n.interests.Files(), n.job) })
	}
	if n.risk != nil {
		var tier func(i int) string
		if n.tiers != nil {
			tier = n.tiers.Name
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
	return writeColumns(place, publication.SegmentsFile, publication.SegmentColumns(groups, n.worth != nil), csvFor(n.job))
}

// writeRejects stages the rows set aside. Those that the job's own `where`
// leaves out are no fault of the export and may be most of it: they are listed
// only where the job asks for all.
func writeRejects(ctx context.Context, place *publish.Staging, plan *ledger.Plan, j *job.Job) error {
	rejects := publication.Rejects{Each: func(see func(ledger.Reject) error) error { return plan.Rejects(ctx, see) }}
	return writeTable(place, publication.RejectsFile, func(w io.Writer) (int64, error) { return rejects.CSV(w, csvFor(j)) })
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
