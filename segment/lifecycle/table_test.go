package lifecycle

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// TestTable compares values between the points with the Forecast itself.
func TestTable(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 0))
	for _, f := range []leavers{typicalLeavers, {R: 3, Alpha: 70, Q: 0.01}, {R: 0.4, Alpha: 300, Q: 0.3}} {
		table := newTable(f, 2)
		for range 2000 {
			x := float64(dice.IntN(60))
			tx := x * math.Exp(5*dice.Float64())
			silence := table.usualGap(x, tx) * min(200, math.Exp(3*dice.NormFloat64()-1))
			want := f.Ahead(x, tx, tx+silence, quarter)
			pace, alive, chance := table.lookUp(x, tx, silence)
			momentum := want.Purchases * table.usualGap(x, tx) / quarter
			require.InDelta(t, momentum, pace*alive, 0.01, "%+v x = %v, tx = %v, silence %v", f, x, tx, silence)
			require.InDelta(t, want.Alive, alive, 0.01, "alive %+v %v %v %v", f, x, tx, silence)
			require.InDelta(t, want.Silent*want.Alive, chance, 0.01, "chance %+v %v %v %v", f, x, tx, silence)
		}
	}
}

// TestSlowdownWeight holds the weight of a slowdown against the integral that it stands
// for: that of the likelihood of the purchases over the logarithm of the former rate.
func TestSlowdownWeight(t *testing.T) {
	gaps := []float64{9, 12, 8, 11, 10, 30, 45, 38, 29}
	likelihood := func(since int, share float64) float64 {
		return quad.Fixed(func(log float64) float64 {
			p := 1.0
			for i, gap := range gaps {
				rate := math.Exp(log)
				if i >= len(gaps)-since {
					rate *= share
				}
				p *= distuv.Exponential{Rate: rate}.Prob(gap)
			}
			return p
		}, -9, 3, 400, nil, 0)
	}
	sum := func(gaps []float64) (s float64) {
		for _, gap := range gaps {
			s += gap
		}
		return s
	}
	took := func(n int) float64 { return sum(gaps[len(gaps)-n:]) }
	seen := 0
	eachSlowdown(len(gaps), sum(gaps), 0, took, func(since, share int, own, weight float64) {
		want := likelihood(since, slowShares[share]) / likelihood(0, 1)
		const possible = 5 // since 0, 3, 4, 6 and 8 purchases
		if since == 0 {
			want = math.Pow(lastWeight, 1/slowPower)
		}
		require.InDelta(t, 1, weight*possible*float64(len(slowShares))/math.Pow(want, slowPower), 1e-6)
		require.InDelta(t, sum(gaps)-(1-slowShares[share])*took(since), own, 1e-9)
		seen++
	})
	require.Equal(t, 5*len(slowShares), seen)
}

// TestFitSlowdowns: one in five of many has slowed down beyond doubt.
func TestFitSlowdowns(t *testing.T) {
	var weights []float64
	for i := range 5000 {
		weights = append(weights, 0.1)
		if i%5 == 0 {
			weights[i] = 1e6
		}
	}
	require.InDelta(t, 2.0/9, fitSlowdowns(weights), 0.005, "some of the others have, too")
	require.InDelta(t, 0.01, fitSlowdowns(nil), 1e-4)
}

// No likelihood ratio is below the bound that is used in its place, of customers with gaps
// from a day to a year in a shop where two months are usual.
func TestLeastRatio(t *testing.T) {
	table := newTable(typicalLeavers, 1)
	for _, gap := range []float64{1, 5, 30, 365} {
		for _, x := range []float64{1, 3, 10, 100} {
			tx := gap * x
			usual := min(gap, table.usualGap(x, tx))
			for _, silence := range []float64{0.01, 0.1, 0.3, 0.7, 1, 2, 5, 10} {
				memoryless := openGap(table, 1, x, tx, silence*usual)
				for _, k := range shapes {
					if k > 1 && silence > 1 {
						continue
					}
					if k > 1 {
						k = math.Round(k)
					}
					require.GreaterOrEqual(t, openGap(table, k, x, tx, silence*usual)/memoryless, leastRatio, "k = %v, x = %v, gaps of %v, %v usual gaps", k, x, gap, silence)
				}
			}
		}
	}
}
