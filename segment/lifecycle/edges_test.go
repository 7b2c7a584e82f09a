package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

// A life that no customer can have had, as in a file that somebody edited, is not known:
// the past is gone through anew.
func TestLivesThatCannotBe(t *testing.T) {
	days := []int32{0, 30, 60, 90}
	good := Life{Seen: 3, Trace: traceOf(days[:3]), Stage: Formation, Base: Formation, Since: 60, From: 30, Declines: 1, Reactivations: 1}
	require.True(t, good.knows(days, 70))
	for _, stage := range []Stage{Exploration, Formation, Stability} {
		life := good
		life.Stage, life.Base = Declining, stage
		require.True(t, life.knows(days, 70), "in decline from %s", stage)
	}
	for name, spoil := range map[string]func(*Life){
		"from a day without a purchase": func(l *Life) { l.From = 31 },
		"from a purchase not yet seen":  func(l *Life) { l.From = 90 },
		"fewer declines than none":      func(l *Life) { l.Declines = -1 },
		"fewer returns than none":       func(l *Life) { l.Reactivations = -1 },
		"a decline as the stage before": func(l *Life) { l.Stage, l.Base = Declining, Declining },
		"no stage before":               func(l *Life) { l.Stage, l.Base = Declining, "" },
		"two stages at once":            func(l *Life) { l.Stage = Stability },
		"other purchases":               func(l *Life) { l.Trace++ },
		"more purchases":                func(l *Life) { l.Seen = 4 },
		"no purchases":                  func(l *Life) { l.Seen = 0 },
	} {
		life := good
		spoil(&life)
		require.False(t, life.knows(days, 70), name)
	}
}

// Lost is who is silent for so many days and hardly expected back, whom the lifetime model
// gives up, or who bought once. All limits belong to one side.
func TestLostAtItsEdges(t *testing.T) {
	rules := Rules{LostSilenceDays: 90, LostPAlive: 0.1}
	for _, tt := range []struct {
		name            string
		days            []int32
		night           int32
		alive, momentum float64
		want            bool
	}{
		{"silent for so long", []int32{0, 10}, 100, 0.5, 0.01, true},
		{"a day less", []int32{0, 10}, 99, 0.5, 0.01, false},
		{"silent, with some momentum", []int32{0, 10}, 100, 0.5, lostMomentum, false},
		{"given up", []int32{0, 10}, 20, 0.0999, 0.9, true},
		{"just not given up", []int32{0, 10}, 20, 0.1, 0.9, false},
		{"no lifetime model", []int32{0, 10}, 20, math.NaN(), 0.01, false},
		{"bought once", []int32{0}, 20, 0.5, 0.9, true},
	} {
		c := customer{model: &model{rules: rules}, history: history{days: tt.days}}
		require.Equal(t, tt.want, c.lost(tt.night, tt.alive, &standing{momentum: tt.momentum}), tt.name)
	}
}

// Half of the former rate counts as unchanged still, and less does not.
func TestUnchangedAtHalfTheRate(t *testing.T) {
	m := modelOf(t, &plain)
	c := customer{model: m}
	c.set(&m.line, every(30, 12), &Life{From: 0})
	s := c.standing(m.line.at(345), 0)
	s.n, s.likelihood = 3, 1
	for i, share := range []float64{1, 0.5, 0.25} {
		s.all[i], s.ratios[i] = pace{share: share, tx: 330, weight: 0.3}, 1
	}
	var seen []float64
	c.eachUnchanged(&s, func(p pace, _, _ float64) { seen = append(seen, p.share) })
	require.Equal(t, []float64{1, 0.5}, seen)
}

// What is said of one who came back: at the return, after the next purchase, and after
// several returns.
func TestReasonsOfAReturn(t *testing.T) {
	once := append(every(30, 12), 700)
	twice := append(append([]int32{}, once...), 720)
	for _, tt := range []struct {
		night int32
		days  []int32
		want  string
	}{
		{705, once, "back 5 days ago after 370 days"},
		{700, once, "back today after 370 days"},
		{725, twice, "bought again after 20 days, last order 5 days ago; back since 25 days ago"},
	} {
		require.Equal(t, tt.want, lived(tt.night, Rules{}, math.NaN(), nil, tt.days...).Reasons(0))
	}
	m := modelOf(t, &plain)
	c := customer{model: m}
	for returns, want := range map[int32]string{1: "", 2: "; came back 2 times", 3: "; came back 3 times"} {
		life := &Life{Stage: Exploration, Base: Exploration, From: 700, Reactivations: returns}
		c.set(&m.line, twice, life)
		s := c.standing(m.line.at(721), 0)
		require.Equal(t, "bought again after 20 days, last order yesterday; back since 21 days ago"+want, string(c.appendReasons(nil, wording.In("en"), life, 721, math.NaN(), grounds{DeclineNone, s.momentum, int32(s.recent())})))
	}
}

// By hand: amounts of 1 and 3 have a mean of 2 and, as a sample, a deviation of √2.
func TestSpendCVOfASample(t *testing.T) {
	for limit, want := range map[float64]bool{math.Sqrt2/2 - 1e-9: false, math.Sqrt2/2 + 1e-9: true} {
		c := customer{model: &model{rules: Rules{SpendCV: limit}}}
		require.Equal(t, want, c.steadySpend([]float64{1, 3}), "%v", limit)
	}
}

// Stability asks for so many purchase days over so many days: exactly as many do.
func TestStabilityAtItsEdges(t *testing.T) {
	for _, tt := range []struct {
		days int
		span float64
		want bool
	}{{4, 90, true}, {5, 90, false}, {4, 90.5, false}} {
		c := customer{model: &model{rules: Rules{StabilityDays: tt.days, StabilitySpanDays: tt.span}, panel: &Panel{K: 1}}}
		c.days, c.times = every(30, 4), []float64{0, 30, 60, 90}
		require.Equal(t, tt.want, c.steady(nil, 4), "%+v", tt)
	}
}

// The median of an even number of gaps is the lower of the two in the middle.
func TestMedianOfGaps(t *testing.T) {
	require.InDelta(t, 10, medianOf(map[uint32]int{10: 1, 20: 1}, 2), 0)
	require.InDelta(t, 20, medianOf(map[uint32]int{10: 1, 20: 2}, 3), 0)
	require.InDelta(t, 20, medianOf(map[uint32]int{10: 2, 20: 2, 40: 1}, 5), 0)
	require.Zero(t, medianOf(nil, 0))
}

// By hand: gaps of 10, 20 and 30 days have a deviation of 10 as a sample; two gaps are too
// few to say.
func TestDeviationOfGaps(t *testing.T) {
	require.InDelta(t, 10, gapSD([]int32{0, 10, 30, 60}), 1e-9)
	require.InDelta(t, 0, gapSD([]int32{0, 7, 14, 21, 28}), 1e-9)
	for _, few := range [][]int32{{0, 10, 30}, {0, 10}, {0}} {
		require.True(t, math.IsNaN(gapSD(few)), "%v", few)
	}
}

// Of one with a single gap nothing is known but what all are like: the mean k of regular
// buyers, rounded and 2 at least, and that of irregular ones.
func TestClassesOfRegularity(t *testing.T) {
	of := func(regularity map[float64]float64) posterior {
		panel := plain
		panel.Regularity = shapeShares{}
		for i, k := range shapes {
			panel.Regularity[i] = regularity[k]
		}
		c := customer{model: modelOf(t, &panel)}
		c.set(&c.line, []int32{0, 30}, &Life{From: 0})
		return c.findPosterior()
	}
	got := of(map[float64]float64{0.25: 0.1, 0.4: 0.3, 1: 0.1, 2: 0.2, 3.2: 0.3}) // of the regular: 1.36/0.5
	require.InDelta(t, 0.4, got.bursty, 1e-12)
	require.InDelta(t, 0.145/0.4, got.burstyK, 1e-12)
	require.InDelta(t, 0.1, got.memoryless, 1e-12)
	require.InDelta(t, 0.5, got.regular, 1e-12)
	require.InDelta(t, 3, got.regularK, 0)
	require.InDelta(t, 2, of(map[float64]float64{1: 0.5, 1.4: 0.5}).regularK, 0)
	require.InDelta(t, 12, of(map[float64]float64{1: 0.5, 12: 0.5}).regularK, 0)
}

// Between two entries of the table a customer is so far from the lower; beyond the last,
// as at the last.
func TestPlacesInTheTable(t *testing.T) {
	last := len(tableX) - 2
	for x, want := range map[float64]struct {
		at    int
		share float64
	}{1: {0, 0}, 2: {0, 1}, 5: {3, 0.5}, 300: {last, 0.5}, 400: {last, 1}, 1000: {last, 1}} {
		at, share := placeOf(x)
		require.Equal(t, want.at, at, "%v", x)
		require.InDelta(t, want.share, share, 1e-12, "%v", x)
	}
	for at, want := range map[float64]struct {
		i     int
		share float64
	}{-3: {0, 0}, 0: {0, 0}, 1.25: {1, 0.25}, 3: {2, 1}, 9: {2, 1}} {
		i, share := place(at, 4)
		require.Equal(t, want.i, i, "%v", at)
		require.InDelta(t, want.share, share, 1e-12, "%v", at)
	}
}

// A record that is followed night by night has, on every night, a panel of the day that a
// first night would fit its own on.
func TestFittedOnOfEachNight(t *testing.T) {
	p := oneCustomer(0, 6)
	tracker := shopOf(Rules{})
	var r *Record
	for night := int32(30); night < 60; night++ {
		var err error
		r, err = tracker.Follow(p, r, night)
		require.NoError(t, err)
		require.Equal(t, FitDay(night), r.Panel.FittedOn, "night %d", night)
		require.Equal(t, night, r.Night)
	}
	caughtUp, err := tracker.Follow(p, nil, 30)
	require.NoError(t, err)
	caughtUp, err = tracker.Follow(p, caughtUp, 59)
	require.NoError(t, err)
	require.Equal(t, r.Panel, caughtUp.Panel)
}
