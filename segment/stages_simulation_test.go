package segment

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// The panels below are simulated with a fixed seed, so that each rate is one
// number; bounds leave about four binomial standard errors to the rate that is
// expected over all seeds.

const (
	simulatedCustomers = 3000
	simulatedDays      = 730
)

// sharesOf is the share of customers in decline, and of those that are not
// lost the share that declined gradually.
func sharesOf(result StageResult) (declined, gradual float64) {
	kinds := map[Decline]float64{}
	for _, kind := range result.Decline {
		kinds[kind]++
	}
	found := kinds[DeclineSudden] + kinds[DeclineGradual]
	return (found + kinds[DeclineLost]) / float64(len(result.Decline)), kinds[DeclineGradual] / max(1, found)
}

func alike(b buyer) func(*rand.Rand) buyer {
	return func(*rand.Rand) buyer { return b }
}

// ratesOf draws every customer's rate from Gamma(a, rate b) in days.
func ratesOf(k, a, b float64) func(*rand.Rand) buyer {
	return func(random *rand.Rand) buyer {
		rate := distuv.Gamma{Alpha: a, Beta: b, Src: random}.Rand()
		return buyer{k: k, meanGap: k / rate}
	}
}

func TestFalseAlarmsAmongSteadyCustomers(t *testing.T) {
	tests := []struct {
		name     string
		customer func(*rand.Rand) buyer
		most     float64
	}{
		{"a purchase a month", alike(buyer{k: 1, meanGap: 30}), 0.065},
		{"a purchase a quarter", alike(buyer{k: 1, meanGap: 90}), 0.065},
		{"a purchase a year", alike(buyer{k: 1, meanGap: 365}), 0.065},
		{"regular gaps", alike(buyer{k: 2, meanGap: 30}), 0.05},
		{"very regular gaps", alike(buyer{k: 8, meanGap: 30}), 0.05},
		{"rates differ", ratesOf(1, 1, 60), 0.065},
		{"rates differ much", ratesOf(1, 0.6, 60), 0.065},
		{"slow buyers seldom come twice", ratesOf(1, 1, 300), 0.065},
		// Known to exceed alpha: customers who joined on one day and never came
		// back all cross it on the same day, in addition to the others.
		{"rates differ, regular gaps", ratesOf(2, 2, 100), 0.10},
		// Known to exceed alpha: a gap cut at the night's date is not a fresh
		// gap, and bursts within a day count as one purchase.
		{"purchases in bursts", alike(buyer{k: 0.5, meanGap: 30}), 0.10},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := simulated(1, simulatedCustomers, simulatedDays, tt.customer)
			rhythm, err := FitRhythm(h)
			require.NoError(t, err)
			result, err := Stages(h, StageRules{}, rhythm, 2)
			require.NoError(t, err)
			declined, _ := sharesOf(result)
			t.Logf("declined %.4f, rhythm %+v", declined, rhythm)
			require.Less(t, declined, tt.most)
		})
	}
}

func TestDeclinesAreFound(t *testing.T) {
	stop := func(at float64) func(float64) float64 {
		return func(u float64) float64 {
			if u < at {
				return 1
			}
			return 0
		}
	}
	fade := func(left float64) func(float64) float64 {
		return func(u float64) float64 { return math.Pow(left, u) }
	}
	tests := []struct {
		name          string
		meanGap       float64
		keep          func(at float64) float64
		least         float64
		gradual, most float64 // bounds of the gradual share
	}{
		{"stops at 60%", 30, stop(0.6), 0.97, 0, 0.25},
		{"stops at 80%", 30, stop(0.8), 0.90, 0, 0.25},
		{"stops at 90%, which few gaps can show", 30, stop(0.9), 0.25, 0, 0.35},
		{"stops at 60%, a purchase a quarter", 90, stop(0.6), 0.55, 0, 0.25},
		{"fades to a tenth", 15, fade(0.1), 0.79, 0.75, 1},
		{"fades to three in a hundred", 10, fade(0.03), 0.95, 0.85, 1},
		{"falls in a straight line to nothing", 15, func(u float64) float64 { return 1 - u }, 0.89, 0.65, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// Half of the panel stays as it was, so that the decline cannot
			// pass for the rhythm of the panel.
			declining := buyer{k: 1, meanGap: tt.meanGap, keep: tt.keep}
			h := simulated(2, simulatedCustomers, simulatedDays, alike(declining))
			panel := simulated(3, simulatedCustomers, simulatedDays, func(random *rand.Rand) buyer {
				if random.IntN(2) == 0 {
					return buyer{k: 1, meanGap: tt.meanGap}
				}
				return declining
			})
			rhythm, err := FitRhythm(panel)
			require.NoError(t, err)
			result, err := Stages(h, StageRules{}, rhythm, 2)
			require.NoError(t, err)
			share, gradual := sharesOf(result)
			t.Logf("found %.3f, gradual %.3f", share, gradual)
			require.GreaterOrEqual(t, share, tt.least)
			require.True(t, gradual >= tt.gradual && gradual <= tt.most, "gradual share %v, want %v to %v", gradual, tt.gradual, tt.most)
		})
	}
}

func TestRhythmIsRecovered(t *testing.T) {
	tests := []struct {
		name    string
		k, a, b float64
		// leave is the share who never return, quit the share who leave after
		// a later purchase.
		leave, quit float64
	}{
		{"nobody leaves", 1, 1, 60, 0, 0},
		{"regular", 2, 2, 100, 0, 0},
		{"four in ten never return", 1, 1, 60, 0.4, 0},
		{"leaving at any time", 1, 1.5, 90, 0.3, 0.1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := rand.NewPCG(4, 0)
			random := rand.New(src)
			customer := ratesOf(tt.k, tt.a, tt.b)
			var h History
			for range 6000 {
				// Customers join over the first half of the span.
				span := simulatedDays - random.Int32N(simulatedDays/2)
				days := customer(random).days(src, span)
				for i := range days {
					if (i == 0 && random.Float64() < tt.leave) || (i > 0 && random.Float64() < tt.quit) {
						days = days[:i+1]
						break
					}
				}
				h.add(span, days...)
			}
			r, err := FitRhythm(h)
			require.NoError(t, err)
			t.Logf("%+v", r)
			// Days are whole, which makes gaps a little more regular.
			require.InDelta(t, tt.k, r.K, 0.15)
			require.InDelta(t, 1, r.A/tt.a, 0.15)
			require.InDelta(t, 1, r.A/r.B/(tt.a/tt.b)*tt.k/r.K, 0.12, "mean rate")
			require.InDelta(t, 1-tt.leave, r.ReturnShare, 0.03)
			require.InDelta(t, tt.quit, r.QuitShare, 0.015)
		})
	}
}
