package analytics_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
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
func modelOf(t *testing.T, r *analytics.Result) (m publication.Model) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Path, "model.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &m))
	return m
}

// Models are weighed on the first Sunday of a month, or before where a history begins;
// every night the parameters are fitted anew, and where a search starts changes no digit
// of them.
func TestChoiceHoldsForAMonth(t *testing.T) {
	file := simulatedShop(t, 500)
	night := func(settings ...string) publication.Model {
		return modelOf(t, publishJob(t, file, append(settings, "rfm=off", "stages=off")...))
	}
	first := night("as_of=2026-05-30")
	require.Equal(t, "blend", first.Model)
	require.Equal(t, "2026-05-03", first.ChosenOn)
	require.Contains(t, first.Chosen, "mean log score")
	require.Negative(t, first.Backtest[0].LogScore)

	kept := night("as_of=2026-05-31")
	require.Equal(t, "2026-05-03", kept.ChosenOn)
	require.Equal(t, first.Chosen, kept.Chosen)
	require.Equal(t, first.Backtest, kept.Backtest)
	require.Equal(t, weightsOf(first), weightsOf(kept))
	require.NotEqual(t, first.Members[0].Params, kept.Members[0].Params, "a day more of history")

	// The same night with nothing to start from.
	fresh := night("as_of=2026-05-31", "output.dir="+t.TempDir())
	require.Equal(t, kept.File, fresh.File)

	anew := night("as_of=2026-06-09")
	require.Equal(t, "2026-06-07", anew.ChosenOn)
	always := night("as_of=2026-06-15", "clv.choose=always")
	require.Equal(t, "2026-06-14", always.ChosenOn)
	never := night("as_of=2026-07-08", "clv.choose=never")
	require.Equal(t, "2026-06-14", never.ChosenOn)
	otherUnit := night("as_of=2026-07-09", "clv.choose=never", "clv.unit=day")
	require.Equal(t, "2026-07-05", otherUnit.ChosenOn)
}

func weightsOf(m publication.Model) map[string]float64 {
	weights := map[string]float64{}
	for _, member := range m.Members {
		k := strconv.FormatFloat(member.Params["k"], 'g', -1, 64)
		weights[member.Model+"/"+k] = member.Weight
	}
	return weights
}

// No night changes a weight by more than a step of the way to the new ones, and nights
// that were missed are caught up with: the last of many has the same weights.
func TestWeightsMoveSmoothly(t *testing.T) {
	file := simulatedShop(t, 400)
	var before map[string]float64
	var last publication.Model
	const step = 10                        // days
	for day := 0; day <= 40; day += step { // over the first Sundays of June and July
		last = modelOf(t, publishJob(t, file, "as_of="+calendar.Format(calendar.Date{Year: 2026, Month: 5, Day: 28}.Number()+int32(day)),
			"rfm=off", "stages=off"))
		weights := weightsOf(last)
		sum := 0.
		for name, w := range weights {
			sum += w
			if before != nil {
				require.InDelta(t, before[name], w, 1.0001*step/publication.MovingDays, "day %d, %s", day, name)
			}
		}
		require.InDelta(t, 1, sum, 1e-12)
		before = weights
	}
	require.Equal(t, "2026-07-05", last.ChosenOn)
	other := t.TempDir()
	modelOf(t, publishJob(t, file, "as_of=2026-05-28", "rfm=off", "stages=off", "output.dir="+other))
	caughtUp := modelOf(t, publishJob(t, file, "as_of=2026-07-07", "rfm=off", "stages=off", "output.dir="+other))
	require.Equal(t, last.Stacking, caughtUp.Stacking)
	require.Equal(t, last.File, caughtUp.File)
}

func TestModelOfTheJobFile(t *testing.T) {
	file := simulatedShop(t, 400)
	for _, model := range []string{"pareto-nbd", "bg-nbd", "mbg-nbd", "nbd"} {
		m := modelOf(t, publishJob(t, file, "stages=off", "clv.model="+model))
		require.Equal(t, model, m.Model)
		require.Equal(t, "named by clv.model in the job file", m.Chosen)
		require.Empty(t, m.ChosenOn)
		require.Nil(t, m.Backtest)
	}
	m := modelOf(t, publishJob(t, file, "stages=off", "clv.model=bg-bb", "clv.unit=day"))
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
