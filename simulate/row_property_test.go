package simulate

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyOptions draws valid options of a small export.
func anyOptions(t *rapid.T) Options {
	o := Defaults()
	o.Customers = rapid.IntRange(1, 40).Draw(t, "customers")
	o.Seed = rapid.Uint64().Draw(t, "seed")
	o.Lines = rapid.Float64Range(1, 6).Draw(t, "lines")
	o.ReturnShare = rapid.Float64Range(0, 1).Draw(t, "returns")
	o.Products = rapid.IntRange(1, 30).Draw(t, "products")
	o.Unit = rapid.SampledFrom([]Unit{Day, Week, Month}).Draw(t, "unit")
	o.AcquisitionDays = rapid.IntRange(0, 730).Draw(t, "acquisition")
	o.Spend.Gamma = rapid.SampledFrom([]float64{0.001, 1, 60, 1e15}).Draw(t, "gamma")
	o.Profiles = Profiles{Steady: 0.1, Sudden: 0.1, Gradual: 0.1, Returning: 0.1, Drifting: 0.1, Gap: 20}
	o.SortByTime = rapid.Bool().Draw(t, "sorted")
	o.Opens = rapid.IntRange(0, 12).Draw(t, "opens")
	o.Closes = rapid.IntRange(13, 24).Draw(t, "closes")
	return o
}

// rowsOf generates all rows of an export.
func rowsOf(t require.TestingT, o Options) ([]Row, Counts) {
	var rows []Row
	counts, err := Generate(noContext, nil, o, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	require.NoError(t, err)
	return rows, counts
}

// Whatever the options: amounts are exact, times lie in the span and in opening
// hours and in order, and no more comes back than was bought, nor before.
func TestRowsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOptions(t)
		rows, counts := rowsOf(t, o)
		require.EqualValues(t, len(rows), counts.Rows)
		require.EqualValues(t, o.Customers, counts.Customers)
		checkRows(t, o, rows)
		checkReturns(t, rows, counts)
	})
}

// checkRows checks each row on its own and after the one before it.
func checkRows(t require.TestingT, o Options, rows []Row) {
	for i, r := range rows {
		require.Equal(t, Cents(r.Quantity)*r.UnitPrice, r.Amount)
		require.Positive(t, r.UnitPrice)
		require.Equal(t, r.Order[0] == 'C', r.Quantity < 0)
		require.NotZero(t, r.Quantity)
		require.False(t, r.Time.Before(o.Start))
		require.True(t, r.Time.Before(o.End.AddDate(0, 0, 1)))
		require.GreaterOrEqual(t, r.Time.Hour(), o.Opens)
		require.Less(t, r.Time.Hour(), o.Closes)
		if i > 0 && (o.SortByTime || r.Customer == rows[i-1].Customer) {
			require.False(t, r.Time.Before(rows[i-1].Time))
		}
	}
}

// checkReturns matches returns with their orders.
func checkReturns(t require.TestingT, rows []Row, counts Counts) {
	type item struct {
		order, product string
		price          Cents
	}
	bought, back := map[item]int32{}, map[item]int32{}
	times, returns := map[string]time.Time{}, map[string]bool{}
	for _, r := range rows {
		if r.Quantity > 0 {
			bought[item{r.Order, r.Product, r.UnitPrice}] += r.Quantity
			times[r.Order] = r.Time
		}
	}
	for _, r := range rows {
		if r.Quantity > 0 {
			continue
		}
		order := r.Order[1:]
		back[item{order, r.Product, r.UnitPrice}] -= r.Quantity
		returns[order] = true
		later := midnight(r.Time).Sub(midnight(times[order])).Hours() / 24
		require.True(t, later >= 1 && later <= longestReturn, later)
	}
	for it, n := range back {
		require.LessOrEqual(t, n, bought[it], it)
	}
	require.EqualValues(t, len(times), counts.Orders)
	require.EqualValues(t, len(returns), counts.Returns)
}

// An order's lines add up to its total, to the cent, however small it is.
func TestOrderTotalProperty(t *testing.T) {
	p, err := newPlan(shop())
	require.NoError(t, err)
	d := newDice()
	rapid.Check(t, func(t *rapid.T) {
		d.reset(rapid.Uint64().Draw(t, "seed"), basketDraws, 0)
		total := Cents(rapid.Int64Range(1, int64(maxSpend)).Draw(t, "total"))
		if rapid.Bool().Draw(t, "small") {
			total = 1 + total%20
		}
		var sum Cents
		for _, r := range p.order(d, Row{}, taste{}, &life{}, 1, total, nil) {
			require.Positive(t, r.Amount)
			sum += r.Amount
		}
		require.Equal(t, total, sum)
	})
}

func TestCents(t *testing.T) {
	for c, want := range map[Cents]string{
		0: "0.00", 5: "0.05", -5: "-0.05", 1205: "12.05", -1205: "-12.05", maxSpend: "1000000000000.00",
	} {
		require.Equal(t, want, c.String())
	}
}
