package simulate

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// One stage to a gap is the model without stages: the same draws, bit for bit.
func TestOneStageIsTheModelWithoutStages(t *testing.T) {
	p := map[string]float64{"r": 0.5, "alpha": 6, "a": 0.9, "b": 1.6}
	staged := map[string]float64{"k": 1, "r": 0.5, "alpha": 6, "a": 0.9, "b": 1.6}
	require.Equal(t, sample(t, "bg-nbd", p, 100), sample(t, "bg-cnbd-k", staged, 100))
	require.Equal(t, sample(t, "mbg-nbd", p, 100), sample(t, "mbg-cnbd-k", staged, 100))
}

// Rates below the smallest float64 give customers who never come back.
func TestTinyShapesEnd(t *testing.T) {
	d := newDice()
	for name, p := range map[string]map[string]float64{
		"pareto-nbd":    {"r": 1e-4, "alpha": 1, "s": 1e-4, "beta": 1},
		"mbg-nbd":       {"r": 1e-4, "alpha": 1, "a": 1e-4, "b": 1e-4},
		"ggompertz-nbd": {"r": 1e-4, "alpha": 1, "b": 1e-300, "s": 1e-4, "beta": 1e-4},
	} {
		m, _ := findModel(name)
		for i := range 1000 {
			d.reset(1, lifeDraws, i)
			days, left := m.draw(d, p).purchases(d, 3, 100, 7, nil)
			require.InDelta(t, 3, days[0], 0)
			require.Less(t, days[len(days)-1], 100.0)
			require.False(t, math.IsNaN(left))
		}
	}
}

// Opportunities come to the day in which a model unit ends, so that the counts
// of a customer are whole numbers of units, and none is on the last day or later.
func TestOpportunitiesAreOnTheGrid(t *testing.T) {
	d := newDice()
	d.reset(1, lifeDraws, 0)
	always := traits{counted: true, lambda: 1}
	days, left := always.purchases(d, 0.25, 29, 7, nil)
	require.Equal(t, []float64{0.25, 7.25, 14.25, 21.25, 28.25}, days)
	require.True(t, math.IsInf(left, 1))
	leaves := traits{counted: true, lambda: 1, dropout: 1}
	days, left = leaves.purchases(d, 0.25, 29, 7, nil)
	require.Equal(t, []float64{0.25}, days)
	require.InDelta(t, 7.25, left, 0)
}

// Both gamma variates of Beta(1e-4, 3e-4) are zero for most customers; the law
// is then a coin that shows 1 a quarter of the time.
func TestBetaOfTinyParameters(t *testing.T) {
	d := newDice()
	d.reset(1, lifeDraws, 0)
	var ones float64
	const n = 20_000
	for range n {
		v := d.beta(1e-4, 3e-4)
		require.True(t, v >= 0 && v <= 1)
		if v > 0.5 {
			ones++
		}
	}
	require.InDelta(t, 0.25, ones/n, 4*math.Sqrt(0.25*0.75/n))
}

// Neighbouring customers and kinds of draws must not resemble each other.
func TestDrawsAreUnrelated(t *testing.T) {
	d := newDice()
	first := func(seed uint64, of draws, i int) float64 {
		d.reset(seed, of, i)
		return d.Float64()
	}
	const n = 10_000
	var next, kind, seed float64
	for i := range n {
		u := first(1, lifeDraws, i) - 0.5
		next += u * (first(1, lifeDraws, i+1) - 0.5)
		kind += u * (first(1, basketDraws, i) - 0.5)
		seed += u * (first(2, lifeDraws, i) - 0.5)
	}
	// The correlation of unrelated draws has a standard error of 1/sqrt(n);
	// products of deviations are 12 times smaller.
	for _, sum := range []float64{next, kind, seed} {
		require.InDelta(t, 0, 12*sum/n, 4/math.Sqrt(n))
	}
}

func TestProfilesPick(t *testing.T) {
	p := Profiles{Steady: 0.1, Gradual: 0.2, Drifting: 0.1}
	for u, want := range map[float64]profile{
		0: steady, 0.09: steady, 0.11: gradual, 0.29: gradual, 0.31: drifting, 0.39: drifting, 0.41: byModel, 0.99: byModel,
	} {
		require.Equal(t, want, p.pick(u), u)
	}
}

// Every profile shows its course in the days of purchase: purchases are counted
// before and after its turn and compared with the rate it says it has.
func TestProfilesShowTheirCourse(t *testing.T) {
	const born, end = 50.0, 730.0
	d := newDice()
	for _, p := range []profile{steady, sudden, gradual, returning, drifting} {
		var before, after, expectedBefore, expectedAfter float64
		for i := range 2000 {
			d.reset(3, lifeDraws, i)
			c := newCourse(d, p, 20, born, end)
			days, left := c.purchases(d, born, nil)
			require.InDelta(t, born, days[0], 0)
			require.Equal(t, p == sudden, !math.IsInf(left, 1))
			turn := min(c.turn, end)
			for _, day := range days[1:] {
				require.Less(t, day, end)
				require.NotZero(t, c.activity(day))
				if day < turn {
					before++
				} else {
					after++
				}
			}
			expectedBefore += c.rate * (turn - born)
			for day := turn; day < end; day += 0.5 {
				expectedAfter += c.rate * 0.5 * c.activity(day)
			}
		}
		require.InDelta(t, expectedBefore, before, 4*math.Sqrt(expectedBefore), p.String())
		// Half-day steps overstate a falling rate by less than half a percent.
		require.InDelta(t, expectedAfter, after, 4*math.Sqrt(expectedAfter)+0.005*expectedAfter, p.String())
	}
}
