package modeltable_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

// fitText fits a model to a table of CSV.
func fitText(t *testing.T, csv, model string) (path string, warnings []string, err error) {
	t.Helper()
	path = write(t, "summary.csv", csv)
	table, err := modeltable.Read(t.Context(), openEngine(t), path)
	require.NoError(t, err)
	_, warnings, err = modeltable.Fit(table, modeltable.FitOptions{Model: model, Unit: "week", Workers: 1})
	return path, warnings, err
}

func TestFitErrors(t *testing.T) {
	const nobodyCameBack = header + "a,0,0,9\nb,0,0,8\n"
	for _, c := range []struct{ name, csv, model, want string }{
		{"nothing to learn from", nobodyCameBack, "bg-nbd", ": fit bg-nbd: no repeat purchases: "},
		{"no weight", "customer_id,x,t_x,t,weight\na,1,2,9,0\n", "bg-nbd", ": fit bg-nbd: no customers: "},
		{"no time", header + "a,1,0,0\n", "mbg-nbd", ": fit mbg-nbd: no time observed after the first purchase"},
		{"not of the model", header + "a,3,3,9\nb,3,5,9\n", "sbg", ":3: not a customer's history: sbg: t_x should be x, the renewals made"},
		{"no column of spend", nobodyCameBack, modeltable.SpendModel, `: has no column "spend", which gamma-gamma is fitted to`},
		{"spend of nobody", "customer_id,x,t_x,t,spend\na,0,0,9,\nb,1,2,9,0\n", modeltable.SpendModel, ": fit gamma-gamma: no repeat spend: none of 2 rows has x > 0 and spend > 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, _, err := fitText(t, c.csv, c.model)
			require.ErrorContains(t, err, path+c.want)
			requireDataError(t, err, err.Error())
		})
	}
}

// Data that do not pin down the parameters give a fit with a warning, so that
// a pilot with ten customers is no failure.
func TestFitWarnings(t *testing.T) {
	_, warnings, err := fitText(t, header+"a,1,5,9\nb,1,5,9\n", "bg-nbd")
	require.NoError(t, err)
	require.Len(t, warnings, 1)
	require.Contains(t, warnings[0], "b/a → 0: all customers leave at the first chance; ")
}

// A model of purchases does not need spend: what is not there is said.
func TestFitoutRepeatSpend(t *testing.T) {
	const history = "customer_id,x,t_x,t,spend\na,1,5,9,0\nb,2,7,9,-3\nc,0,0,9,\n"
	f, warnings, err := modeltable.Fit(read(t, history), modeltable.FitOptions{Model: "nbd", Unit: "week", Workers: 1})
	require.NoError(t, err)
	require.Equal(t, "nbd", f.Model)
	require.Nil(t, f.Spend)
	require.Contains(t, warnings, "no model of spend: fit gamma-gamma: no repeat spend: none of 3 rows has x > 0 and spend > 0")
	_, warnings, err = fitText(t, "customer_id,x,t_x,t,spend\na,1,5,9,2e11\nb,2,7,9,4e11\n", "nbd")
	require.NoError(t, err)
	require.Contains(t, warnings[len(warnings)-1], "no model of spend: fit gamma-gamma: unfit unit of money: mean spend is not from 1e-09")
	path, _, err := fitText(t, "customer_id,x,t_x,t,spend\na,0,0,9,\nb,0,0,8,0\n", "mbg-nbd")
	requireDataError(t, err, path+": fit mbg-nbd: no repeat purchases: x is 0 for all 2 customers")
}

// Spend so widely spread that the population has no mean is said, and each
// customer with repeat purchases still has an expected spend.
func TestFitSpendWithoutMean(t *testing.T) {
	table := "customer_id,x,t_x,t,spend\n" +
		"a,1,5,9,1\nb,2,5,9,10\nc,1,3,9,100\nd,3,8,9,1000\ne,1,2,9,10000\nf,1,4,9,100000\ng,0,0,9,\n"
	f, warnings, err := modeltable.Fit(read(t, table), modeltable.FitOptions{Model: modeltable.SpendModel, Unit: "week", Workers: 1})
	require.NoError(t, err)
	require.LessOrEqual(t, f.Params["q"], 1.0)
	require.Len(t, warnings, 1)
	require.Contains(t, warnings[0], "mean spend does not exist")
	_, columns := predictColumns(t, table, f, modeltable.PredictOptions{})
	for _, text := range columns["expected_spend"] {
		v := cellValue(t, text)
		require.False(t, math.IsNaN(v) || v <= 0, text)
	}
}

func TestModelNames(t *testing.T) {
	require.Equal(t, append(clv.ModelNames(), "gamma-gamma"), modeltable.ModelNames())
}
