package customers_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
)

const euro = 1_000_000 // millionths

// What the numbers mean, on histories small enough to check by hand. Days are
// since 2024-01-01.
func TestReduce(t *testing.T) {
	const first = 19_723
	sale := func(order string, day int32, amount int64) row {
		return row{customer: "c", order: order, day: first + day, amount: amount}
	}
	back := func(order string, day int32, amount int64) row {
		return row{customer: "c", order: order, day: first + day, amount: -amount, isReturn: true}
	}
	for _, c := range []struct {
		name string
		rows []row
		want func(t *testing.T, got *customers.Table)
	}{
		{"an order of three lines is one order", []row{sale("o", 0, 5*euro), sale("o", 0, 3*euro), sale("o", 0, 0)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int64{1}, got.Orders)
			require.Equal(t, "8.00", got.Net[0].String())
			require.Equal(t, []float64{8}, got.DaySold)
		}},
		{"an order past midnight belongs to its first day", []row{sale("o", 1, 3*euro), sale("o", 0, 5*euro)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int64{1}, got.PurchaseDays)
			require.Equal(t, []int32{first}, got.LastDay)
			require.Equal(t, "8.00", got.FirstSold[0].String())
		}},
		{"two orders on a day are one purchase day", []row{sale("a", 0, euro), sale("b", 0, euro), sale("c", 3, euro)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int64{3}, got.Orders)
			require.Equal(t, []int64{2}, got.PurchaseDays)
			require.Equal(t, []int32{first, first + 3}, got.Days)
			require.Equal(t, []int64{0, 2}, got.DayStart)
			require.Equal(t, []float64{2, 1}, got.DaySold)
		}},
		{"a return reduces spend and is no purchase", []row{sale("a", 0, 9*euro), back("a", 5, 4*euro), sale("b", 7, euro)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int64{2}, got.Orders)
			require.Equal(t, []int64{1}, got.Returns)
			require.Equal(t, []int64{2}, got.PurchaseDays)
			require.Equal(t, []int32{first, first + 7}, got.Days)
			require.Equal(t, []float64{9, 1}, got.DaySold)
			require.Equal(t, "6.00", got.Net[0].String())
			require.Equal(t, "10.00", got.Sold[0].String())
		}},
		{"a return before the first purchase does not begin it", []row{back("x", 0, 4*euro), sale("a", 5, euro)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int32{first + 5}, got.FirstDay)
			require.Equal(t, "-3.00", got.Net[0].String())
		}},
		{"order ids of two customers are two orders", []row{sale("o", 0, euro), {customer: "d", order: "o", day: first, amount: euro}}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []string{"c", "d"}, got.ID)
			require.Equal(t, []int64{1, 1}, got.Orders)
		}},
		{"a gift is an order", []row{sale("o", 0, 0)}, func(t *testing.T, got *customers.Table) {
			require.Equal(t, []int64{1}, got.Orders)
			require.Equal(t, "0.00", got.Net[0].String())
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := customers.Request{HasCost: true, HasOrders: true, Attributes: []string{"label"}, RFMFrom: day(0), KeepSpend: true}
			got, odd := reduce(t, openEngine(t, 1), [][][]row{{c.rows}}, r)
			require.Zero(t, odd.ReturnsOnly)
			c.want(t, got)
		})
	}
}

// Two sources number their orders by themselves, and one customer may be in
// both.
func TestOrdersOfTwoSources(t *testing.T) {
	web := row{customer: "c", order: "1", day: 19_723, amount: euro}
	till := row{customer: "c", order: "1", day: 19_724, amount: 2 * euro}
	r := customers.Request{HasCost: true, HasOrders: true, Attributes: []string{"label"}}
	got, _ := reduce(t, openEngine(t, 1), [][][]row{{{web}}, {{till}}}, r)
	require.Equal(t, []int64{2}, got.Orders)
	require.Equal(t, []int64{2}, got.PurchaseDays)

	got, _ = reduce(t, openEngine(t, 1), [][][]row{{{web}, {till}}}, r)
	require.Equal(t, []int64{1}, got.Orders, "files of one source share their orders")
}

// An order whose lines lie weeks apart is probably two, under an id that is
// used again.
func TestLongOrders(t *testing.T) {
	line := func(order string, day int32) row {
		return row{customer: "c", order: order, day: 19_723 + day, amount: euro}
	}
	rows := []row{line("a", 0), line("a", 7), line("b", 0), line("b", 8), line("c", 0), line("c", 300)}
	got, odd := reduce(t, openEngine(t, 1), [][][]row{{rows}}, customers.Request{HasCost: true, HasOrders: true, Attributes: []string{"label"}})
	require.Equal(t, []int64{3}, got.Orders)
	require.Equal(t, int64(2), odd.LongOrders)
}

// Windows include their first day, and may begin before all time.
func TestWindows(t *testing.T) {
	rows := []row{{customer: "c", day: 19_723, amount: euro}, {customer: "c", day: 19_724, amount: 2 * euro}, {customer: "c", day: 19_725, amount: 4 * euro}}
	r := customers.Request{HasCost: true, Attributes: []string{"label"}, RFMFrom: day(19_724), Activity: &customers.ActivityRequest{From: day(19_725), Orders: true}}
	got, _ := reduce(t, openEngine(t, 1), [][][]row{{rows}}, r)
	require.Equal(t, []int64{2}, got.RFMOrders)
	require.Equal(t, "6.00", got.RFMNet[0].String())
	require.Equal(t, []int32{19_725}, got.Activity.Day)
	require.Equal(t, []int64{4 * euro}, got.Activity.Net)

	r.RFMFrom, r.Activity.From = time.Time{}, time.Time{}
	got, _ = reduce(t, openEngine(t, 1), [][][]row{{rows}}, r)
	require.Equal(t, []int64{3}, got.RFMOrders)
	require.Equal(t, "7.00", got.RFMNet[0].String())
	require.Equal(t, []int64{euro, 2 * euro, 4 * euro}, got.Activity.Net)
	require.Equal(t, []int64{0, 3}, got.Activity.Start)
}

func TestReturnsOnly(t *testing.T) {
	rows := []row{
		{customer: "gone", day: 19_723, amount: -5 * euro, isReturn: true},
		{customer: "gone", day: 19_724, amount: -euro, isReturn: true},
		{customer: "also", day: 19_723, amount: -euro / 2, isReturn: true},
		{customer: "c", day: 19_723, amount: euro},
	}
	got, odd := reduce(t, openEngine(t, 1), [][][]row{{rows}}, customers.Request{HasCost: true, Attributes: []string{"label"}})
	require.Equal(t, []string{"c"}, got.ID)
	require.Equal(t, int64(2), odd.ReturnsOnly)
	require.Equal(t, "-6.50", odd.ReturnsOnlyNet.String())
}

func TestReduceCancelled(t *testing.T) {
	e := openEngine(t, 1)
	reduce(t, e, [][][]row{{{{customer: "c", day: 19_723, amount: euro}}}}, customers.Request{HasCost: true, Attributes: []string{"label"}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := customers.Reduce(ctx, e, customers.Request{HasCost: true})
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "customers: customer_day: ")
}
