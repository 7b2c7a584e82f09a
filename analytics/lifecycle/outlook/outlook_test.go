package outlook

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
	"clientele/segment/lifecycle"
)

// A shop whose job file names a model of regular purchases has no k: it is found in the
// gaps, here of a third of their mean apart.
func TestFitFindsRegularity(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	p := lifecycle.Purchases{Start: []int64{0}}
	for range 400 {
		day, pace := int32(dice.IntN(200)), 5+dice.ExpFloat64()*20
		for day < 700 {
			p.Days, p.Spend = append(p.Days, day), append(p.Spend, 1)
			gap := dice.ExpFloat64() + dice.ExpFloat64() + dice.ExpFloat64()
			day += 1 + int32(gap/3*pace)
			if dice.Float64() < 0.1 {
				break
			}
		}
		p.Start = append(p.Start, int64(len(p.Days)))
	}
	m := Models{Weights: func(int32) map[string]float64 { return map[string]float64{"mbg-cnbd-k": 1} }}
	record, err := lifecycle.Tracker{Forecaster: m, Workers: 1}.Follow(p, nil, 700)
	require.NoError(t, err)
	require.Contains(t, string(record.Panel.Forecast), `"model":"mbg-cnbd-k/`)
	f, err := m.Open(record.Panel.Forecast)
	require.NoError(t, err)
	r, alpha := f.Rhythm()
	require.Positive(t, r)
	require.Positive(t, alpha)
}

// The rhythm is that of the models by weight; gaps in two parts make alpha twice as long.
func TestRhythmOfSeveralModels(t *testing.T) {
	f, err := Models{}.Open([]byte(`[
		{"model": "pareto-nbd", "weight": 0.25, "params": {"r": 1, "alpha": 10, "s": 1, "beta": 10}},
		{"model": "mbg-cnbd-k/2", "weight": 0.75, "params": {"r": 2, "alpha": 20, "a": 1, "b": 2}}
	]`))
	require.NoError(t, err)
	r, alpha := f.Rhythm()
	require.Equal(t, []float64{1.75, 32.5}, []float64{r, alpha})
}

// A model counts by its weight and the root of the chance that it gives to the silence.
// Two models in which nobody leaves have both in closed form.
func TestSilenceMovesWeights(t *testing.T) {
	f, err := Models{}.Open([]byte(`[
		{"model": "nbd", "weight": 0.5, "params": {"r": 1, "alpha": 10}},
		{"model": "nbd", "weight": 0.5, "params": {"r": 3, "alpha": 90}}
	]`))
	require.NoError(t, err)
	const x, tx, now, ahead = 4.0, 30.0, 110.0, 91.0
	silence := []float64{math.Pow(40./120, 5), math.Pow(120./200, 7)} // ((alpha + tx)/(alpha + now))^(r + x)
	expected := []float64{5. / 120 * ahead, 7. / 200 * ahead}         // (r + x)/(alpha + now) a day
	a, b := math.Sqrt(silence[0]), math.Sqrt(silence[1])
	first := a / (a + b)
	o := f.Ahead(x, tx, now, ahead)
	require.InDelta(t, first*expected[0]+(1-first)*expected[1], o.Purchases, 1e-9)
	require.InDelta(t, first*silence[0]+(1-first)*silence[1], o.Silent, 1e-12)
	require.InDelta(t, 1, o.Alive, 1e-12)
}

// Every model whose gaps have a stated regularity has one without: stages find the
// regularity of each customer themselves.
func TestEveryRegularModelHasOneWithout(t *testing.T) {
	for _, name := range clv.ModelNames() {
		if _, _, err := clv.SplitVariant(name + "/2"); err == nil {
			require.Contains(t, clv.ModelNames(), memoryless[name], name)
		} else {
			require.NotContains(t, memoryless, name)
		}
	}
}
