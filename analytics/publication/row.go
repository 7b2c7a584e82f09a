package publication

import (
	"bytes"
	"encoding/json"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/number"
)

// Row is what one of the two files with a row for each customer says of one of them.
type Row struct {
	Cells []Cell // in the order of the file
}

// Cell is that of one column.
type Cell struct {
	Name   string
	Column *column.Column // nil: an attribute that the job file maps
	// Value is a string, an int64, a float64, a Day or a money.Amount; nil where it is empty.
	Value any
}

// Day is a day of a cell, in JSON as 2011-12-10.
type Day calendar.Day

// MarshalText writes the day.
func (d Day) MarshalText() ([]byte, error) { return calendar.Append(nil, calendar.Day(d)), nil }

// Has tells whether the file has the column, be the cell empty or not.
func (r *Row) Has(c *column.Column) bool { return r != nil && r.index(c) >= 0 }

func (r *Row) index(c *column.Column) int {
	return slices.IndexFunc(r.Cells, func(cell Cell) bool { return cell.Column == c })
}

// cellOf is the value of a column, if it is there and not empty.
func cellOf[T any](r *Row, c *column.Column) (v T, has bool) {
	if r == nil {
		return v, false
	}
	if at := r.index(c); at >= 0 {
		v, has = r.Cells[at].Value.(T)
	}
	return v, has
}

// Text is a cell of text; empty where there is none.
func (r *Row) Text(c *column.Column) string {
	v, _ := cellOf[string](r, c)
	return v
}

// Count is a cell of whole numbers, if there is one.
func (r *Row) Count(c *column.Column) (int64, bool) { return cellOf[int64](r, c) }

// Number is a cell of numbers, if there is one.
func (r *Row) Number(c *column.Column) (float64, bool) { return cellOf[float64](r, c) }

// Day is a cell of days; calendar.NoDay where there is none.
func (r *Row) Day(c *column.Column) calendar.Day {
	if v, has := cellOf[Day](r, c); has {
		return calendar.Day(v)
	}
	return calendar.NoDay
}

// Amount is a cell of money, if there is one.
func (r *Row) Amount(c *column.Column) (money.Amount, bool) { return cellOf[money.Amount](r, c) }

// Attributes are the cells of columns that the job file maps.
func (r *Row) Attributes() []Cell {
	return slices.DeleteFunc(slices.Clone(r.Cells), func(c Cell) bool { return c.Column != nil })
}

// MarshalJSON writes an object with all columns by their names, in the order of the file.
func (r *Row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, c := range r.Cells {
		b.WriteByte("{,"[min(i, 1)])
		value := c.Value
		if v, is := value.(float64); is {
			value = number.Float(v)
		}
		for at, part := range []any{c.Name, value} {
			text, err := json.Marshal(part)
			if err != nil {
				return nil, err
			}
			if at > 0 {
				b.WriteByte(':')
			}
			b.Write(text)
		}
	}
	if b.Len() == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
