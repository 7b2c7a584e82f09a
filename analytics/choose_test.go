package analytics_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/simulate"
)

// simulatedShop is a job over an export of customers who buy and leave as
// Pareto/NBD says, to 2026-06-30.
func simulatedShop(t *testing.T, customers int) (file string) {
	t.Helper()
	dir := t.TempDir()
	o, err := simulate.Preset(simulate.Pure)
	require.NoError(t, err)
	o.Customers = customers
	f, err := os.Create(filepath.Join(dir, "sales.csv"))
	require.NoError(t, err)
	_, err = simulate.WriteCSV(t.Context(), f, nil, o)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	file = filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: pure\nas_of: 2026-06-30\nsources:\n  - path: sales.csv\n"+
		"    columns: {customer: customer_id, order: order_id, time: time, amount: amount}\n"), 0o600))
	return file
}

// modelOf reads the model that a night published.
func modelOf(t *testing.T, r *analytics.Result) (m analytics.ModelFile) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Path, "model.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &m))
	return m
}

// A choice holds for the calendar month; every night the parameters are fitted
// anew, and where a climb starts changes no digit of them.
func TestChoiceHoldsForAMonth(t *testing.T) {
	file := simulatedShop(t, 1500)
	first := modelOf(t, publishJob(t, file, "as_of=2026-05-30"))
	require.Equal(t, "2026-05-30", first.ChosenOn)
	require.Contains(t, first.Chosen, "mean log score")
	require.Contains(t, string(first.Backtest), `"log_score"`)

	kept := modelOf(t, publishJob(t, file, "as_of=2026-05-31"))
	require.Equal(t, "2026-05-30", kept.ChosenOn)
	require.Equal(t, first.Chosen, kept.Chosen)
	require.JSONEq(t, string(first.Backtest), string(kept.Backtest))
	require.NotEqual(t, first.Params, kept.Params, "a day more of history")

	// The same night with nothing to start from.
	fresh := modelOf(t, publishJob(t, file, "as_of=2026-05-31", "clv.model="+kept.Model, "output.dir="+t.TempDir()))
	require.Equal(t, kept.File, fresh.File)

	anew := modelOf(t, publishJob(t, file, "as_of=2026-06-01"))
	require.Equal(t, "2026-06-01", anew.ChosenOn)
	again := modelOf(t, publishJob(t, file, "as_of=2026-06-02", "clv.choose=always"))
	require.Equal(t, "2026-06-02", again.ChosenOn)
	never := modelOf(t, publishJob(t, file, "as_of=2026-07-02", "clv.choose=never"))
	require.Equal(t, "2026-06-02", never.ChosenOn)
	otherUnit := modelOf(t, publishJob(t, file, "as_of=2026-07-03", "clv.choose=never", "clv.unit=day"))
	require.Equal(t, "2026-07-03", otherUnit.ChosenOn)
}

func TestModelOfTheJobFile(t *testing.T) {
	file := simulatedShop(t, 400)
	for _, model := range []string{"pareto-nbd", "bg-nbd", "mbg-nbd", "nbd"} {
		m := modelOf(t, publishJob(t, file, "clv.model="+model))
		require.Equal(t, model, m.Model)
		require.Equal(t, "named by clv.model in the job file", m.Chosen)
		require.Empty(t, m.ChosenOn)
		require.Nil(t, m.Backtest)
	}
	m := modelOf(t, publishJob(t, file, "clv.model=bg-bb", "clv.unit=day"))
	require.Equal(t, "bg-bb", m.Model)
}

// Intervals hold the values of most customers, and of all customers together;
// p_alive is a probability, and value its sum.
func TestIntervalsArePublished(t *testing.T) {
	r := publishJob(t, simulatedShop(t, 600), "clv.model=pareto-nbd")
	number := func(text string) float64 {
		v, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err)
		return v
	}
	low, high := 0., 0.
	for _, row := range customersOf(t, r) {
		l, v, h := number(row["future_low"]), number(row["future_value"]), number(row["future_high"])
		require.LessOrEqual(t, 0., l)
		require.LessOrEqual(t, l, h)
		require.LessOrEqual(t, l, v)
		low, high = low+l, high+h
	}
	equity := r.Equity.Value.Float()
	require.Less(t, r.Equity.Low.Float(), equity)
	require.Less(t, equity, r.Equity.High.Float())
	// Chance averages out over customers: all together are surer than each.
	require.Less(t, low, r.Equity.Low.Float())
	require.Less(t, r.Equity.High.Float(), high)
}
