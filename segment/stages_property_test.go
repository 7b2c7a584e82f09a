package segment

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawDays draws a history of 1 to 15 distinct purchase days, bursts and long
// gaps alike, and the day on which it is looked at.
func drawDays(t *rapid.T) (days []int32, asOf int32) {
	days = []int32{0}
	scale := rapid.SampledFrom([]int{3, 40, 400}).Draw(t, "scale")
	for range rapid.IntRange(0, 14).Draw(t, "repeats") {
		days = append(days, days[len(days)-1]+int32(rapid.IntRange(1, scale).Draw(t, "gap")))
	}
	return days, days[len(days)-1] + int32(rapid.IntRange(0, 1000).Draw(t, "silence"))
}

func drawRhythm(t *rapid.T) Rhythm {
	r := Rhythm{
		K:           rapid.Float64Range(minRegularity, maxRegularity).Draw(t, "k"),
		ReturnShare: rapid.Float64Range(0.01, 0.99).Draw(t, "return share"),
		QuitShare:   0.05,
	}
	if rapid.Bool().Draw(t, "prior") {
		r.A = rapid.Float64Range(0.1, 500).Draw(t, "a")
		r.B = r.A * rapid.Float64Range(1, 300).Draw(t, "mean gap") / r.K
	}
	return r
}

func declineP(t *rapid.T, rhythm Rhythm, asOf int32, days []int32) (float64, Decline) {
	result, err := Stages(oneCustomer(asOf, days...), StageRules{}, rhythm, 1)
	require.NoError(t, err)
	p := result.DeclineP[0]
	require.True(t, p >= 0 && p <= 1, "p = %v", p)
	require.NotContains(t, result.Reasons[0], "NaN")
	return p, result.Decline[0]
}

// rounding is the relative error that the incomplete beta may make where its
// method of evaluation changes.
const rounding = 1e-9

func TestAnotherDayOfSilenceNeverRaisesP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rhythm := drawRhythm(t)
		days, asOf := drawDays(t)
		before, _ := declineP(t, rhythm, asOf, days)
		after, _ := declineP(t, rhythm, asOf+1, days)
		require.LessOrEqual(t, after, before*(1+rounding))
	})
}

func TestAPurchaseTodayEndsTheEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rhythm := drawRhythm(t)
		days, asOf := drawDays(t)
		before, _ := declineP(t, rhythm, asOf, days)
		if days[len(days)-1] < asOf {
			days = append(days, asOf)
		}
		after, kind := declineP(t, rhythm, asOf, days)
		require.GreaterOrEqual(t, after, before)
		require.InDelta(t, 1, after, 0)
		require.Equal(t, DeclineNone, kind)
	})
}

// TestLostNeverComesBackByWaiting: decline, once declared, deepens with
// silence; lost stays lost.
func TestLostNeverComesBackByWaiting(t *testing.T) {
	depth := map[Decline]int{DeclineNone: 0, DeclineWatch: 1, DeclineSudden: 2, DeclineGradual: 2, DeclineLost: 3}
	rapid.Check(t, func(t *rapid.T) {
		rhythm := drawRhythm(t)
		days, asOf := drawDays(t)
		_, before := declineP(t, rhythm, asOf, days)
		_, after := declineP(t, rhythm, asOf+int32(rapid.IntRange(1, 400).Draw(t, "wait")), days)
		require.GreaterOrEqual(t, depth[after], depth[before])
	})
}

// TestUnitOfTimeChangesNoP: p is a ratio of times. Factors are powers of two,
// so that rounding does not enter; one-time buyers are left out, as ReturnDays
// is a time of its own.
func TestUnitOfTimeChangesNoP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rhythm := drawRhythm(t)
		days, asOf := drawDays(t)
		if len(days) == 1 {
			t.Skip("one-time buyer")
		}
		factor := int32(1) << rapid.IntRange(1, 6).Draw(t, "doublings")
		before, _ := declineP(t, rhythm, asOf, days)
		for i := range days {
			days[i] *= factor
		}
		rhythm.B *= float64(factor)
		after, _ := declineP(t, rhythm, asOf*factor, days)
		require.InDelta(t, before, after, 0)
	})
}

func mixedPanel(n int) History {
	return simulated(11, n, 700, func(random *rand.Rand) buyer {
		quit := 0.2 + random.ExpFloat64()
		return buyer{k: 1.5, meanGap: 20 + 90*random.ExpFloat64(), keep: func(at float64) float64 {
			if at > quit {
				return 0
			}
			return 1
		}}
	})
}

func TestNothingDependsOnRowsOrWorkers(t *testing.T) {
	h := mixedPanel(600)
	rhythm, err := FitRhythm(h)
	require.NoError(t, err)
	want, err := Stages(h, StageRules{}, rhythm, 1)
	require.NoError(t, err)
	for _, workers := range []int{-1, 2, 7, 10_000} {
		got, err := Stages(h, StageRules{}, rhythm, workers)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}

	order := rand.New(rand.NewPCG(5, 0)).Perm(h.Len())
	moved := h.reordered(order)
	movedRhythm, err := FitRhythm(moved)
	require.NoError(t, err)
	require.Equal(t, rhythm, movedRhythm, "to the last bit")
	got, err := Stages(moved, StageRules{}, movedRhythm, 2)
	require.NoError(t, err)
	require.Equal(t, pick(want.Stage, order), got.Stage)
	require.Equal(t, pick(want.DeclineP, order), got.DeclineP)
	require.Equal(t, pick(want.Reasons, order), got.Reasons)
}

// TestRhythmScalesWithTheUnitOfTime: the same panel in half-days has gaps
// twice as long and is otherwise the same. Cells of the fit round differently,
// hence the tolerance.
func TestRhythmScalesWithTheUnitOfTime(t *testing.T) {
	h := mixedPanel(2000)
	double := h
	for _, c := range []*[]int32{&double.TenureDays, &double.ActiveDays, &double.SilenceDays, &double.FirstGapDays, &double.SecondGapDays} {
		scaled := slices.Clone(*c)
		for i := range scaled {
			scaled[i] *= 2
		}
		*c = scaled
	}
	one, err := FitRhythm(h)
	require.NoError(t, err)
	two, err := FitRhythm(double)
	require.NoError(t, err)
	require.InDelta(t, one.K, two.K, 1e-9)
	require.InDelta(t, 1, two.A/one.A, 0.02)
	require.InDelta(t, 2, two.B/one.B, 0.04)
	require.InDelta(t, one.ReturnShare, two.ReturnShare, 0.005)
	require.InDelta(t, one.QuitShare, two.QuitShare, 0.005)
	require.False(t, math.Signbit(one.A))
}
