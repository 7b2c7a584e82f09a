package publish

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
)

// Columns of every type, with and without gaps, are the same bytes as the Arrow arrays of
// them: with pages that end within them, and dictionaries that grow too large and that do not.
func TestParquetOfColumnsIsThatOfBatches(t *testing.T) {
	const rows = 3*pieceRows + 5
	var some []bool
	texts, few := make([]string, rows), make([]string, rows)
	counts, numbers, days := make([]int64, rows), make([]float64, rows), make([]arrow.Date32, rows)
	amounts, marks, times := make([]decimal128.Num, rows), make([]bool, rows), make([]time.Time, rows)
	for i := range rows {
		some = append(some, i%3 > 0 && i > pieceRows)
		texts[i], few[i] = fmt.Sprintf("customer %d", i*7919%rows), []string{"", "gold", "silver"}[i%3]
		counts[i], numbers[i], days[i] = int64(i), math.Sqrt(float64(i)), arrow.Date32(i%500)
		amounts[i], marks[i] = decimal128.FromI64(int64(i-100)*1234), i%2 > 0
		times[i] = time.Date(2026, 1, 1+i%50, 0, 0, 0, 0, time.UTC)
	}
	var cols []Col
	for _, values := range []any{texts, few, counts, numbers, days, amounts, marks, times} {
		name := fmt.Sprint(len(cols))
		cols = append(cols, Col{Name: name, Values: values, Scale: 6}, Col{Name: name + "?", Values: values, Valid: some, Scale: 6})
	}
	batch := table(t, cols...)
	for _, size := range []int{rows, pieceRows + 1} {
		o := ParquetOptions{RowGroupRows: int64(size)}
		var want, got bytes.Buffer
		_, err := WriteParquet(&want, batch.Schema(), Batches(batch), o)
		require.NoError(t, err)
		groups := func(yield func(RowGroup) bool) {
			for from := 0; from < rows; from += size {
				to := min(from+size, rows)
				if !yield(RowGroup{to - from, func(i int) Col { return cols[i].rows(from, to) }}) {
					return
				}
			}
		}
		n, err := WriteParquetColumns(&got, batch.Schema(), groups, o)
		require.NoError(t, err)
		require.EqualValues(t, rows, n)
		require.True(t, bytes.Equal(want.Bytes(), got.Bytes()), size)
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
