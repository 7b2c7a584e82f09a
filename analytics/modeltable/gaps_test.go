package modeltable_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

// regularTable is a table of customers who buy about every two weeks, gaps being
// the mean of two at random, with the column litt.
func regularTable(customers int) string {
	rng := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	text.WriteString("customer_id,x,t_x,t,litt\n")
	for i := range customers {
		x, last, lnGaps, pace := 0, 0., 0., 0.5+rng.ExpFloat64()
		for rng.Float64() < 0.9 {
			gap := pace * (rng.ExpFloat64() + rng.ExpFloat64())
			if last+gap > 52 {
				break
			}
			x, last, lnGaps = x+1, last+gap, lnGaps+math.Log(gap)
		}
		if x == 0 {
			fmt.Fprintf(&text, "c%d,0,0,52,\n", i) // no gap to tell of
			continue
		}
		fmt.Fprintf(&text, "c%d,%d,%v,52,%v\n", i, x, last, lnGaps)
	}
	return text.String()
}

// The column litt tells how regular customers are; without it k is to be given, and
// gives the same parameters.
func TestFitRegular(t *testing.T) {
	table := read(t, regularTable(500))
	require.Len(t, table.Panel.LnGaps, 500)
	found, warnings, err := modeltable.Fit(table, modeltable.FitOptions{Model: "mbg-cnbd-k", Unit: "week", Workers: 1})
	require.NoError(t, err)
	require.Empty(t, warnings)
	require.InDelta(t, 2, found.Params["k"], 0)
	require.NotContains(t, found.StdErrors, "k")
	require.Equal(t, []string{"r", "alpha", "a", "b"}, found.Order)

	table.Panel.LnGaps = nil
	given, _, err := modeltable.Fit(table, modeltable.FitOptions{Model: "mbg-cnbd-k", Unit: "week", K: 2, Workers: 1})
	require.NoError(t, err)
	for name, v := range found.Params {
		require.InEpsilon(t, v, given.Params[name], 1e-6, name)
	}
	_, _, err = modeltable.Fit(table, modeltable.FitOptions{Model: "mbg-cnbd-k", Unit: "week", Workers: 1})
	require.ErrorContains(t, err, `has no column "litt", by which the k of mbg-cnbd-k is found`)
}

// A model file of regular purchases scores tables with and without litt, which is in
// the log-likelihood only.
func TestPredictRegular(t *testing.T) {
	f := clv.File{Model: "mbg-cnbd-k", Unit: "week", Params: map[string]float64{"k": 3, "r": 1.2, "alpha": 2.5, "a": 0.8, "b": 2}}
	m, err := f.Build()
	require.NoError(t, err)
	_, bare := predictColumns(t, "customer_id,x,t_x,t\na,3,20,30\n", f, modeltable.PredictOptions{Horizon: 39})
	_, with := predictColumns(t, "customer_id,x,t_x,t,litt\na,3,20,30,5.5\n", f, modeltable.PredictOptions{Horizon: 39})
	for name, want := range map[string]float64{"p_alive": m.PAlive(3, 20, 30), "expected_purchases": m.CET(39, 3, 20, 30)} {
		require.InDelta(t, want, cellValue(t, bare[name][0]), 0)
		require.InDelta(t, want, cellValue(t, with[name][0]), 0)
	}
	ll, llWith := cellValue(t, bare["log_likelihood"][0]), cellValue(t, with["log_likelihood"][0])
	require.InDelta(t, m.LogLikelihood(3, 20, 30), ll, 0)
	// (k-1) Σ ln gap in place of its mean over all gaps that add up to 20, with
	// Γ(3)³/Γ(9) Γ(3) for the Erlang densities.
	lnNine, _ := math.Lgamma(9)
	mean := 6*math.Log(20) + math.Log(2) - lnNine
	require.InDelta(t, 2*5.5-3*math.Log(2)-mean, llWith-ll, 1e-9)
}

func TestGapErrors(t *testing.T) {
	e := openEngine(t)
	for row, want := range map[string]string{
		"a,2,3,9,\n":    ":2: litt: expected a number, found nothing",
		"a,0,0,9,1\n":   ":2: not a customer's history: the sum of the logarithms of gaps should be 0 where x is 0",
		"a,2,3,9,4.7\n": ":2: not a customer's history: the sum of the logarithms of gaps is too large for x gaps within t_x; are they in one unit?",
	} {
		path := write(t, "summary.csv", "customer_id,x,t_x,t,litt\n"+row)
		_, err := modeltable.Read(t.Context(), e, path)
		requireDataError(t, err, path+want)
	}
}
