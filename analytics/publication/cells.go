package publication

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/packed"
)

// Cells are those of a column, one for each customer in order of id. They are worked
// out as the file is written, some rows at a time, so that no second copy of a column
// is ever in memory.
type Cells struct {
	typ     column.Type
	size    int
	take    func(rows []int) publish.Col
	present func(i int) bool // nil: all are
}

// Len is the number of cells.
func (c Cells) Len() int { return c.size }

// Texts are cells of text.
func Texts[T ~string](cells []T) Cells {
	return TextsAt(len(cells), func(i int) string { return string(cells[i]) })
}

// Counts are cells of whole numbers.
func Counts[T int8 | int32 | uint32 | int64](cells []T) Cells {
	return CountsAt(len(cells), func(i int) int64 { return int64(cells[i]) })
}

// Numbers are cells of numbers. What is unknown (NaN) and what has no bound (purchases
// for ever, of customers who may never leave) is empty.
func Numbers(cells []float64) Cells {
	return NumbersAt(len(cells), func(i int) float64 { return cells[i] })
}

// Days are cells of days since 1970-01-01; calendar.NoDay is empty.
func Days(cells []int32) Cells {
	return DaysAt(len(cells), func(i int) int32 { return cells[i] })
}

// Amounts are cells of money.
func Amounts(cells []money.Amount) Cells {
	return AmountsAt(len(cells), func(i int) money.Amount { return cells[i] })
}

// NoNumbers are empty cells of numbers, as on a night without a lifetime model.
func NoNumbers(customers int) Cells {
	return NumbersAt(customers, func(int) float64 { return math.NaN() })
}

// TextsAt are texts that at gives, one for each customer.
func TextsAt(customers int, at func(i int) string) Cells {
	return Cells{typ: column.Text, size: customers, take: func(rows []int) publish.Col {
		return publish.Col{Values: taken(rows, at)}
	}}
}

// TextsMade are texts that appendAt appends, one for each customer, where no text is at hand.
// They share their memory, so that there is one piece of it for hundreds.
func TextsMade(customers int, appendAt func(b []byte, i int) []byte) Cells {
	return Cells{typ: column.Text, size: customers, take: func(rows []int) publish.Col {
		return publish.Col{Values: made(rows, appendAt)}
	}}
}

// made gives what appendAt appends for each of some customers.
func made(rows []int, appendAt func(b []byte, i int) []byte) []string {
	texts := packed.New(len(rows))
	var b []byte
	for _, i := range rows {
		b = appendAt(b[:0], i)
		texts.Add(b)
	}
	return texts.All()
}

// CountsAt are whole numbers that at gives, one for each customer.
func CountsAt(customers int, at func(i int) int64) Cells {
	return Cells{typ: column.Count, size: customers, take: func(rows []int) publish.Col {
		return publish.Col{Values: taken(rows, at)}
	}}
}

// NumbersAt are numbers that at gives, one for each customer; see [Numbers].
func NumbersAt(customers int, at func(i int) float64) Cells {
	return Cells{typ: column.Number, size: customers, take: func(rows []int) publish.Col {
		return publish.Numbers("", taken(rows, at))
	}}
}

// DaysAt are days that at gives, one for each customer; see [Days].
func DaysAt(customers int, at func(i int) int32) Cells {
	return Cells{typ: column.Day, size: customers, take: func(rows []int) publish.Col {
		days, valid := make([]arrow.Date32, len(rows)), make([]bool, len(rows))
		for k, i := range rows {
			if day := at(i); day != calendar.NoDay {
				days[k], valid[k] = arrow.Date32(day), true
			}
		}
		return publish.Col{Values: days, Valid: valid}
	}}
}

// AmountsAt are amounts that at gives, one for each customer.
func AmountsAt(customers int, at func(i int) money.Amount) Cells {
	return Cells{typ: column.Amount, size: customers, take: func(rows []int) publish.Col {
		return publish.Col{Values: taken(rows, func(i int) decimal128.Num { return at(i).Num() }), Scale: money.Scale}
	}}
}

// Where empties the cells of the customers for whom present does not hold.
func (c Cells) Where(present func(i int) bool) Cells {
	c.present = present
	return c
}

// Of gives the cells of some customers, in this order, as a column to be written.
func (c Cells) Of(name string, rows []int) publish.Col {
	col := c.take(rows)
	col.Name = name
	if c.present == nil {
		return col
	}
	if col.Valid == nil {
		col.Valid = make([]bool, len(rows))
		for k := range col.Valid {
			col.Valid[k] = true
		}
	}
	for k, i := range rows {
		col.Valid[k] = col.Valid[k] && c.present(i)
	}
	return col
}

// taken gives what at gives for each of some customers.
func taken[T any](rows []int, at func(i int) T) []T {
	out := make([]T, len(rows))
	for k, i := range rows {
		out[k] = at(i)
	}
	return out
}
