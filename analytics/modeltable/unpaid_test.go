package modeltable_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

// Rows with repeat purchases and no spend, or less than none, are told from payers,
// with a model that was fitted to them and with one of parameters alone.
func TestPredictOfThoseWhoNeverPaid(t *testing.T) {
	const table = "customer_id,x,t_x,t,spend\n" +
		"a,23,100,104,50\nb,23,100,104,0\nc,5,90,104,-3\nd,0,0,50,\ne,12,80,100,20\nf,3,80,100,35\n"
	for _, model := range []string{"nbd", modeltable.SpendModel} {
		f, warnings, err := modeltable.Fit(read(t, table), modeltable.FitOptions{Model: model, Unit: "week", Workers: 1})
		require.NoError(t, err)
		require.Contains(t, warnings, "2 of 5 customers who came back have a spend of 0 or less: no model of spend can learn from them, "+
			"and expected_spend is what others spend times the chance that they pay")
		_, columns := predictColumns(t, table, f, modeltable.PredictOptions{Horizon: 52})
		requireSpends(t, []float64{49.87, 0.128, 0.575, 20.64, 19.90, 34.33}, columns["expected_spend"], 0.01)
	}
	alone := clv.File{Model: modeltable.SpendModel, Unit: "week", Params: map[string]float64{"p": 6.25, "q": 3.74, "gamma": 15.44}}
	_, columns := predictColumns(t, table, alone, modeltable.PredictOptions{})
	// 35.219, the mean, times 0.5/(x + 1) for b and c; the others as published.
	requireSpends(t, []float64{49.72353, 0.733729, 2.934915, 35.218978, 20.536403, 35.02792}, columns["expected_spend"], 1e-5)
}

func requireSpends(t *testing.T, want []float64, got []string, tolerance float64) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		require.InEpsilon(t, want[i], cellValue(t, got[i]), tolerance, "row %d", i)
	}
}
