package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Of each direction of the parameters the larger change counts, whichever way it goes.
// Worked by hand.
func TestTotalOfMembers(t *testing.T) {
	part := memberTotal{
		expected: 100, others: 80, chance: 25, moved: true,
		above: []float64{3, -20, 0}, below: []float64{-10, 5, 0},
	}
	plain := TotalForecast{Expected: 100}
	plain.add(0.5, part)
	plain.add(0.25, memberTotal{expected: 40, others: 50, chance: 8, above: []float64{2}, below: []float64{-1}})
	require.InDelta(t, 0.5*25+0.25*8, plain.Chance, 1e-12)
	require.InDelta(t, 0.5*(100+400)+0.25*4, plain.Parameters, 1e-12)
	require.InDelta(t, 0.5*400+0.25*100, plain.Members, 1e-12)

	logarithmic := TotalForecast{Expected: 100, Logarithmic: true}
	logarithmic.add(0.5, part)
	square := func(v float64) float64 { return v * v }
	require.InDelta(t, 0.5*math.Log1p(25./1e4), logarithmic.Chance, 1e-12)
	require.InDelta(t, 0.5*(square(math.Log(0.9))+square(math.Log(0.8))), logarithmic.Parameters, 1e-12)
	require.InDelta(t, 0.5*square(math.Log(1.2)), logarithmic.Members, 1e-12)
}

// A total can fall below 0 by its own size, up or down.
func TestTotalStaysAbove0(t *testing.T) {
	for _, c := range []struct {
		part memberTotal
		want bool
	}{
		{memberTotal{expected: 10, above: []float64{50}, below: []float64{-9}}, true},
		{memberTotal{expected: 10, above: []float64{50}, below: []float64{-10}}, false},
		{memberTotal{expected: 10, above: []float64{-11}, below: []float64{3}}, false},
		{memberTotal{expected: 0}, false},
		{memberTotal{expected: 10, above: []float64{math.NaN()}}, false},
	} {
		require.Equal(t, c.want, c.part.staysAbove0(), "%v", c.part)
	}
}

// Where a purchase costs more than it brings the ends of the interval change places: the
// least loss is the highest value. Discounted or not, the loss of 2 a purchase is the gain
// of 2 turned round.
func TestValuesOfLosses(t *testing.T) {
	s := newSmallShop(t, 200)
	s.o.Spend, s.o.SpendCovariance = nil, nil
	s.o.Prices = Prices{Margin: 0.5, PerOrder: 4, UnitsPerYear: 52}
	for _, delta := range []float64{0, 0.002} {
		s.o.Delta = delta
		p := s.predictive(t)
		scores := ScoreBlend(s.blend(), s.panel, p.ScoreOptions())
		each := func(spend float64) (low, high []float64) {
			baskets := Baskets{Spend: make([]float64, s.panel.Len())}
			for i := range baskets.Spend {
				baskets.Spend[i] = spend
			}
			return p.Values(s.panel, scores, baskets)
		}
		gainLow, gainHigh := each(12) // 0.5*12 - 4 = 2
		lossLow, lossHigh := each(4)  // 0.5*4 - 4 = -2
		wider := 0
		for i := range gainLow {
			require.LessOrEqual(t, lossLow[i], lossHigh[i])
			require.InDelta(t, -gainHigh[i], lossLow[i], 1e-9)
			require.InDelta(t, -gainLow[i], lossHigh[i], 1e-9)
			if gainLow[i] < gainHigh[i] {
				wider++
			}
		}
		require.Positive(t, wider)
	}
}

// The interval adds up variances, and the share of the members' that no forecast has
// tried. Worked by hand: 9 + 16 + 100 (1 - 1/2)² = 50, and z = 1.6449 for 90%.
func TestTotalInterval(t *testing.T) {
	const z = 1.6448536269514722 // the 95% quantile of a standard normal
	total := TotalForecast{Expected: 100, Gross: 150, Chance: 9, Parameters: 16, Members: 100}
	past := Past{Drift: 0.04, Tested: 0.5}
	require.InDelta(t, 25, total.MembersAfter(past), 1e-12)
	low, high := total.Interval(0.9, past)
	stdErr := math.Sqrt(50 + 150*150*math.Expm1(0.04)) // a factor moves what costs are taken off
	require.InDelta(t, 100-z*stdErr, low, 1e-9)
	require.InDelta(t, 100+z*stdErr, high, 1e-9)

	logs := TotalForecast{Expected: 100, Gross: 150, Logarithmic: true, Chance: 0.01, Parameters: 0.02, Members: 0.04}
	low, high = logs.Interval(0.9, past)
	spread := math.Exp(z * math.Sqrt(0.01+0.02+0.01+0.04))
	require.InDelta(t, 100/spread, low, 1e-9)
	require.InDelta(t, 100*spread, high, 1e-9)
}
