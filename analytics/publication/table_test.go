package publication

import (
	"bytes"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// baseOf are what the exports say of three customers.
func baseOf() Columns {
	return Columns{
		column.CustomerID:   Texts([]string{"a", "b", "c"}),
		column.FirstDay:     Days([]int32{0, 1, 2}),
		column.LastDay:      Days([]int32{10, 11, 12}),
		column.Orders:       Counts([]int64{20, 21, 22}),
		column.PurchaseDays: Counts([]int32{30, 31, 32}),
		column.RecencyDays:  CountsAt(3, func(i int) int64 { return int64(40 + i) }),
		column.Net:          Amounts([]money.Amount{money.FromFloat(1.5), {}, money.FromFloat(-2)}),
		column.Returns:      Counts([]int8{0, 1, 2}),
	}
}

func csvOf(t *testing.T, table Table) []string {
	t.Helper()
	var text bytes.Buffer
	rows, err := table.CSV(&text, publish.CSVOptions{})
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	require.EqualValues(t, len(lines)-1, rows)
	return lines
}

// Columns are written in the order of the registry, each into the files that the
// registry names, and attributes behind them.
func TestTablesWriteEachColumnWhereItBelongs(t *testing.T) {
	tables := NewTables(3)
	require.NoError(t, tables.Add(column.Base, baseOf()))
	require.NoError(t, tables.Add(column.Groups, Columns{
		column.AnchorOrders: Counts([]int64{7, 0, 9}).Where(func(i int) bool { return i != 1 }),
		column.AnchorNet:    Amounts(make([]money.Amount, 3)).Where(func(i int) bool { return i != 1 }),
		column.AnchorTier:   Texts([]string{"gold", "", ""}).Where(func(i int) bool { return i == 0 }),
	}))
	require.NoError(t, tables.AddAttribute("region", Texts([]string{"north", "", "south"})))
	require.NoError(t, tables.AddAttribute("points", Numbers([]float64{math.NaN(), math.Inf(1), 0.5})))
	require.Equal(t, []string{
		"rank,customer_id,first_day,last_day,orders,purchase_days,recency_days,region,points",
		"1,c,1970-01-03,1970-01-13,22,32,42,south,0.5",
		"2,a,1970-01-01,1970-01-11,20,30,40,north,",
		"3,b,1970-01-02,1970-01-12,21,31,41,,",
	}, csvOf(t, tables.Customers([]int{2, 0, 1})))
	require.Equal(t, []string{
		"customer_id,first_day,last_day,orders,net,returns,purchase_days,anchor_orders,anchor_net,anchor_tier",
		"a,1970-01-01,1970-01-11,20,1.50,0,30,7,0.00,gold",
		"b,1970-01-02,1970-01-12,21,0.00,1,31,,,",
		"c,1970-01-03,1970-01-13,22,-2.00,2,32,9,0.00,",
	}, csvOf(t, tables.State()))
}

// The rank goes on where the batch before ended, whatever the size of a batch.
func TestRankGoesOnFromBatchToBatch(t *testing.T) {
	tables := NewTables(3)
	require.NoError(t, tables.Add(column.Base, baseOf()))
	table := tables.Customers([]int{0, 1, 2})
	schema, err := table.schema()
	require.NoError(t, err)
	var text bytes.Buffer
	rows, err := publish.WriteCSV(&text, schema, table.batches(2), publish.CSVOptions{})
	require.NoError(t, err)
	require.EqualValues(t, 3, rows)
	require.Equal(t, csvOf(t, table), strings.Split(strings.TrimSpace(text.String()), "\n"))
	require.Equal(t, "3,c,", csvOf(t, table)[3][:4])
}

// Parquet that is written column by column is that of all columns at hand together.
func TestParquetColumnByColumn(t *testing.T) {
	const n = 1000
	tables := manyCustomers(t, n)
	shuffled := make([]int, n)
	for i := range shuffled {
		shuffled[i] = (i*791 + 13) % n
	}
	for _, table := range []Table{tables.Customers(shuffled), tables.Customers(nil), tables.State()} {
		schema, err := table.schema()
		require.NoError(t, err)
		for _, size := range []int{1, 7, 500, n} {
			o := publish.ParquetOptions{RowGroupRows: int64(size)}
			var want, got bytes.Buffer
			_, err = publish.WriteParquet(&want, schema, table.batches(113), o)
			require.NoError(t, err)
			rows, err := publish.WriteParquetColumns(&got, schema, table.groups(size), o)
			require.NoError(t, err)
			require.EqualValues(t, len(table.order), rows)
			require.True(t, bytes.Equal(want.Bytes(), got.Bytes()), size)
		}
	}
}

// A day that there is none of is empty, and every other day is not, the first of the
// calendar and that of 1970 included.
func TestDaysAreEmptyWhereThereIsNone(t *testing.T) {
	tables := NewTables(3)
	columns := baseOf()
	columns[column.FirstDay] = Days([]int32{firstOfCalendar, calendar.NoDay, 0})
	require.NoError(t, tables.Add(column.Base, columns))
	lines := csvOf(t, tables.State())
	require.Contains(t, lines[1], "a,0001-01-01,")
	require.Contains(t, lines[2], "b,,")
	require.Contains(t, lines[3], "c,1970-01-01,")
	everywhere := func(int) bool { return true }
	require.Equal(t, []bool{true, false}, Days([]int32{1, calendar.NoDay}).Where(everywhere).Of("d", []int{0, 1}).Valid)
	require.Equal(t, []bool{true, true}, Texts([]string{"", "a"}).Where(everywhere).Of("t", []int{0, 1}).Valid)
}

func TestTablesRefuse(t *testing.T) {
	stranger := &column.Column{Name: "mood", Type: column.Text, Stage: column.Base}
	for want, change := range map[string]func(c Columns){
		"customers gives the column mood, which is not in the registry": func(c Columns) { c[stranger] = Texts([]string{"", "", ""}) },
		"customers gives the column tier of tiers":                      func(c Columns) { c[column.Tier] = Texts([]string{"", "", ""}) },
		"the column orders with cells of type number, want whole number": func(c Columns) {
			c[column.Orders] = Numbers([]float64{1, 2, 3})
		},
		"the column orders with 2 cells, want 3": func(c Columns) { c[column.Orders] = Counts([]int64{1, 2}) },
		"customers gives no column net":          func(c Columns) { delete(c, column.Net) },
	} {
		columns := baseOf()
		change(columns)
		require.ErrorContains(t, NewTables(3).Add(column.Base, columns), want)
	}
	tables := NewTables(3)
	require.NoError(t, tables.Add(column.Base, baseOf()))
	require.ErrorContains(t, tables.Add(column.Base, baseOf()), "twice")
	require.ErrorContains(t, tables.AddAttribute("orders", Texts([]string{"", "", ""})), "an attribute is named orders, as a column is")
	require.ErrorContains(t, tables.AddAttribute("region", Texts([]string{""})), "region has 1 cells, want 3")
	require.ErrorContains(t, tables.Add(column.Scores, Columns{}), "scores gives no column frequency")
}

// Whoever asks a state for what none can have is told so, even where there is no state.
func TestStateIsAskedForWhatItCanHave(t *testing.T) {
	var none *State
	require.Nil(t, none.Texts(column.Tier))
	require.PanicsWithValue(t, "publication: no state has a column momentum of type number", func() { none.Numbers(column.Momentum) })
	require.PanicsWithValue(t, "publication: no state has a column tier of type day", func() { none.Days(column.Tier) })
	none.KeepOnly(nil)
}

// Whoever asks for a column that was let go of is told so. They would take it for one that the
// night did not have.
func TestStateLetsGoOfColumns(t *testing.T) {
	s, err := StateOf([]string{"a", "b"}, map[*column.Column]any{
		column.Tier: []string{"gold", ""}, column.Orders: []int64{1, 2}, column.CLV: []float64{3, 4},
		column.FirstDay: []int32{5, 6}, column.Net: make([]money.Amount, 2),
	})
	require.NoError(t, err)
	s.KeepOnly([]*column.Column{column.Tier, column.Segment})
	require.Equal(t, []string{"a", "b"}, s.ID)
	require.Equal(t, []string{"gold", ""}, s.Texts(column.Tier).Cells())
	require.Nil(t, s.Texts(column.Segment), "a column that the night did not have")
	const gone = " of a state was let go of, and is asked for"
	require.PanicsWithValue(t, "publication: the column orders"+gone, func() { s.Counts(column.Orders) })
	require.PanicsWithValue(t, "publication: the column clv"+gone, func() { s.Numbers(column.CLV) })
	require.PanicsWithValue(t, "publication: the column first_day"+gone, func() { s.Days(column.FirstDay) })
	require.PanicsWithValue(t, "publication: the column net"+gone, func() { s.Amounts(column.Net) })
	s.KeepOnly(nil)
	require.PanicsWithValue(t, "publication: the column tier"+gone, func() { s.Texts(column.Tier) })
}

// A text is in memory once, however many customers have it.
func TestTextColumn(t *testing.T) {
	cells := []string{"b", "", "a", "b", ""}
	c := TextColumnOf(cells)
	require.Equal(t, 5, c.Len())
	require.Equal(t, cells, c.Cells())
	require.Equal(t, []string{"b", "", "a"}, c.Distinct())
	require.Equal(t, 2, c.Place(2))
	var none *TextColumn
	require.Zero(t, none.Len())
	require.Empty(t, none.Distinct())
}

// batches are the rows in Arrow's memory, so many at a time.
func (t Table) batches(size int) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for first, rows := range t.chunks(size) {
			batch, err := publish.NewTable(nil, t.cols(rows, first)...)
			if err != nil {
				yield(nil, err)
				return
			}
			more := yield(batch, nil)
			batch.Release()
			if !more {
				return
			}
		}
	}
}
