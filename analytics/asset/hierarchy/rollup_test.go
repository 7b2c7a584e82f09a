package hierarchy_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/accounts"
	"clientele/analytics/asset/hierarchy"
	"clientele/internal/forest"
	"clientele/internal/money"
)

// Whatever is said, tops and those who are alone are all customers, each once, and an account
// has what a walk up from each customer brings to it.
func TestRollUpProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const names = 12
		id := func(i int) string { return string(rune('a' + i)) }
		said := rapid.SliceOf(rapid.Custom(func(t *rapid.T) accounts.Said {
			name := func(label string) string { return id(rapid.IntRange(0, names-1).Draw(t, label)) }
			return accounts.Said{Customer: name("customer"), Parent: name("parent"), Last: rapid.Int32Range(1, 3).Draw(t, "day")}
		})).Draw(rt, "said")
		var ids []string
		var each []hierarchy.Sums
		for i := range names {
			if rapid.Bool().Draw(rt, "buys") {
				ids = append(ids, id(i))
				each = append(each, hierarchy.Sums{
					Customers: 1, Orders: rapid.Int64Range(1, 9).Draw(rt, "orders"), Spend: amount(rt, "spend"), Past: amount(rt, "past"), Future: amount(rt, "future"),
				})
			}
		}
		found := accounts.Decide(said)
		r := hierarchy.RollUp(found, ids, func(i int) hierarchy.Sums { return each[i] })

		total := r.Alone
		want := make([]hierarchy.Sums, len(found.IDs))
		alone := found.Alone()
		for i, customer := range ids {
			if at, is := found.At(customer); is && !alone[at] {
				for ; at != forest.None; at = found.Above[at] {
					plus(&want[at], each[i])
				}
			}
		}
		require.Equal(rt, want, r.All)
		own := r.Alone
		for at, above := range found.Above {
			plus(&own, r.Own[at])
			if above == forest.None {
				plus(&total, r.All[at])
			}
		}
		var all hierarchy.Sums
		for _, s := range each {
			plus(&all, s)
		}
		require.Equal(rt, all, total, "tops are all customers")
		require.Equal(rt, all, own)
	})
}

func amount(t *rapid.T, label string) money.Amount {
	var m money.Amount
	text := strconv.FormatFloat(float64(rapid.Int64Range(-1e9, 1e12).Draw(t, label))/1e6, 'f', 6, 64)
	require.NoError(t, m.UnmarshalText([]byte(text)))
	return m
}

func plus(s *hierarchy.Sums, other hierarchy.Sums) {
	s.Customers += other.Customers
	s.Orders += other.Orders
	s.Spend, s.Past, s.Future = s.Spend.Plus(other.Spend), s.Past.Plus(other.Past), s.Future.Plus(other.Future)
}
