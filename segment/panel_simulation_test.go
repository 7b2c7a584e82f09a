package segment

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// ratesOf draws every customer's rate from Gamma(a), for the mean gap given.
func ratesOf(k, a, meanGap float64) func(*rand.Rand) buyer {
	return func(random *rand.Rand) buyer {
		rate := distuv.Gamma{Alpha: a, Beta: a * meanGap / k, Src: random}.Rand()
		return buyer{k: k, meanGap: k / rate}
	}
}

func TestRhythmIsRecovered(t *testing.T) {
	tests := []struct {
		name          string
		k, a, meanGap float64
		// leave is the share who never return, quit the share who leave after
		// a later purchase.
		leave, quit float64
	}{
		{"nobody leaves", 1, 1, 60, 0, 0},
		{"regular", 2, 2, 100, 0, 0},
		{"four in ten never return", 1, 1, 60, 0.4, 0},
		{"leaving at any time", 1, 1.5, 60, 0.3, 0.1},
		{"in bursts", 0.6, 1, 80, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := rand.NewPCG(4, 0)
			random := rand.New(src)
			customer := ratesOf(tt.k, tt.a, tt.meanGap)
			var p Purchases
			const night = 730
			for range 6000 {
				// Customers join over the first half of the span.
				joined := random.Int32N(night / 2)
				days := customer(random).days(src, night-joined)
				for i := range days {
					if (i == 0 && random.Float64() < tt.leave) || (i > 0 && random.Float64() < tt.quit) {
						days = days[:i+1]
						break
					}
				}
				for i := range days {
					days[i] += joined
				}
				p.add(days...)
			}
			panel, err := FitPanel(p, night, StageRules{})
			require.NoError(t, err)
			r := panel.Rhythm
			t.Logf("%+v", r)
			require.InDelta(t, 1, r.K/tt.k, 0.15)
			require.InDelta(t, 1, r.A/tt.a, 0.2)
			require.InDelta(t, 1, r.MeanGap/tt.meanGap, 0.15)
			require.InDelta(t, 1-tt.leave, r.ReturnShare, 0.03)
			require.InDelta(t, tt.quit, r.QuitShare, 0.02)
		})
	}
}

// TestClockFindsSeasons: in a shop with a slack half-year that all share, the
// clock runs as the season does, and those who leave do not slow it.
func TestClockFindsSeasons(t *testing.T) {
	slack := func(day int32) bool { return day%364 >= 182 }
	src := rand.NewPCG(9, 0)
	random := rand.New(src)
	var p Purchases
	for range 3000 {
		leaves := int32(200 + 800*random.ExpFloat64())
		days := []int32{random.Int32N(364)}
		for day := days[0] + 1; day < 1092 && day < leaves; day++ {
			chance := 0.06
			if slack(day) {
				chance = 0.02
			}
			if random.Float64() < chance {
				days = append(days, day)
			}
		}
		p.add(days...)
	}
	clock := fitClock(&p, 1091)
	line := clock.line()
	for _, half := range []int32{364, 728} {
		busy, quiet := line.at(half+181)-line.at(half-1), line.at(half+350)-line.at(half+182)
		require.InDelta(t, 3*182./168, busy/quiet, 0.3, "%d", half)
	}
	// What comes is as a year before.
	require.InDelta(t, line.at(728+181)-line.at(727), line.at(1092+181)-line.at(1091), 1)
}
