package publication

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"clientele/analytics/publication/column"
	"clientele/internal/spreadsheet"
)

// ReadList visits the rows of a list: the cells of some columns of it, as they were before
// they were guarded for spreadsheets. cells are the visitor's for one call. The error is a [Damage];
// it wraps fs.ErrNotExist where run.json lists no such file.
func (p *Publication) ReadList(l *column.List, columns []string, visit func(cells []string)) (err error) {
	f, err := p.OpenFile(l.File)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	flat, err := p.Settings.Flat()
	if err == nil {
		err = readRows(f, flat["output.csv"] == "spreadsheet", columns, visit)
	}
	if err != nil {
		return p.Damaged(l.File, err)
	}
	return nil
}

// readRows visits the rows of a CSV file with a header.
func readRows(f io.Reader, guarded bool, columns []string, visit func(cells []string)) error {
	in := csv.NewReader(f)
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return err
	}
	at := make([]int, len(columns))
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for k, name := range columns {
		if at[k] = slices.Index(header, name); at[k] < 0 {
			return fmt.Errorf("it has no column %s", name)
		}
	}
	cells := make([]string, len(columns))
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for k := range at {
			if cells[k] = row[at[k]]; guarded {
				cells[k] = spreadsheet.Plain(cells[k])
			}
		}
		visit(cells)
	}
}
