package query

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// previousSchema has the tables of the night before.
const previousSchema = "previous"

// Tables are those of a publication in an engine.
type Tables struct {
	engine  engine.Engine
	names   []string
	unguard bool // texts of CSV files for spreadsheets lose their guard
}

// Open makes tables of a publication's files. Each file is what run.json says it is. The
// error is a [publication.Damage] where one is not.
func Open(ctx context.Context, night string, o engine.Options) (_ *Tables, err error) {
	p, err := publication.Open(night)
	if err != nil {
		return nil, err
	}
	o.KeepOrder = true // customers are ranked
	e, err := engine.OpenDuckDB(ctx, o)
	if err != nil {
		return nil, err
	}
	t := &Tables{engine: e}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	files, err := t.add(ctx, p, "")
	if err != nil {
		return nil, err
	}
	before, err := t.addPrevious(ctx, p)
	if err != nil {
		return nil, err
	}
	return t, e.Seal(ctx, slices.Concat(files, before))
}

// OpenCustomers makes the one table of the customers of a publication that is open, which
// need not be finished. Texts are as they were before a guard for spreadsheets: conditions
// are written for what customers are, whatever file has them.
func OpenCustomers(ctx context.Context, p *publication.Publication, o engine.Options) (_ *Tables, err error) {
	e, err := engine.OpenDuckDB(ctx, o)
	if err != nil {
		return nil, err
	}
	t := &Tables{engine: e, unguard: true}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	file, has := customersFile(p)
	if !has {
		return nil, p.Damaged(publication.CustomersParquet, fs.ErrNotExist)
	}
	files, err := t.addFiles(ctx, p, "", []tableFile{file})
	if err != nil {
		return nil, err
	}
	return t, e.Seal(ctx, files)
}

// Close frees what the tables held.
func (t *Tables) Close() error { return t.engine.Close() }

// Names are the names of the tables, in order.
func (t *Tables) Names() []string { return t.names }

// addPrevious adds the night before, where there is one and it is still there.
func (t *Tables) addPrevious(ctx context.Context, p *publication.Publication) ([]string, error) {
	before, err := p.OpenPrevious()
	if err != nil || before == nil {
		return nil, err
	}
	if err := t.engine.Exec(ctx, "CREATE SCHEMA "+previousSchema); err != nil {
		return nil, err
	}
	return t.add(ctx, before, previousSchema)
}

// add makes tables of a publication's files and gives those that the engine goes on to
// read as a query needs them.
func (t *Tables) add(ctx context.Context, p *publication.Publication, schema string) (files []string, err error) {
	return t.addFiles(ctx, p, schema, tableFiles(p))
}

func (t *Tables) addFiles(ctx context.Context, p *publication.Publication, schema string, of []tableFile) (files []string, err error) {
	for _, f := range of {
		path, err := whole(p, f.name)
		if err != nil {
			return nil, err
		}
		name := tableName(schema, f.name)
		sql := "CREATE VIEW " + name + " AS SELECT * FROM " + engine.ReadParquet(path)
		if f.columns == nil {
			files = append(files, path)
		} else if sql, err = t.csvTable(ctx, name, path, f.columns, t.unguard && p.Settings.ForSpreadsheets()); err != nil {
			return nil, err
		}
		if err := t.engine.Exec(ctx, sql); err != nil {
			return nil, p.Damaged(f.name, err)
		}
		t.names = append(t.names, strings.ReplaceAll(name, `"`, ""))
	}
	return files, nil
}

// tableFile is a file that becomes a table.
type tableFile struct {
	name    string
	columns []*column.Column // of CSV; nil: it is Parquet, which has types
}

// customersFile is the file with a row for each customer. Parquet is taken before CSV: it
// has every digit.
func customersFile(p *publication.Publication) (file tableFile, has bool) {
	if _, has := p.Lists(publication.CustomersParquet); has {
		return tableFile{name: publication.CustomersParquet}, true
	}
	_, has = p.Lists(publication.CustomersCSV)
	return tableFile{publication.CustomersCSV, column.Customers}, has
}

// tableFiles are the files of a publication with rows.
func tableFiles(p *publication.Publication) []tableFile {
	var all []tableFile
	if file, has := customersFile(p); has {
		all = append(all, file)
	}
	for _, file := range []string{publication.PurchasesFile, publication.RevenueFile, publication.AssignmentsFile, publication.ContactsFile, publication.ResponsesFile} {
		if _, has := p.Lists(file); has {
			all = append(all, tableFile{name: file})
		}
	}
	for _, l := range column.Lists {
		for _, file := range p.FilesOf(l) {
			all = append(all, tableFile{file, l.Columns})
		}
	}
	return all
}

// whole makes sure that a file is what run.json says, and gives its place from the root.
func whole(p *publication.Publication, file string) (string, error) {
	f, err := p.OpenFile(file)
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return filepath.Abs(filepath.Join(p.Path, file))
}

// tableName is the name of a file's table: tiers_delta of tiers_delta.csv, and lists_email of
// lists/email.csv.
func tableName(schema, file string) string {
	name := engine.Identifier(strings.ReplaceAll(strings.TrimSuffix(file, filepath.Ext(file)), "/", "_"))
	if schema != "" {
		name = engine.Identifier(schema) + "." + name
	}
	return name
}

// spreadsheetGuard is what package spreadsheet puts before a text, as SQL writes it.
const spreadsheetGuard = "''"

// csvTable is the statement that makes a table of a CSV file. All cells are text at
// first: what they look like tonight must not decide their type.
func (t *Tables) csvTable(ctx context.Context, name, path string, columns []*column.Column, guarded bool) (string, error) {
	reader := engine.ReadCSV(path, `header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = true`)
	rows, err := engine.Text(ctx, t.engine, "SELECT column_name FROM (DESCRIBE SELECT * FROM "+reader+")")
	if err != nil {
		return "", err
	}
	cells := make([]string, len(rows))
	for i, r := range rows {
		name := column.NameOf(r[0]) // files for spreadsheets have headings
		cell, as := engine.Identifier(r[0]), " AS "+engine.Identifier(name)
		text := "coalesce(" + cell + ", '')"
		if guarded {
			text = "CASE WHEN starts_with(" + text + ", '" + spreadsheetGuard + "') THEN substr(" + text + ", 2) ELSE " + text + " END"
		}
		cells[i] = text + as
		if c, known := column.Named(columns, name); known && c.Type != column.Text {
			cells[i] = "CAST(nullif(" + cell + ", '') AS " + engine.TypeOf(c.Type) + ")" + as
		}
	}
	return fmt.Sprintf("CREATE TABLE %s AS SELECT %s FROM %s", name, strings.Join(cells, ", "), reader), nil
}
