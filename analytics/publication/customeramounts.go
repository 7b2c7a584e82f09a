package publication

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

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
	return publish.WriteParquet(w, a.schema(), batchesOf(a.IDs, publish.RowGroupRows, a.batch), publish.ParquetOptions{})
}

// batch has some customers, of whom the first stands in place first.
func (a CustomerAmounts) batch(ids []string, first int) arrow.RecordBatch {
	rows := array.NewRecordBuilder(memory.DefaultAllocator, a.schema())
	defer rows.Release()
	rows.Field(0).(*array.StringBuilder).AppendValues(ids, nil)
	amounts := make([]money.Amount, len(a.Columns)-1)
	builders := make([]*array.Decimal128Builder, len(amounts))
	for k := range builders {
		builders[k] = rows.Field(k + 1).(*array.Decimal128Builder)
		builders[k].Reserve(len(ids))
	}
	for i := range ids {
		a.Of(first+i, amounts)
		for k, amount := range amounts {
			builders[k].UnsafeAppend(amount.Num())
		}
	}
	return rows.NewRecordBatch()
}
