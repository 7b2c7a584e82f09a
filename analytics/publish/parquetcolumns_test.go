package publish

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
)

// Columns of every type, with and without gaps, are the same bytes as the Arrow arrays of
// them: with pages that end within them, and dictionaries that grow too large and that do not.
func TestParquetOfColumnsIsThatOfBatches(t *testing.T) {
	const rows = 3*pieceRows + 5
	cols := everyType(rows, pieceRows)
	batch := table(t, cols...)
	for _, size := range []int{rows, pieceRows + 1} {
		o := ParquetOptions{RowGroupRows: int64(size)}
		var want, got bytes.Buffer
		_, err := WriteParquet(&want, batch.Schema(), Batches(batch), o)
		require.NoError(t, err)
		n, err := WriteParquetColumns(&got, batch.Schema(), groupsOf(cols, rows, size), o)
		require.NoError(t, err)
		require.EqualValues(t, rows, n)
		require.True(t, bytes.Equal(want.Bytes(), got.Bytes()), size)
	}
}

// So are lists, with none, one and many values, in pages that end within them and within a list.
func TestParquetOfListsIsThatOfBatches(t *testing.T) {
	const rows = 2*pieceRows + 5
	starts := []int64{0}
	var days []arrow.Date32
	var amounts []decimal128.Num
	builders := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.BinaryTypes.String},
		{Name: "days", Type: arrow.ListOfNonNullable(arrow.FixedWidthTypes.Date32)},
		{Name: "amounts", Type: arrow.ListOfNonNullable(&arrow.Decimal128Type{Precision: moneyPrecision, Scale: 6})},
	}, nil))
	defer builders.Release()
	ids := make([]string, rows)
	for i := range rows {
		ids[i] = fmt.Sprintf("customer %d", i)
		builders.Field(0).(*array.StringBuilder).Append(ids[i])
		listed, paid := builders.Field(1).(*array.ListBuilder), builders.Field(2).(*array.ListBuilder)
		listed.Append(true)
		paid.Append(true)
		size := i % 7
		if i == rows/2 {
			size = 3 * pieceRows
		}
		for k := range size {
			days, amounts = append(days, arrow.Date32(i+k)), append(amounts, decimal128.FromI64(int64(i*k)*7919))
			listed.ValueBuilder().(*array.Date32Builder).Append(days[len(days)-1])
			paid.ValueBuilder().(*array.Decimal128Builder).Append(amounts[len(amounts)-1])
		}
		starts = append(starts, int64(len(days)))
	}
	batch := builders.NewRecordBatch()
	defer batch.Release()
	cols := []Col{{Name: "id", Values: ids}, {Name: "days", Values: days, Starts: starts}, {Name: "amounts", Values: amounts, Starts: starts, Scale: 6}}
	var want, got bytes.Buffer
	_, err := WriteParquet(&want, batch.Schema(), Batches(batch), ParquetOptions{})
	require.NoError(t, err)
	n, err := WriteParquetColumns(&got, batch.Schema(), slices.Values([]RowGroup{{rows, func(i int) Col { return cols[i] }}}), ParquetOptions{})
	require.NoError(t, err)
	require.EqualValues(t, rows, n)
	require.True(t, bytes.Equal(want.Bytes(), got.Bytes()))

	cols[1].Starts = starts[1:]
	_, err = WriteParquetColumns(io.Discard, batch.Schema(), slices.Values([]RowGroup{{rows, func(i int) Col { return cols[i] }}}), ParquetOptions{})
	require.ErrorContains(t, err, `column "days"`)
}

// So is CSV, with places and without, for programs and for spreadsheets.
func TestCSVOfColumnsIsThatOfBatches(t *testing.T) {
	const rows = 3*sliceRows + 5
	cols := everyType(rows, sliceRows)
	batch := table(t, cols...)
	for _, o := range []CSVOptions{{}, {Spreadsheet: true, Threads: 3}, {Places: map[string]int{"3": 2, "3?": 0, "5": 2, "5?": 4}}} {
		var want, got bytes.Buffer
		_, err := WriteCSV(&want, batch.Schema(), Batches(batch), o)
		require.NoError(t, err)
		n, err := WriteCSVColumns(&got, batch.Schema(), groupsOf(cols, rows, sliceRows+1), o)
		require.NoError(t, err)
		require.EqualValues(t, rows, n)
		require.Equal(t, want.String(), got.String())
	}
}

// everyType is a column of every type, and once more with marks of presence.
func everyType(rows, noneUpTo int) (cols []Col) {
	var some []bool
	texts, few := make([]string, rows), make([]string, rows)
	counts, numbers, days := make([]int64, rows), make([]float64, rows), make([]arrow.Date32, rows)
	amounts, marks, times := make([]decimal128.Num, rows), make([]bool, rows), make([]time.Time, rows)
	for i := range rows {
		some = append(some, i%3 > 0 && i > noneUpTo)
		texts[i], few[i] = fmt.Sprintf("customer %d", i*7919%rows), []string{"", "gold", "silver"}[i%3]
		counts[i], numbers[i], days[i] = int64(i), math.Sqrt(float64(i)), arrow.Date32(i%500)
		amounts[i], marks[i] = decimal128.FromI64(int64(i-100)*1234), i%2 > 0
		times[i] = time.Date(2026, 1, 1+i%50, 0, 0, 0, 0, time.UTC)
	}
	for _, values := range []any{texts, few, counts, numbers, days, amounts, marks, times} {
		name := strconv.Itoa(len(cols))
		cols = append(cols, Col{Name: name, Values: values, Scale: 6}, Col{Name: name + "?", Values: values, Valid: some, Scale: 6})
	}
	return cols
}

// groupsOf are the rows of columns, so many at a time.
func groupsOf(cols []Col, rows, size int) iter.Seq[RowGroup] {
	return func(yield func(RowGroup) bool) {
		for from := 0; from < rows; from += size {
			to := min(from+size, rows)
			if !yield(RowGroup{to - from, func(i int) Col { return cols[i].rows(from, to) }}) {
				return
			}
		}
	}
}

// rows are some of the rows of a column.
func (c Col) rows(from, to int) Col {
	if c.Valid != nil {
		c.Valid = slices.Clone(c.Valid[from:to])
	}
	switch v := c.Values.(type) {
	case []string:
		c.Values = v[from:to]
	case []int64:
		c.Values = v[from:to]
	case []float64:
		c.Values = v[from:to]
	case []arrow.Date32:
		c.Values = v[from:to]
	case []decimal128.Num:
		c.Values = v[from:to]
	case []bool:
		c.Values = v[from:to]
	case []time.Time:
		c.Values = v[from:to]
	}
	return c
}
