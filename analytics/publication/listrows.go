package publication

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// ListRow is a row of a list, which is only good until the next one is read. Columns are
// asked for by the names of the registry.
type ListRow struct {
	of    *csvCells
	cells []string
	at    map[string]int
	err   error // of the first cell that does not read
}

// EachRow calls a function with each row of a list, in its order, until that returns
// false. Errors are those of [Publication.OpenFile].
func (p *Publication) EachRow(list *column.List, do func(*ListRow) bool) error {
	return p.EachRowOf(list, list.File, do)
}

// EachRowOf is the same of one of several files of a list.
func (p *Publication) EachRowOf(list *column.List, file string, do func(*ListRow) bool) (err error) {
	f, err := p.OpenFile(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := eachRow(f, list, do); err != nil {
		return p.Damaged(file, err)
	}
	return nil
}

func eachRow(in io.Reader, list *column.List, do func(*ListRow) bool) error {
	r, err := readCells(in)
	if err != nil {
		return err
	}
	row := &ListRow{of: r, at: map[string]int{}}
	for i, name := range r.names {
		row.at[name] = i
	}
	for _, c := range list.Columns {
		if _, has := row.at[c.Name]; !has && c.Asked == "" {
			return fmt.Errorf("it has no column %s", c.Name)
		}
	}
	for line := 1; ; line++ {
		if row.cells, err = r.Read(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		more := do(row)
		if row.err != nil {
			return fmt.Errorf("row %d: %w", line, row.err)
		}
		if !more {
			return nil
		}
	}
}

// cell is the cell of a column; a list without it has empty ones.
func (r *ListRow) cell(name string) string {
	if i, has := r.at[name]; has {
		return r.cells[i]
	}
	return ""
}

// Has tells whether the list has a column, which a setting may leave out.
func (r *ListRow) Has(name string) bool {
	_, has := r.at[name]
	return has
}

// Text is a cell of text.
func (r *ListRow) Text(name string) string {
	return r.of.text(r.cell(name))
}

// Count is a whole number; 0 where the cell is empty.
func (r *ListRow) Count(name string) int64 {
	return readCell(r, name, 0, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
}

// Number is a number; NaN where the cell is empty.
func (r *ListRow) Number(name string) float64 {
	return readCell(r, name, math.NaN(), func(s string) (float64, error) { return strconv.ParseFloat(s, 64) })
}

// Amount is a number that is money; zero where the cell is empty.
func (r *ListRow) Amount(name string) money.Amount {
	return readCell(r, name, money.Amount{}, func(s string) (a money.Amount, err error) { return a, a.UnmarshalText([]byte(s)) })
}

// Day is a day; calendar.NoDay where the cell is empty.
func (r *ListRow) Day(name string) calendar.Day {
	return readCell(r, name, calendar.NoDay, calendar.Parse)
}

func readCell[T any](r *ListRow, name string, absent T, read func(string) (T, error)) T {
	text := r.cell(name)
	if text == "" {
		return absent
	}
	v, err := read(text)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("column %s: it does not read: %w", name, err)
	}
	return v
}

// FilesOf are the files of a list, in order of their names: several where there is one for
// each channel, say.
func (p *Publication) FilesOf(list *column.List) (files []string) {
	for _, f := range p.Files {
		if _, is := list.Matches(f.Path); is {
			files = append(files, f.Path)
		}
	}
	slices.Sort(files)
	return files
}

// HasList tells whether the publication has a list.
func (p *Publication) HasList(list *column.List) bool {
	_, has := p.Lists(list.File)
	return has
}
