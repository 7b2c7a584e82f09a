package publication

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// CustomerAmounts are amounts of each customer, to be written as Parquet with the columns of
// a list: the customer's id, and then amounts.
type CustomerAmounts struct {
	IDs     []string // in order
	Columns []*column.Column
	// Of gives the amounts of a customer, in the order of the columns after the first.
	Of func(customer int, into []money.Amount)
}

func (a CustomerAmounts) schema() *arrow.Schema {
	fields := []arrow.Field{{Name: a.Columns[0].Name, Type: arrow.BinaryTypes.String}}
	for _, c := range a.Columns[1:] {
		fields = append(fields, arrow.Field{Name: c.Name, Type: &arrow.Decimal128Type{Precision: money.Precision, Scale: money.Scale}})
	}
	return arrow.NewSchema(fields, nil)
}

// Parquet writes the file and gives the number of rows.
func (a CustomerAmounts) Parquet(w io.Writer) (int64, error) {
	var amounts [][]decimal128.Num // of the row group at hand
	groups := groupsOf(len(a.IDs), publish.RowGroupRows, func(i, from, to int) publish.Col {
		if i == 0 {
			amounts = a.some(from, to)
			return publish.Col{Name: a.Columns[0].Name, Values: a.IDs[from:to]}
		}
		return publish.Col{Name: a.Columns[i].Name, Values: amounts[i-1], Scale: money.Scale}
	})
	return publish.WriteParquetColumns(w, a.schema(), groups, publish.ParquetOptions{})
}

// some has the amounts of some customers, by column.
func (a CustomerAmounts) some(from, to int) [][]decimal128.Num {
	of, by := make([]money.Amount, len(a.Columns)-1), make([][]decimal128.Num, len(a.Columns)-1)
	for k := range by {
		by[k] = make([]decimal128.Num, to-from)
	}
	for i := from; i < to; i++ {
		a.Of(i, of)
		for k, amount := range of {
			by[k][i-from] = amount.Num()
		}
	}
	return by
}
