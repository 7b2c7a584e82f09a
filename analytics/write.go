package analytics

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"

	"clientele/analytics/evidence"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// write stages the files about customers and groups, as many at once as there are threads:
// each has some of its rows in memory. It returns all that is staged.
func (f *found) write(place *publish.Staging, j *job.Job, threads int) ([]publish.FileInfo, error) {
	tables, err := f.tables()
	if err != nil {
		return nil, err
	}
	var all concurrent.Tasks
	all.AtOnce(threads)
	lists, err := tablesOf(tables, f.ranking(j.Output.RankBy), j)
	if err != nil {
		return nil, err
	}
	for _, table := range slices.Concat(lists, f.heard.table()) {
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
		{column.Pyramid, f.pyramid, func() publication.Columns { return f.groups.LevelColumns(f.base.customers) }},
		{column.Groups, f.groups.Anchor() != nil, f.groups.Columns},
	}
}

// table is a file with a row for each customer.
type table struct {
	name  string
	write func(io.Writer) (int64, error)
}

// tablesOf are customers, in the formats that the job asks for, and the state.
func tablesOf(t *publication.Tables, ranking []int, j *job.Job) ([]table, error) {
	all := []table{{publication.StateFile, t.State().Parquet}}
	if slices.Contains(j.Output.Formats, "parquet") {
		all = append(all, table{publication.CustomersParquet, t.Customers(ranking).Parquet})
	}
	if !slices.Contains(j.Output.Formats, "csv") {
		return all, nil
	}
	list := t.Customers(ranking)
	if j.Output.Columns != nil {
		var err error
		if list, err = t.SomeOfCustomers(ranking, j.Output.Columns); err != nil {
			return nil, err
		}
	}
	return append(all, table{publication.CustomersCSV, func(w io.Writer) (int64, error) { return list.CSV(w, csvFor(j, column.Customers)) }}), nil
}

// files are those that each stage gives beside its columns.
func (f *found) files() []func() []night.File {
	all := []func() []night.File{f.activity.Files, f.asset.Files, f.groups.Files, f.base.Files, func() []night.File { return evidence.Files(f.evidence) }}
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
			err = writeCSV(place, f, j)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// csvFor is how the job wants the CSV files of a publication: all of them alike,
// so that an id in one is the id in the next, and an amount too.
func csvFor(j *job.Job, columns []*column.Column) publish.CSVOptions {
	o := publish.CSVOptions{Places: column.Places(columns, money.Places(j.Currency))}
	if o.Spreadsheet = j.Output.CSV == job.SpreadsheetCSV; o.Spreadsheet {
		say := wording.In(j.Output.Language)
		o.Heading = func(name string) string { return column.Heading(say, name) }
	}
	return o
}

// writeColumns stages a CSV file that is in memory.
func writeColumns(place *publish.Staging, name string, columns []publish.Col, j *job.Job) error {
	return writeCSV(place, night.File{Name: name, Columns: columns}, j)
}

// writeCSV stages a CSV file.
func writeCSV(place *publish.Staging, f night.File, j *job.Job) error {
	head := f.Head()
	if err := publication.CheckList(f.Name, head); err != nil {
		return err
	}
	schema, err := publish.SchemaOf(head...)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	list, _ := column.ListOf(f.Name) // which CheckList has found
	o := csvFor(j, list.Columns)
	return writeTable(place, f.Name, func(w io.Writer) (int64, error) {
		return publish.WriteCSVColumns(w, schema, groupsOf(f), o)
	})
}

// groupsOf are the rows of a CSV file, some at a time where it makes them so.
func groupsOf(f night.File) iter.Seq[publish.RowGroup] {
	group := func(columns []publish.Col) publish.RowGroup {
		return publish.RowGroup{Rows: columns[0].Len(), Col: func(i int) publish.Col { return columns[i] }}
	}
	if f.Some == nil {
		return slices.Values([]publish.RowGroup{group(f.Columns)})
	}
	return func(yield func(publish.RowGroup) bool) {
		for from := 0; from < f.Rows; from += publication.RowsOfText {
			if !yield(group(f.Some(from, min(from+publication.RowsOfText, f.Rows)))) {
				return
			}
		}
	}
}

// writeTable stages one file of rows.
func writeTable(place *publish.Staging, name string, write func(io.Writer) (int64, error)) error {
	f, err := place.Create(name)
	if err != nil {
		return err
	}
	rows, err := write(f)
	f.Rows(rows)
	// A write that failed is reported by Close once more.
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
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
