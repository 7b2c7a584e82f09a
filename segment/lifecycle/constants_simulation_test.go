package lifecycle

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// outcomes counts who is in decline after 700 days, in shops with a season in which a
// third of the customers go on as before, a third stop after 490 days, and a third buy
// less and less. Of each third, a third have bursty gaps, memoryless gaps and regular
// gaps.
type outcomes struct {
	of, goOn, stopped                         [3]int // by regularity; goOn and stopped: in decline
	declinesOfStopped, declinesOfFading       int
	stoppedCalledGradual, fadingCalledGradual int
}

func playShops(t *testing.T, customers, shops int) (o outcomes) {
	shapes := [3]float64{0.5, 1, 4}
	season := func(at float64) float64 { return 0.65 + 0.35*math.Cos(2*math.Pi*at*700/365) }
	for shop := range shops {
		i := -1
		p := simulated(100+uint64(shop), customers, 700, func(random *rand.Rand) buyer {
			i++
			story := i / 3 % 3
			return buyer{k: shapes[i%3], meanGap: (15 + 30*random.ExpFloat64()) * 0.65, keep: func(at float64) float64 {
				switch {
				case story == 1 && at > 0.7:
					return 0
				case story == 2:
					return season(at) * math.Exp(-2.5*at)
				}
				return season(at)
			}}
		})
		tracker := shopOf(Rules{})
		got, err := tracker.Describe(p, record(t, p, nil, 700), nil)
		require.NoError(t, err)
		for i := range customers {
			o.add(i%3, i/3%3, got.Stage[i], got.Decline[i])
		}
	}
	return o
}

func (o *outcomes) add(regularity, story int, stage Stage, kind Decline) {
	if story == 0 {
		o.of[regularity]++
	}
	if stage != Declining {
		return
	}
	gradual := 0
	if kind == DeclineGradual {
		gradual = 1
	}
	switch story {
	case 0:
		o.goOn[regularity]++
	case 1:
		o.stopped[regularity]++
		o.declinesOfStopped++
		o.stoppedCalledGradual += gradual
	case 2:
		o.declinesOfFading++
		o.fadingCalledGradual += gradual
	}
}

// TestConstants shows what the constants of this package are good for, in small and in
// large shops. It prints the table by which their comments say what half and double of
// them do: change one and run it with -v.
func TestConstants(t *testing.T) {
	for _, size := range []struct{ customers, shops int }{{90, 20}, {900, 2}} {
		o := playShops(t, size.customers, size.shops)
		percent := func(n, of int) float64 { return math.Round(1000*float64(n)/float64(of)) / 10 }
		for k, kind := range []string{"bursty", "memoryless", "regular"} {
			goOn, stopped := percent(o.goOn[k], o.of[k]), percent(o.stopped[k], o.of[k])
			t.Logf("%d customers, %s: in decline are %.1f%% of those who go on, %.1f%% of those who stopped", size.customers, kind, goOn, stopped)
			require.LessOrEqual(t, goOn, 10., kind)
			require.GreaterOrEqual(t, stopped, 70., kind)
		}
		sudden, fading := percent(o.stoppedCalledGradual, o.declinesOfStopped), percent(o.fadingCalledGradual, o.declinesOfFading)
		t.Logf("gradual: %.1f%% of those who stopped, %.1f%% of those who bought less and less", sudden, fading)
		require.Less(t, sudden, 30.)
		require.Greater(t, fading, 50.)
	}
}
