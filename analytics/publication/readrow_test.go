package publication

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// manyCustomers have cells of every type, at their edges and empty.
func manyCustomers(t *testing.T, n int) *Tables {
	t.Helper()
	columns := Columns{
		column.CustomerID:   TextsAt(n, func(i int) string { return fmt.Sprintf("c%05d", i) }),
		column.FirstDay:     DaysAt(n, func(i int) int32 { return int32(i - 3) }),
		column.LastDay:      DaysAt(n, func(i int) int32 { return []int32{calendar.NoDay, int32(i)}[i%2] }),
		column.Orders:       CountsAt(n, func(i int) int64 { return int64(i) - 2 }),
		column.PurchaseDays: CountsAt(n, func(i int) int64 { return math.MaxInt32 - int64(i) }),
		column.RecencyDays:  CountsAt(n, func(int) int64 { return 0 }),
		column.Net:          AmountsAt(n, func(i int) money.Amount { return money.FromFloat(float64(i-5) * 12345.000001) }),
		column.Returns:      CountsAt(n, func(i int) int64 { return int64(i % 3) }),
	}
	tables := NewTables(n)
	require.NoError(t, tables.Add(column.Base, columns))
	require.NoError(t, tables.AddAttribute("points", NumbersAt(n, func(i int) float64 { return []float64{math.NaN(), float64(i) / 3}[i%2] })))
	require.NoError(t, tables.AddAttribute("region", TextsAt(n, func(i int) string { return []string{"", "né,\"x\"", "\x1b[2J"}[i%3] })))
	return tables
}

// parquetOf is a table with small row groups, so that a search crosses them.
func parquetOf(t *testing.T, table Table, group int64) []byte {
	t.Helper()
	schema, err := table.schema()
	require.NoError(t, err)
	var b bytes.Buffer
	_, err = publish.WriteParquet(&b, schema, table.batches(1000), publish.ParquetOptions{RowGroupRows: group})
	require.NoError(t, err)
	return b.Bytes()
}

// Every row of a table is found in Parquet, in whatever order and row groups, and is what the
// same row of the same table as CSV is.
func TestRowsOfParquetAreThoseOfCSV(t *testing.T) {
	const n = 10_000 // more than are looked at at once
	tables := manyCustomers(t, n)
	upwards, shuffled := make([]int, n), make([]int, n)
	for i := range upwards {
		upwards[i], shuffled[i] = i, (i*7919+13)%n
	}
	for _, table := range []Table{tables.Customers(upwards), tables.Customers(shuffled)} {
		var text bytes.Buffer
		_, err := table.CSV(&text, publish.CSVOptions{})
		require.NoError(t, err)
		for _, group := range []int64{0, 4500} {
			file := bytes.NewReader(parquetOf(t, table, group))
			for i := 0; i < n; i += 487 {
				id := fmt.Sprintf("c%05d", i)
				row, found, err := rowSearch{id: id, columns: column.Customers, attributes: true}.in(file)
				require.NoError(t, err)
				require.True(t, found, id)
				in := csvRows{columns: column.Customers}
				require.NoError(t, in.begin(bytes.NewReader(text.Bytes()), column.CustomerID.Name))
				want, err := in.next(id)
				require.NoError(t, err)
				requireSameCells(t, want, row)
			}
		}
	}
}

// requireSameCells compares a row of CSV, in which an attribute is text, with one of Parquet.
func requireSameCells(t *testing.T, want, got *Row) {
	t.Helper()
	require.Len(t, got.Cells, len(want.Cells))
	for i, w := range want.Cells {
		g := got.Cells[i]
		require.Equal(t, w.Name, g.Name)
		require.Equal(t, w.Column, g.Column)
		switch v := g.Value.(type) {
		case float64:
			var read float64
			_, err := fmt.Sscan(w.Value.(string), &read)
			require.NoError(t, err)
			require.Equal(t, read, v, w.Name) //nolint:testifylint // every bit
		case nil:
			require.Contains(t, []any{nil, ""}, w.Value, w.Name)
		default:
			require.Equal(t, w.Value, g.Value, w.Name)
		}
	}
}

// A state is searched in order of id: who is not there is not found, and some columns are
// read as all are.
func TestSearchOfAState(t *testing.T) {
	state := manyCustomers(t, 9000).State()
	for _, group := range []int64{0, 100} {
		file := bytes.NewReader(parquetOf(t, state, group))
		search := rowSearch{columns: column.State, some: []*column.Column{column.Net, column.Orders}, sorted: true}
		for _, i := range []int{0, 1, 99, 100, 4095, 4096, 8999} {
			search.id = fmt.Sprintf("c%05d", i)
			row, found, err := search.in(file)
			require.NoError(t, err)
			require.True(t, found)
			require.Len(t, row.Cells, 2)
			net, has := row.Amount(column.Net)
			require.True(t, has)
			require.Equal(t, money.FromFloat(float64(i-5)*12345.000001), net)
			orders, _ := row.Count(column.Orders)
			require.EqualValues(t, i-2, orders)
			require.Equal(t, calendar.NoDay, row.Day(column.LastDay), "it was not asked for")
		}
		for _, id := range []string{"", "b", "c00000x", "c09000", "d", "C00001"} {
			search.id = id
			_, found, err := search.in(file)
			require.NoError(t, err)
			require.False(t, found, id)
		}
		seen := 0
		_, _, err := rowSearch{look: func(id string) bool { seen++; return id != "c04200" }}.in(file)
		require.NoError(t, err)
		require.Equal(t, 4201, seen)
	}
	_, _, err := rowSearch{id: "a"}.in(bytes.NewReader([]byte("PAR1 this is none PAR1")))
	require.Error(t, err)
}

func TestRowAsJSON(t *testing.T) {
	row := &Row{Cells: []Cell{
		{Name: "customer_id", Value: "a\x1b"},
		{Name: "first_day", Value: Day(0)},
		{Name: "orders", Value: int64(3)},
		{Name: "p_alive", Value: math.Inf(1)},
		{Name: "net", Value: money.FromFloat(1.5)},
		{Name: "tier_since", Value: nil},
	}}
	text, err := json.Marshal(row)
	require.NoError(t, err)
	require.JSONEq(t, `{"customer_id":"a\u001b","first_day":"1970-01-01","orders":3,"p_alive":null,"net":"1.50","tier_since":null}`, string(text))
	text, err = json.Marshal(&Row{})
	require.NoError(t, err)
	require.Equal(t, "{}", string(text))
}
