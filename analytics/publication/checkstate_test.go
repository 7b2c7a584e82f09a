package publication

import (
	"bytes"
	"math"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Cells at the ends of what a column may hold are taken, and those beyond are refused, with
// the row of the first of them.
func TestCellsAtTheirEdges(t *testing.T) {
	refused := func(c *column.Column, fill func(s *State)) bool {
		s := newState()
		fill(s)
		err := s.checkCells(c)
		if err != nil {
			require.EqualError(t, err, "row 2: "+c.Name+" is out of its range")
		}
		return err != nil
	}
	for _, c := range []struct {
		column *column.Column
		most   int64
	}{{column.Orders, math.MaxInt32}, {column.R, column.R.Most}, {column.StageTrace, math.MaxUint32}} {
		for cell, want := range map[int64]bool{-1: true, 0: false, c.most: false, c.most + 1: true} {
			require.Equal(t, want, refused(c.column, func(s *State) { s.counts[c.column] = []int64{1, cell} }), "%s of %d", c.column.Name, cell)
		}
	}
	for day, want := range map[string]bool{"0001-01-01": false, "9999-12-31": false} {
		number, err := calendar.Parse(day)
		require.NoError(t, err)
		require.Equal(t, want, refused(column.FirstDay, func(s *State) { s.days[column.FirstDay] = []int32{0, number} }), day)
	}
	for day, want := range map[int32]bool{calendar.NoDay: false, calendar.NoDay + 1: true, firstOfCalendar - 1: true, lastOfCalendar + 1: true} {
		require.Equal(t, want, refused(column.FirstDay, func(s *State) { s.days[column.FirstDay] = []int32{0, day} }), "%d", day)
	}
	for v, want := range map[float64]bool{math.Inf(1): true, math.Inf(-1): true, math.MaxFloat64: false} {
		require.Equal(t, want, refused(column.PAlive, func(s *State) { s.floats[column.PAlive] = []float64{0, v} }), "%v", v)
	}
	require.False(t, refused(column.PAlive, func(s *State) { s.floats[column.PAlive] = []float64{0, math.NaN()} }))
}

// Rows are in order of id, each once, so that two nights can be laid side by side.
func TestOrderOfIDs(t *testing.T) {
	for _, ids := range [][]string{{}, {"a"}, {"a", "b", "c"}, {"", "a"}} {
		s := newState()
		s.ID = ids
		require.NoError(t, s.identify(), "%q", ids)
		require.Equal(t, ids, s.ID)
	}
	for row, ids := range map[string][]string{"row 2": {"a", "a"}, "row 3": {"a", "b", "a"}, "row 4": {"a", "b", "c", "c"}} {
		s := newState()
		s.ID = ids
		require.ErrorContains(t, s.identify(), row+": its customer comes before that of the row above, or is the same", "%q", ids)
	}
	require.EqualError(t, newState().identify(), "it has no column customer_id")
}

// Amounts of another precision are of other bytes: they are refused, and not read as others.
func TestAmountsOfAnotherPrecision(t *testing.T) {
	for precision, want := range map[int32]string{money.Precision: "", 18: "column net is of type decimal(18, 6)"} {
		schema := arrow.NewSchema([]arrow.Field{
			{Name: column.CustomerID.Name, Type: arrow.BinaryTypes.String},
			{Name: column.Net.Name, Type: &arrow.Decimal128Type{Precision: precision, Scale: money.Scale}},
		}, nil)
		rows := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		rows.Field(0).(*array.StringBuilder).AppendValues([]string{"a", "b"}, nil)
		rows.Field(1).(*array.Decimal128Builder).AppendValues([]decimal128.Num{decimal128.FromI64(1_500_000), decimal128.FromI64(-2)}, nil)
		var file bytes.Buffer
		w, err := pqarrow.NewFileWriter(schema, &file, nil, pqarrow.DefaultWriterProps())
		require.NoError(t, err)
		require.NoError(t, w.Write(rows.NewRecordBatch()))
		require.NoError(t, w.Close())
		s, err := ParseState(bytes.NewReader(file.Bytes()), 2)
		if want != "" {
			require.ErrorContains(t, err, want)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, []string{"1.50", "-0.000002"}, []string{s.Amounts(column.Net)[0].String(), s.Amounts(column.Net)[1].String()})
	}
}
