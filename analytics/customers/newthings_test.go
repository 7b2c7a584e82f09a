package customers_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
)

// What is new to a customer is found on the day on which it is, also of the customer who comes
// last, whose days end with the rows of all.
func TestNewThings(t *testing.T) {
	in := interestDays(19_722, 24, true, false)
	e := openEngine(t, 1)
	empty(t, e)
	loadLines(t, e, []line{
		{customer: "a", category: "tea", day: 19_722},
		{customer: "a", category: "cup", day: 19_725},
		{customer: "b", category: "tea", day: 19_723},
		{customer: "b", category: "tea", day: 19_724},
		{customer: "b", category: "cup", day: 19_727},
	}, in)
	got, _, err := customers.Reduce(t.Context(), e, customers.Request{Interests: in, KeepSales: true, NewThings: true})
	require.NoError(t, err)
	require.Equal(t, []int32{19_722, 19_725, 19_723, 19_724, 19_727}, got.Days)
	require.Equal(t, []int64{1, 4}, got.Sales.NewAt)
	require.Equal(t, "1.00", got.Sales.New[1].String())
}
