package returns_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger/returns"
)

const (
	one    = 1_000_000          // in millionths
	day    = 24 * 60 * 60 * one // in microseconds
	minute = 60 * one
)

// sold and back are lines of a shop, each on a row of its own, at a day and an amount.
func sold(row int64, on int32, order, product string, quantity, amount int64) returns.Line {
	return returns.Line{
		Row: row, Day: on, Instant: int64(on) * day, Order: order, Product: product,
		Quantity: quantity * one, Amount: amount * one, OrderLines: 1, OrderAmount: amount * one,
	}
}

func back(row int64, on int32, order, product string, quantity, amount int64) returns.Line {
	l := sold(row, on, order, product, quantity, -amount)
	l.IsReturn, l.OrderLines, l.OrderAmount = true, 0, 0
	return l
}

func at(l returns.Line, minutes int64) returns.Line {
	l.Instant += minutes * minute
	return l
}

func of(l returns.Line, original string) returns.Line {
	l.Original = original
	return l
}

// took is a piece, with the rows of its lines, and whole units.
type took struct{ back, sale, quantity, amount int64 }

func matched(lines []returns.Line) []took {
	var all []took
	for _, p := range returns.Match(lines) {
		all = append(all, took{lines[p.Return].Row, lines[p.Sale].Row, p.Quantity / one, p.Amount / one})
	}
	return all
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []returns.Line
		want  []took
	}{
		{"the latest before", []returns.Line{
			sold(1, 10, "A", "tea", 3, 30), sold(2, 11, "B", "tea", 3, 30), sold(3, 13, "C", "tea", 3, 30), back(4, 12, "R", "tea", 2, 20),
		}, []took{{4, 2, 2, -20}}},
		{"the latest with enough, though a later one has some", []returns.Line{
			sold(1, 10, "A", "tea", 3, 30), sold(2, 11, "B", "tea", 1, 10), back(3, 12, "R", "tea", 2, 20),
		}, []took{{3, 1, 2, -20}}},
		{"several, latest first", []returns.Line{
			sold(1, 9, "A", "tea", 2, 20), sold(2, 10, "B", "tea", 2, 20), sold(3, 11, "C", "tea", 1, 10), back(4, 12, "R", "tea", 4, 40),
		}, []took{{4, 3, 1, -10}, {4, 2, 2, -20}, {4, 1, 1, -10}}},
		{"a part of it", []returns.Line{sold(1, 10, "A", "tea", 2, 20), back(2, 12, "R", "tea", 5, 50)}, []took{{2, 1, 2, -20}}},
		{"nothing is taken back twice", []returns.Line{
			sold(1, 10, "A", "tea", 2, 20), back(2, 12, "R", "tea", 2, 20), back(3, 13, "S", "tea", 1, 10),
		}, []took{{2, 1, 2, -20}}},
		{"another product", []returns.Line{sold(1, 10, "A", "tea", 2, 20), back(2, 12, "R", "cup", 2, 20)}, nil},
		{"without a quantity", []returns.Line{sold(1, 10, "A", "tea", 2, 20), back(2, 12, "R", "tea", 0, 20)}, nil},
		{"without a product", []returns.Line{sold(1, 10, "A", "", 2, 20), back(2, 12, "R", "", 2, 20)}, nil},
		{"later on the day, by the clock", []returns.Line{
			at(sold(1, 10, "A", "tea", 1, 10), 600), at(sold(2, 10, "B", "tea", 1, 10), 700), at(back(3, 10, "R", "tea", 1, 10), 650),
		}, []took{{3, 1, 1, -10}}},
		{"at the same minute", []returns.Line{at(back(1, 10, "R", "tea", 1, 10), 600), at(sold(2, 10, "A", "tea", 1, 10), 600)}, []took{{1, 2, 1, -10}}},
		{"on the same day, without a clock", []returns.Line{back(1, 10, "R", "tea", 1, 10), sold(2, 10, "A", "tea", 1, 10), sold(3, 11, "B", "tea", 1, 10)}, []took{{1, 2, 1, -10}}},
		{"by its own order, whatever the product", []returns.Line{sold(1, 10, "A", "tea", 1, 10), sold(2, 11, "B", "tea", 1, 10), back(3, 12, "A", "", 0, 4)}, []took{{3, 1, 0, -4}}},
		{"by a reference", []returns.Line{sold(1, 10, "A", "tea", 1, 10), sold(2, 11, "B", "tea", 1, 10), of(back(3, 12, "R", "", 0, 4), "A")}, []took{{3, 1, 0, -4}}},
		{"by a reference to what comes later", []returns.Line{sold(1, 10, "A", "tea", 1, 10), of(back(2, 9, "R", "", 0, 4), "A")}, []took{{2, 1, 0, -4}}},
		{"a reference goes before a product", []returns.Line{
			sold(1, 10, "A", "tea", 1, 10), back(2, 11, "R", "tea", 1, 10), of(back(3, 12, "S", "tea", 1, 10), "A"),
		}, []took{{3, 1, 1, -10}}},
		{"the line of the product, and the order for the rest", []returns.Line{
			sold(1, 10, "A", "cup", 1, 10), sold(2, 10, "A", "tea", 2, 20), of(back(3, 12, "R", "tea", 3, 30), "A"),
		}, []took{{3, 2, 2, -20}, {3, 1, 0, -10}}},
		{"an unknown reference goes by the product", []returns.Line{sold(1, 10, "A", "tea", 1, 10), of(back(2, 12, "R", "tea", 1, 10), "Z")}, []took{{2, 1, 1, -10}}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, matched(c.lines)) })
	}
}

// Two sources number their orders by themselves: a return's own id is one of its source,
// a reference is to its source first.
func TestMatchOfSeveralSources(t *testing.T) {
	other := func(l returns.Line, source int32) returns.Line {
		l.Source = source
		return l
	}
	lines := []returns.Line{sold(1, 10, "A", "", 0, 10), other(sold(2, 11, "A", "", 0, 10), 1), other(sold(3, 11, "B", "", 0, 10), 1)}
	require.Equal(t, []took{{9, 2, 0, -4}}, matched(append(lines, other(back(9, 12, "A", "", 0, 4), 1))))
	require.Empty(t, matched(append(lines, back(9, 12, "B", "", 0, 4))))
	require.Equal(t, []took{{9, 3, 0, -4}}, matched(append(lines, of(back(9, 12, "R", "", 0, 4), "B"))))
	require.Equal(t, []took{{9, 1, 0, -4}}, matched(append(lines, other(of(back(9, 12, "R", "", 0, 4), "A"), 2))))
}

// The refund of a row takes back that row's sale.
func TestMatchOfRefunds(t *testing.T) {
	refund := back(2, 12, "A", "", 0, 10)
	refund.OnSale = true
	lines := []returns.Line{sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 10), refund}
	require.Equal(t, []took{{2, 2, 0, -10}}, matched(lines))
}

func TestFates(t *testing.T) {
	lines := []returns.Line{
		sold(1, 10, "A", "tea", 2, 20), back(2, 12, "R", "tea", 5, 50), back(3, 12, "A", "", 0, 5), back(4, 13, "R", "tea", 1, 10),
		sold(5, 10, "B", "cup", 1, 10), back(6, 12, "R", "cup", 1, 10),
	}
	require.Equal(t, map[int]returns.Fate{1: returns.Partly, 2: returns.ByOrder, 3: returns.Unmatched, 5: returns.ByProduct}, returns.Fates(lines, returns.Match(lines)))
}

// An order of which nothing is left is no purchase.
func TestUndoneOrders(t *testing.T) {
	lines := func(n, amount int64, l ...returns.Line) []returns.Line {
		for i := range l {
			if !l[i].IsReturn {
				l[i].OrderLines, l[i].OrderAmount = n, amount*one
			}
		}
		return l
	}
	for _, c := range []struct {
		name  string
		lines []returns.Line
		want  bool
	}{
		{"its one line", lines(1, 10, sold(1, 10, "A", "tea", 1, 10), back(2, 11, "R", "tea", 1, 10)), true},
		{"its one line for less money", lines(1, 10, sold(1, 10, "A", "tea", 1, 10), back(2, 11, "R", "tea", 1, 8)), true},
		{"its one line in two parts", lines(1, 10, sold(1, 10, "A", "tea", 2, 10), back(2, 11, "R", "tea", 1, 5), back(3, 12, "R", "tea", 1, 5)), true},
		{"a part of a line", lines(1, 10, sold(1, 10, "A", "tea", 2, 10), back(2, 11, "R", "tea", 1, 10)), false},
		{"a line of two, for all the money", lines(2, 11, sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 1), back(3, 11, "R", "tea", 1, 11)), false},
		{"a line of two that nobody asked for", lines(2, 20, sold(1, 10, "A", "tea", 1, 10), back(3, 11, "R", "tea", 1, 10)), false},
		{"all money by order", lines(2, 20, sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 10), back(3, 11, "A", "", 0, 20)), true},
		{"more money by order", lines(2, 20, sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 10), back(3, 11, "A", "", 0, 25)), true},
		{"some money by order", lines(2, 20, sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 10), back(3, 11, "A", "", 0, 19)), false},
		{"a line, and the rest of the money", lines(2, 20, sold(1, 10, "A", "tea", 1, 10), sold(2, 10, "A", "cup", 1, 10), back(3, 11, "R", "tea", 1, 10), back(4, 11, "A", "", 0, 10)), true},
		{"no money of a free order", lines(0, 0, sold(1, 10, "A", "", 0, 0), back(2, 11, "A", "", 0, 0)), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			undone := false
			for _, change := range changesOf(c.lines) {
				undone = undone || change.Undone
			}
			require.Equal(t, c.want, undone)
		})
	}
}

func changesOf(lines []returns.Line) []returns.Change {
	return returns.Changes(lines, returns.Match(lines), func(i int) string { return lines[i].Order })
}
