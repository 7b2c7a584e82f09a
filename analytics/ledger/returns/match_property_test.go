package returns_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/ledger/returns"
)

// drawLines makes a customer's lines: few products, orders and days, so that they meet.
func drawLines(t *rapid.T) []returns.Line {
	lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) returns.Line {
		on := rapid.Int32Range(1, 5).Draw(t, "day")
		l := returns.Line{
			Source: rapid.Int32Range(0, 1).Draw(t, "source"), Day: on,
			Instant:  int64(on)*day + rapid.SampledFrom([]int64{0, 600, 700}).Draw(t, "clock")*minute,
			Order:    rapid.SampledFrom([]string{"", "A", "B", "C"}).Draw(t, "order"),
			Product:  rapid.SampledFrom([]string{"", "tea", "cup"}).Draw(t, "product"),
			Quantity: rapid.SampledFrom([]int64{0, 1, 2, 3, 500_000}).Draw(t, "quantity") * one / 4,
			Amount:   rapid.Int64Range(0, 1_000_000_000_000*one).Draw(t, "amount"),
			Cost:     rapid.Int64Range(0, 1000*one).Draw(t, "cost"),
			IsReturn: rapid.Bool().Draw(t, "is return"),
		}
		if l.IsReturn {
			l.Amount, l.Cost = -l.Amount, -l.Cost
			l.Original = rapid.SampledFrom([]string{"", "", "A", "D"}).Draw(t, "original")
		}
		return l
	}), 0, 14).Draw(t, "lines")
	for i := range lines {
		lines[i].Row = int64(i)
	}
	return lines
}

// slow matches without any index: for each return it looks at all lines again, and at all
// pieces so far.
func slow(lines []returns.Line) []took {
	var pieces []took
	left := func(sale returns.Line) int64 {
		n := sale.Quantity
		for _, p := range pieces {
			if p.sale == sale.Row {
				n -= p.quantity
			}
		}
		return n
	}
	moment := func(l returns.Line) int64 {
		if l.IsReturn && l.Instant%day == 0 {
			return l.Instant + day - 1
		}
		return l.Instant
	}
	sorted := slices.SortedFunc(slices.Values(lines), func(a, b returns.Line) int {
		return cmp.Or(cmp.Compare(moment(a), moment(b)), cmp.Compare(a.Row, b.Row))
	})
	match := func(r returns.Line, sales []returns.Line, whole bool) {
		taken := new(big.Int)
		money := func(upTo int64) int64 { // exact, and all that went before is taken off
			n := new(big.Int).Mul(big.NewInt(r.Amount), big.NewInt(upTo))
			n.Quo(n, big.NewInt(r.Quantity))
			piece := new(big.Int).Sub(n, taken)
			taken = n
			return piece.Int64()
		}
		done := int64(0)
		if r.Product != "" && r.Quantity > 0 {
			var enough *returns.Line
			var some []returns.Line
			for _, s := range sales {
				if s.Product == r.Product && left(s) >= r.Quantity {
					enough = &s
				}
				if s.Product == r.Product && left(s) > 0 {
					some = append([]returns.Line{s}, some...)
				}
			}
			if enough != nil {
				some = []returns.Line{*enough}
			}
			for _, s := range some {
				if n := min(left(s), r.Quantity-done); n > 0 {
					done += n
					pieces = append(pieces, took{r.Row, s.Row, n, money(done)})
				}
			}
		}
		if whole && (r.Quantity == 0 || done < r.Quantity) {
			pieces = append(pieces, took{r.Row, sales[0].Row, 0, r.Amount - taken.Int64()})
		}
	}
	named := func(r returns.Line) []returns.Line {
		for _, want := range []struct {
			id     string
			others bool
		}{{r.Original, false}, {r.Original, true}, {r.Order, false}} {
			for source := range int32(2) {
				if want.id == "" || !want.others && source != r.Source {
					continue
				}
				var sales []returns.Line
				for _, s := range sorted {
					if !s.IsReturn && s.Source == source && s.Order == want.id {
						sales = append(sales, s)
					}
				}
				if sales != nil {
					return sales
				}
			}
		}
		return nil
	}
	for _, byOrder := range []bool{true, false} {
		for _, r := range sorted {
			if !r.IsReturn || (named(r) != nil) != byOrder {
				continue
			}
			if byOrder {
				match(r, named(r), true)
				continue
			}
			var before []returns.Line
			for _, s := range sorted {
				if !s.IsReturn && moment(s) <= moment(r) {
					before = append(before, s)
				}
			}
			match(r, before, false)
		}
	}
	return pieces
}

func TestMatchAsTheSlowWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := drawLines(t)
		var got []took
		for _, p := range returns.Match(lines) {
			got = append(got, took{lines[p.Return].Row, lines[p.Sale].Row, p.Quantity, p.Amount})
		}
		require.Equal(t, slow(lines), got)
	})
}

// The order of the lines does not matter.
func TestMatchInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := drawLines(t)
		shuffled := rapid.Permutation(lines).Draw(t, "shuffled")
		require.Equal(t, rows(lines), rows(shuffled))
		require.ElementsMatch(t, changesOf(lines), changesOf(shuffled))
	})
}

func rows(lines []returns.Line) []string {
	var all []string
	for _, p := range returns.Match(lines) {
		all = append(all, fmt.Sprint(lines[p.Return].Row, lines[p.Sale].Row, p.Quantity, p.Amount, p.Cost, p.ByOrder))
	}
	return all
}

// No more is taken back of a line than it has, nor of a return, and matching moves money
// without changing its sum.
func TestMatchLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := drawLines(t)
		pieces := returns.Match(lines)
		fates := returns.Fates(lines, pieces)
		taken, amount, cost := map[int]int64{}, map[int]int64{}, map[int]int64{}
		for _, p := range pieces {
			require.True(t, lines[p.Return].IsReturn)
			require.False(t, lines[p.Sale].IsReturn)
			require.LessOrEqual(t, p.Amount, int64(0))
			taken[p.Sale] += p.Quantity
			taken[p.Return] += p.Quantity
			amount[p.Return] += p.Amount
			cost[p.Return] += p.Cost
		}
		for i, l := range lines {
			require.LessOrEqual(t, taken[i], l.Quantity)
			switch fate, is := fates[i]; {
			case !is:
			case fate == returns.ByOrder || fate == returns.ByProduct:
				require.Equal(t, l.Amount, amount[i])
				require.Equal(t, l.Cost, cost[i])
			case fate == returns.Partly:
				require.Less(t, taken[i], l.Quantity)
				require.GreaterOrEqual(t, amount[i], l.Amount)
			default:
				require.Zero(t, amount[i])
			}
		}
		sum, sumCost := int64(0), int64(0)
		for _, c := range changesOf(lines) {
			sum, sumCost = sum+c.Amount, sumCost+c.Cost
		}
		require.Zero(t, sum)
		require.Zero(t, sumCost)
	})
}
