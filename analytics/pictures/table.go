package pictures

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"

	"clientele/internal/calendar"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// Table is the numbers of a picture.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of a table. Name is for programs and is the same in each language;
// Title is for people.
type Column struct {
	Name, Title string
	Number      bool // its cells are numbers
}

// Cell is what stands in a place: for programs, as the files of the publication have it,
// and for people.
type Cell struct{ Raw, Text string }

// nothing stands where there is nothing to say.
const nothing = "–"

// add adds a row.
func (t *Table) add(cells ...Cell) { t.Rows = append(t.Rows, cells) }

// WriteCSV writes the table for programs, with the names of its columns above it.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, c := range row {
			record[i] = c.Raw
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func texted(s string) Cell { return Cell{s, s} }

// named is a name of the files, with what people call it.
func named(name, label string) Cell { return Cell{name, label} }

func counted[T int | int32 | int64](n T) Cell {
	return Cell{strconv.FormatInt(int64(n), 10), figures.Count(int64(n))}
}

// number is a number in the shortest text that reads back to it, and for people with so
// many places.
func number(v float64, places int) Cell {
	if math.IsNaN(v) {
		return Cell{"", nothing}
	}
	return Cell{shortest(v), figures.Rounded(v, places)}
}

func share(v float64) Cell {
	if math.IsNaN(v) {
		return Cell{"", nothing}
	}
	const tenth = 1000 // of a per cent
	return Cell{shortest(v), figures.Percent(math.Round(v*tenth)/tenth + 0)}
}

func amount(a money.Amount) Cell { return Cell{a.String(), figures.Money(a.Float())} }

func cash(v float64) Cell {
	if math.IsNaN(v) {
		return Cell{"", nothing}
	}
	return Cell{shortest(v), figures.Money(v)}
}

func dayCell(d calendar.Day) Cell { return texted(dayText(d)) }

func dayText(d calendar.Day) string { return string(calendar.Append(nil, d)) }

func shortest(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
