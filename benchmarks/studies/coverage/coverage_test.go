package main

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

// Intervals hold the truth as often as they say: each share of cases inside lies
// within four standard errors of the level, and two points for the shapes that
// cells are simulated and interpolated from. Customers of one shop share the
// error of its parameters, so that they count for less than their number: the
// standard errors are those of a fifth as many.
func TestCoverage(t *testing.T) {
	const shops, customers = 15, 600
	var totals share
	for _, w := range worlds {
		if _, err := clv.NewModel(w.model, w.params); err != nil {
			require.ErrorIs(t, err, clv.ErrUnknownModel)
			continue
		}
		c, err := study(w, shops, customers, 2)
		require.NoError(t, err)
		require.Equal(t, shops, c.shops)
		requireLevel(t, w.model+" purchases, ends in part", overall(c.split))
		// Whoever will most likely buy nothing is inside more often than the level.
		require.Greater(t, overall(c.purchases).percent(), 88., w.model)
		for _, strata := range []struct {
			what   string
			shares [len(strata)]share
		}{{"values", c.values}, {"values less costs", c.net}} {
			strata.shares[0] = share{}
			requireLevel(t, w.model+" "+strata.what+" of those who may buy", overall(strata.shares))
		}
		for _, s := range []share{c.total, c.totalValue, c.totalNet} {
			totals.merge(share{s.hits / 3, s.of / 3}) // of one shop, so hardly three
		}
	}
	p := totals.hits / totals.of
	require.InDelta(t, clv.DefaultLevel, p, 4*math.Sqrt(0.09/totals.of), "totals")
}

func requireLevel(t *testing.T, what string, s share) {
	t.Helper()
	stdErr := 100 * math.Sqrt(clv.DefaultLevel*(1-clv.DefaultLevel)/(s.of/5))
	require.InDelta(t, 100*clv.DefaultLevel, s.percent(), 2+4*stdErr, what)
}

// The table has a line for each model and size, the same for any number of
// workers.
func TestPrint(t *testing.T) {
	var one, two bytes.Buffer
	o := options{shops: 2, workers: 1, customers: []int{100}, models: []string{"bg-nbd"}}
	require.NoError(t, o.print(&one))
	o.workers = 2
	require.NoError(t, o.print(&two))
	require.Equal(t, one.String(), two.String())
	require.Contains(t, one.String(), "| bg-nbd | 100 | 2 |")
	require.Equal(t, 5, bytes.Count(one.Bytes(), []byte("\n")))
}
