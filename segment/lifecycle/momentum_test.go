package lifecycle

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Momentum that need not be known above a number is the same below it. Above it, it is a
// lower bound, but for what tables and leastRatio are off. Customers are slow and fast for
// their shop.
func TestMomentumAboveEnough(t *testing.T) {
	const slack = 0.015
	dice := rand.New(rand.NewPCG(5, 0))
	bounds, below := 0, 0
	for _, forecast := range []leavers{typicalLeavers, {R: 1, Alpha: 1, Q: 0.06}, {R: 6, Alpha: 300, Q: 0.01}} {
		for at := range shapes {
			panel := Panel{MedianGap: 30, K: 1, Slowdowns: 0.1, Forecast: mustText(forecast)}
			panel.Regularity[at] = 0.7
			panel.Regularity[(at+3)%len(shapes)] += 0.3
			c := customer{model: modelOf(t, &panel)}
			for range 300 {
				days := []int32{0}
				gap := 1 + dice.IntN(60)
				for range dice.IntN(12) {
					days = append(days, days[len(days)-1]+1+int32(dice.IntN(2*gap)))
				}
				night := days[len(days)-1] + int32(dice.IntN(6*gap))
				enough := []float64{0.1, 0.3, 0.5, 0.8}[dice.IntN(4)]
				life := &Life{From: 0}
				exact, got := c.momentum(days, life, night, 0), c.momentum(days, life, night, enough)
				if got < enough {
					below++
					require.InDelta(t, exact, got, 0)
					continue
				}
				require.GreaterOrEqual(t, exact, enough-slack)
				require.LessOrEqual(t, got, exact+slack)
				if got != exact {
					bounds++
				}
			}
		}
	}
	require.Greater(t, bounds, 500)
	require.Greater(t, below, 500)
}

// By hand: 12 purchases a year are 3 in a quarter, of which half is 2; a buyer of one
// purchase needs 1.
func TestAsBefore(t *testing.T) {
	c := customer{history: history{x: 5}}
	for perYear, want := range map[float64]int{0.1: 1, 8: 1, 8.02: 1, 8.03: 2, 12: 2, 16: 2, 17: 3} {
		require.Equal(t, want, c.asBefore(&standing{formerRate: perYear / 365}), "%v a year", perYear)
	}
	c.x = 0
	require.Equal(t, 1, c.asBefore(&standing{formerRate: 1}))
}

// The probability of going on, where there is one pace and no memory, is the forecast's.
func TestGoesOnByTheForecast(t *testing.T) {
	p := oneCustomer(every(30, 12)...)
	m := modelOf(t, &plain)
	c := customer{model: m}
	for _, night := range []int32{331, 400} {
		c.set(&m.line, p.Days, &Life{From: 0})
		s := c.standing(m.line.at(night), 0)
		n := c.asBefore(&s) // 91 days at 12/390 a day are 2.8
		require.Equal(t, 2, n)
		require.InDelta(t, typicalLeavers.AtLeast(n, 11, 330, float64(night), quarter), c.goesOn(&s), 0.01)
		require.InDelta(t, typicalLeavers.Ahead(11, 330, float64(night), quarter).Alive, c.unchanged(&s), 0.01)
	}
}
