package lifecycle

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

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
