package publication

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// readCustomerCSV reads the row of one customer from customers.csv.
func (p *Publication) readCustomerCSV(id string) (*Row, bool, error) {
	rows, err := p.readCSV(CustomersCSV, column.Customers, column.CustomerID.Name, id, 1)
	if err != nil || len(rows) == 0 {
		return nil, false, err
	}
	return rows[0], true, nil
}

// ReadListed reads the rows of a list whose cell of a column is a text, such as those of
// one customer. Errors are those of [Publication.OpenFile].
func (p *Publication) ReadListed(l *column.List, name, text string) ([]*Row, error) {
	return p.readCSV(l.File, l.Columns, name, text, 0)
}

// readCSV reads the rows of a file whose cell of a column is a text, at most so many of
// them; 0: all.
func (p *Publication) readCSV(file string, columns []*column.Column, name, text string, most int) (rows []*Row, err error) {
	f, err := p.OpenFile(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := csvRows{columns: columns}
	if err := in.begin(f, name); err != nil {
		return nil, p.Damaged(file, err)
	}
	for most == 0 || len(rows) < most {
		row, err := in.next(text)
		if err != nil {
			return nil, p.Damaged(file, err)
		}
		if row == nil {
			break
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// csvRows reads rows of a file.
type csvRows struct {
	*csvCells
	columns []*column.Column // that the file may have
	by      int              // the column that is looked at
}

// begin reads the header.
func (in *csvRows) begin(f io.Reader, name string) (err error) {
	if in.csvCells, err = readCells(f); err != nil {
		return err
	}
	if in.by = slices.Index(in.names, name); in.by < 0 {
		return fmt.Errorf("it has no column %s", name)
	}
	return nil
}

// next is the next row with a text; nil at the end.
func (in *csvRows) next(text string) (*Row, error) {
	for {
		record, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil //nolint:nilnil // the end is no error
		case err != nil:
			return nil, err
		}
		for i, cell := range record {
			record[i] = in.text(cell)
		}
		if record[in.by] == text {
			return in.row(record)
		}
	}
}

func (in *csvRows) row(record []string) (*Row, error) {
	r := &Row{}
	for i, name := range in.names {
		c, known := column.Named(in.columns, name)
		if !known {
			c = nil
		}
		value, err := valueOfCSV(c, record[i])
		if err != nil {
			return nil, fmt.Errorf("column %s: its cell is no %s", name, c.Type)
		}
		r.Cells = append(r.Cells, Cell{Name: name, Column: c, Value: value})
	}
	return r, nil
}

// valueOfCSV reads a cell as its column has it.
func valueOfCSV(c *column.Column, text string) (any, error) {
	switch {
	case c == nil || c.Type == column.Text:
		return text, nil
	case text == "":
		return nil, nil //nolint:nilnil // an empty cell has no value
	}
	switch c.Type {
	case column.Count:
		return strconv.ParseInt(text, 10, 64)
	case column.Number:
		return strconv.ParseFloat(text, 64)
	case column.Day:
		day, err := calendar.Parse(text)
		return Day(day), err
	default:
		var a money.Amount
		err := a.UnmarshalText([]byte(text))
		return a, err
	}
}
