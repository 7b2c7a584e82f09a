package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Parts add up to the total, expected and in every variance, with costs and without: a part
// that is all of the total has its forecast, and so have all parts together.
func TestPartsOfATotal(t *testing.T) {
	for _, prices := range []Prices{{Margin: 0.3, UnitsPerYear: 52}, {Margin: 0.3, PerOrder: 6, PerYearAlive: 4, UnitsPerYear: 52}} {
		s := newSmallShop(t, 3000)
		s.o.Prices = prices
		blend, err := NewBlend([]Member{
			{Model: s.model, Weight: 0.7, Covariance: s.covariance},
			{Model: model(t, "pareto-nbd", 0.5, 6, 0.6, 12), Weight: 0.3},
		})
		require.NoError(t, err)
		p, err := NewPredictive(blend, s.o)
		require.NoError(t, err)
		scores := ScoreBlend(blend, s.panel, p.ScoreOptions())
		each := Baskets{Spend: s.expected}
		whole := p.Total(s.panel, scores, Spent{Mean: s.meanSpend}, each)
		require.Equal(t, prices.PerOrder == 0, whole.Logarithmic)

		const parts = 7
		part := make([]int32, s.panel.Len())
		for i := range part {
			part[i] = int32(i * i % parts)
		}
		var sum TotalPart
		expected := 0.
		for workers := range 2 {
			p.o.Workers = workers + 1
			all := p.Parts(s.panel, scores, each, part, parts)
			sum, expected = TotalPart{}, 0
			for _, one := range all {
				sum = sum.Plus(one)
				expected += one.Forecast(whole).Expected
			}
			require.Equal(t, all, p.Parts(s.panel, scores, each, part, parts))
		}
		got := sum.Forecast(whole)
		require.InEpsilon(t, whole.Expected, expected, 1e-9)
		require.Equal(t, whole.Logarithmic, got.Logarithmic)
		for what, of := range map[string][2]float64{
			"expected": {whole.Expected, got.Expected}, "gross": {whole.Gross, got.Gross}, "chance": {whole.Chance, got.Chance},
			"parameters": {whole.Parameters, got.Parameters}, "members": {whole.Members, got.Members},
		} {
			require.InEpsilon(t, of[0], of[1], 1e-9, what)
		}
		require.Equal(t, got, got.Sooner(got.Expected, 1))
	}
}

// A part is as uncertain by the parameters as all, in relation to what is
// expected of them, and more by chance. Worked by hand.
func TestForecastOfAPart(t *testing.T) {
	part := TotalPart{weights: []float64{1}, members: []memberTotal{{expected: 10, gross: 10, chance: 4, others: 10}}}
	got := part.Forecast(TotalForecast{Expected: 100, Gross: 40, Chance: 40, Parameters: 16})
	require.Equal(t, TotalForecast{Expected: 10, Gross: 10, Chance: 4, Parameters: 1}, got)
	got = part.Forecast(TotalForecast{Expected: 100, Gross: 100, Chance: 0.004, Parameters: 0.02, Logarithmic: true})
	require.InDelta(t, 0.0392207, got.Chance, 1e-7) // ln(1 + 4/100)
	got.Chance = 0
	require.Equal(t, TotalForecast{Expected: 10, Gross: 10, Parameters: 0.02, Logarithmic: true}, got)

	loss := TotalPart{weights: []float64{1}, members: []memberTotal{{expected: -10, gross: 30, chance: 4, others: -10}}}
	got = loss.Forecast(TotalForecast{Expected: 100, Gross: 100, Parameters: 0.02, Logarithmic: true})
	require.Equal(t, TotalForecast{Expected: -10, Gross: 30, Chance: 4, Parameters: 0.02 * 900}, got)
}

// A quarter of what is expected, in a tenth of the time: a quarter of the variance by chance,
// a sixteenth of that by parameters, and by members what a tenth of the time is of that.
func TestForecastOfWhatComesSooner(t *testing.T) {
	whole := TotalForecast{Expected: 80, Gross: 100, Chance: 12, Parameters: 32, Members: 1600}
	require.Equal(t, TotalForecast{Expected: 20, Gross: 25, Chance: 3, Parameters: 2, Members: 1}, whole.Sooner(20, 0.1))
	logarithmic := TotalForecast{Expected: 80, Chance: 0.0198026, Parameters: 0.01, Members: 0.5, Logarithmic: true}.Sooner(20, 0.1)
	require.InDelta(t, 0.0769610, logarithmic.Chance, 1e-6) // ln(1 + 4 × 0.02)
	require.InDelta(t, 0.01, logarithmic.Parameters, 1e-12)
	require.InDelta(t, 0.005, logarithmic.Members, 1e-12)
	require.False(t, TotalForecast{Expected: 80, Logarithmic: true}.Sooner(-1, 0.1).Logarithmic)
}
