package analytics

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// write stages the files about customers and groups, and returns all that is staged.
func (f *found) write(place *publish.Staging, j *job.Job) ([]publish.FileInfo, error) {
	tables, err := f.tables()
	if err != nil {
		return nil, err
	}
	var all concurrent.Tasks
	for _, table := range tablesOf(tables, f.ranking(), j) {
		all.Go(func() error { return writeTable(place, table.name, table.write) })
	}
	for _, files := range f.files() {
		all.Go(func() error { return writeFiles(place, files(), j) })
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	return place.Files(), nil
}

// tables are the customers of the night and what is remembered of them.
func (f *found) tables() (*publication.Tables, error) {
	t := publication.NewTables(f.base.customers)
	for _, given := range f.columns() {
		if !given.ran {
			continue
		}
		if err := t.Add(given.stage, given.columns()); err != nil {
			return nil, err
		}
	}
	for _, a := range f.base.attributes {
		if err := t.AddAttribute(a.name, a.cells); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// stageColumns are the columns that a stage gives, if it ran.
type stageColumns struct {
	stage   column.Stage
	ran     bool
	columns func() publication.Columns
}

func (f *found) columns() []stageColumns {
	return []stageColumns{
		{column.Base, true, func() publication.Columns { return f.base.columns }},
		{column.Scores, f.scores != nil, f.scores.Columns},
		{column.Worth, f.worth != nil, f.worth.Columns},
		{column.Referrals, f.referrals != nil, f.referrals.Columns},
		{column.Lifecycle, f.lifecycle != nil, f.lifecycle.Columns},
		{column.Risk, f.risk != nil, f.risk.Columns},
		{column.Interests, f.interests != nil, f.interests.Columns},
		{column.Tiers, f.tiers != nil, f.tiers.Columns},
		{column.Groups, f.groups.Anchor() != nil, f.groups.Columns},
	}
}

// table is a file with a row for each customer.
type table struct {
	name  string
	write func(io.Writer) (int64, error)
}

// tablesOf are customers, in the formats that the job asks for, and the state.
func tablesOf(t *publication.Tables, ranking []int, j *job.Job) []table {
	list := t.Customers(ranking)
	all := []table{{publication.StateFile, t.State().Parquet}}
	if slices.Contains(j.Output.Formats, "parquet") {
		all = append(all, table{publication.CustomersParquet, list.Parquet})
	}
	if slices.Contains(j.Output.Formats, "csv") {
		all = append(all, table{publication.CustomersCSV, func(w io.Writer) (int64, error) { return list.CSV(w, csvFor(j)) }})
	}
	return all
}

// files are those that each stage gives beside its columns.
func (f *found) files() []func() []night.File {
	all := []func() []night.File{f.groups.Files, f.base.Files}
	if f.identity != nil {
		all = append(all, f.identity.Files)
	}
	if f.scores != nil {
		all = append(all, f.scores.Files)
	}
	if f.worth != nil {
		all = append(all, f.worth.Files)
	}
	if f.lifecycle != nil {
		all = append(all, f.lifecycle.Files)
	}
	if f.risk != nil {
		all = append(all, func() []night.File { return f.risk.Files(f.tierNames()) })
	}
	if f.interests != nil {
		all = append(all, f.interests.Files)
	}
	if f.tiers != nil {
		all = append(all, f.tiers.Files)
	}
	return all
}

// tierNames gives the name of a customer's tier; nil: there is no programme.
func (f *found) tierNames() func(customer int) string {
	if f.tiers == nil {
		return nil
	}
	return f.tiers.Name
}

// writeFiles stages what a stage gives.
func writeFiles(place *publish.Staging, files []night.File, j *job.Job) error {
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
	if err := publication.CheckList(name, columns); err != nil {
		return err
	}
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
