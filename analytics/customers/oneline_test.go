package customers_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
)

// Where no order has several lines, nothing is added up, and what comes out is what the slow way
// says, whatever is asked for.
func TestOrdersOfOneLine(t *testing.T) {
	e := openEngine(t, 2)
	for seed := range rounds {
		rows := onePerOrder(rapid.SliceOfN(rapid.Custom(drawRow), 1, 60).Example(seed))
		r := rapid.Custom(drawRequest).Example(seed)
		r.SeemOneLine, r.HasOrders = true, true
		want, wantOdd := naive(rows, r)
		if r.Activity != nil && !r.Activity.Orders {
			want.Activity.Orders = nil
		}
		empty(t, e)
		load(t, e, [][][]row{{rows}}, r)
		one, err := customers.OneLine(t.Context(), e, r)
		require.NoError(t, err)
		require.True(t, one)
		got, odd, err := customers.Reduce(t.Context(), e, r)
		require.NoError(t, err)
		requireEqualTables(t, want, got)
		require.Equal(t, wantOdd, odd)
	}
}

// onePerOrder are the rows without those of an order that an earlier one is of.
func onePerOrder(rows []row) []row {
	type key struct {
		customer, order string
		day             int32 // of a row without an order
		isReturn        bool
	}
	seen := map[key]bool{}
	return slices.DeleteFunc(rows, func(r row) bool {
		k := key{customer: r.customer, order: r.order, isReturn: r.isReturn}
		if r.order == "" {
			k.day = r.day
		}
		defer func() { seen[k] = true }()
		return seen[k]
	})
}

// One order with two lines among thousands is enough, and what is kept is made of grouped rows.
func TestOneOrderOfTwoLines(t *testing.T) {
	e := openEngine(t, 2)
	insert := func(more string) {
		require.NoError(t, e.Exec(t.Context(), `CREATE OR REPLACE TEMP TABLE ledger AS SELECT 0 AS source, CAST(NULL AS VARCHAR) AS reason, 'c' || (range % 100) AS customer,
			CAST(range AS VARCHAR) AS order_id, DATE '2024-01-01' AS day, FALSE AS is_return FROM range(5000)`+more))
	}
	r := customers.Request{SeemOneLine: true, HasOrders: true}
	for more, want := range map[string]bool{
		"": true,
		" UNION ALL SELECT 0, NULL, 'c7', '7', DATE '2024-01-02', TRUE":        true, // a return is by itself
		" UNION ALL SELECT 0, NULL, 'c8', '7', DATE '2024-01-02', FALSE":       true, // another customer's
		" UNION ALL SELECT 1, NULL, 'c7', '7', DATE '2024-01-02', FALSE":       true, // another source's
		" UNION ALL SELECT 0, 'filtered', 'c7', '7', DATE '2024-01-02', FALSE": true,
		" UNION ALL SELECT 0, NULL, 'c7', '7', DATE '2024-01-02', FALSE":       false,
	} {
		insert(more)
		one, err := customers.OneLine(t.Context(), e, r)
		require.NoError(t, err)
		require.Equal(t, want, one, more)
	}
	insert("")
	r.Moved = true
	one, err := customers.OneLine(t.Context(), e, r)
	require.NoError(t, err)
	require.False(t, one)
}
