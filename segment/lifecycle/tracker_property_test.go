package lifecycle

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/number"
)

// drawDays draws a history of 1 to 15 distinct purchase days, bursts and long
// gaps alike, and the day on which it is looked at.
func drawDays(t *rapid.T) (days []int32, night int32) {
	days = []int32{rapid.Int32Range(-20, 20).Draw(t, "first")}
	scale := rapid.SampledFrom([]int{3, 40, 400}).Draw(t, "scale")
	for range rapid.IntRange(0, 14).Draw(t, "repeats") {
		days = append(days, days[len(days)-1]+int32(rapid.IntRange(1, scale).Draw(t, "gap")))
	}
	return days, days[len(days)-1] + int32(rapid.IntRange(0, 1000).Draw(t, "silence"))
}

func drawSpend(t *rapid.T, n int) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(1, 100), n, n).Draw(t, "spend")
}

// drawShop draws a shop: its rhythm, and a clock of two years with seasons.
func drawShop(t *rapid.T) Panel {
	p := Panel{MedianGap: 30, K: rapid.Float64Range(0.3, 10).Draw(t, "k")}
	p.Again = rapid.SampledFrom([]float64{0.1, 0.4, 1}).Draw(t, "goes on")
	p.Once = rapid.SampledFrom([]float64{0.1, 0.4, 1}).Draw(t, "goes on of one-time buyers")
	p.Slowdowns = rapid.SampledFrom([]float64{0, 0.01, 0.5}).Draw(t, "slowdowns")
	at := rapid.IntRange(0, len(shapes)-2).Draw(t, "regularity")
	p.Regularity[at], p.Regularity[at+1] = 0.7, 0.3
	r := rapid.Float64Range(0.1, 20).Draw(t, "r")
	p.Forecast = mustText(leavers{
		R: r, Alpha: r * rapid.Float64Range(1, 300).Draw(t, "mean gap"), Q: rapid.Float64Range(1e-6, 0.9).Draw(t, "q"),
	})
	p.Clock.Levels = rapid.SliceOfN(rapid.Float64Range(0.2, 3), 0, 104).Draw(t, "levels")
	return p
}

// modelOf is the model of a panel.
func modelOf(t require.TestingT, panel *Panel) *model {
	m, err := shopOf(Rules{}).open(panel)
	require.NoError(t, err)
	return m
}

// momentumOf is that of a night.
func momentumOf(m *model, night int32, days []int32) float64 {
	c := customer{model: m}
	return c.momentum(days, &Life{From: days[0]}, night, 0)
}

// TestAnotherDayOfSilenceTakesMomentum: once a customer is late.
func TestAnotherDayOfSilenceTakesMomentum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		panel := drawShop(t)
		panel.Regularity = alone(rapid.SampledFrom([]float64{0.4, 1, 3.2}).Draw(t, "one regularity"))
		days, night := drawDays(t)
		m := modelOf(t, &panel)
		before, after := momentumOf(m, night, days), momentumOf(m, night+1, days)
		require.True(t, number.Finite(before) && before >= 0)
		require.LessOrEqual(t, after, before+rounding)
	})
}

// rounding is the error that tables may make.
const rounding = 1e-4

// TestNightByNightIsOneCatchUp: whatever nights are followed one by one, the
// record is that of one call over all of them.
func TestNightByNightIsOneCatchUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Purchases
		for range rapid.IntRange(1, 6).Draw(t, "customers") {
			days, _ := drawDays(t)
			p.add(days...)
			copy(p.Spend[len(p.Spend)-len(days):], drawSpend(t, len(days)))
		}
		first := p.Days[rapid.IntRange(0, len(p.Days)-1).Draw(t, "begins after")]
		last := first + rapid.Int32Range(1, 60).Draw(t, "nights")
		begin := record(t, p, nil, first)
		caughtUp := record(t, p, begin, last)
		daily := begin
		for night := first + 1; night <= last; night++ {
			if night == last || rapid.Bool().Draw(t, "runs") {
				daily = record(t, p, daily, night)
			}
		}
		require.Equal(t, caughtUp, daily)
	})
}

// TestOneLifeNightByNight is the same for a single customer over years, with the
// panel as it is.
func TestOneLifeNightByNight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		panel := drawShop(t)
		days, last := drawDays(t)
		spend := drawSpend(t, len(days))
		c := customer{model: modelOf(t, &panel)}
		var once, daily Life
		c.follow(days, spend, &once, days[0]-1, last)
		for night := days[0]; night <= last; night++ {
			c.follow(days, spend, &daily, night-1, night)
		}
		require.Equal(t, once, daily)
	})
}

// TestEditedHistory: whatever is changed after the fact, be it with the same number
// of days, the life is that of the history as it is now.
func TestEditedHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		panel := drawShop(t)
		days, night := drawDays(t)
		c := customer{model: modelOf(t, &panel)}
		var was, fresh Life
		c.follow(days, nil, &was, days[0]-1, night)
		edited := slices.Clone(days)
		switch at := rapid.IntRange(0, len(days)-1).Draw(t, "at"); rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0: // a day moves
			edited[at] += rapid.Int32Range(-30, 30).Draw(t, "by")
		case 1: // one is gone
			edited = slices.Delete(edited, at, at+1)
		case 2: // all move
			for i := range edited {
				edited[i] -= 1000
			}
		}
		slices.Sort(edited)
		edited = slices.Compact(edited)
		if len(edited) == 0 || edited[0] > night || slices.Equal(edited, days) {
			t.Skip("nothing left, or nothing changed")
		}
		if upTo(edited, night) == len(days)+1 {
			t.Skip("one more on the night itself, which may be so")
		}
		c.follow(edited, nil, &was, night, night+40)
		c.follow(edited, nil, &fresh, edited[0]-1, night+40)
		require.Equal(t, fresh, was)
	})
}

// TestOrdersOfTheNightItself: a night is published before its day is over. What
// comes to that day later is no change of the past.
func TestOrdersOfTheNightItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		panel := drawShop(t)
		days, _ := drawDays(t)
		last := days[len(days)-1]
		c := customer{model: modelOf(t, &panel)}
		var early Life
		before := days[:len(days)-1]
		if len(before) == 0 {
			t.Skip("a newcomer")
		}
		c.follow(before, nil, &early, days[0]-1, last)
		require.True(t, early.knows(days, last))
		seen := early
		c.follow(days, nil, &seen, last, last+30)
		var whole Life
		c.follow(days, nil, &whole, days[0]-1, last+30)
		if !early.declining() || early.Since != last { // else the decline began on that very night
			require.Equal(t, whole, seen)
		}
	})
}

// TestWhatIsFittedValidates: a shop of subscribers of whom nearly all have left.
func TestWhatIsFittedValidates(t *testing.T) {
	var p Purchases
	for i := range int32(300) {
		var days []int32
		for day := i % 30; day < 700; day += 30 {
			if i < 285 && day > 400 {
				break
			}
			days = append(days, day)
		}
		p.add(days...)
	}
	for night := int32(640); night < 720; night += 7 {
		panel := fitted(t, shopOf(Rules{}), p, FitDay(night))
		require.NoError(t, panel.Validate())
	}
	require.LessOrEqual(t, gapTail(400, 12, 1-1e-12), 1.0)
}

// fitted is the panel of purchases up to a day.
func fitted(t require.TestingT, tracker Tracker, p Purchases, day int32) Panel {
	m, err := tracker.fit(&p, day, nil)
	require.NoError(t, err)
	return *m.panel
}

func record(t require.TestingT, p Purchases, before *Record, night int32) *Record {
	r, err := shopOf(Rules{}).Follow(p, before, night)
	require.NoError(t, err)
	return r
}

func TestNothingDependsOnRowsOrWorkers(t *testing.T) {
	p := mixedShop(600)
	night := int32(701)
	begin := record(t, p, nil, 600)
	want := record(t, p, begin, night)
	shop := shopOf(Rules{})
	described, err := shop.Describe(p, want, nil)
	require.NoError(t, err)
	for _, shop.Workers = range []int{-1, 2, 7, 10_000} {
		got, err := shop.Follow(p, begin, night)
		require.NoError(t, err)
		require.Equal(t, want, got)
		again, err := shop.Describe(p, got, nil)
		require.NoError(t, err)
		for i := range p.Len() {
			require.Equal(t, described.Reasons(i), again.Reasons(i))
		}
	}

	order := rand.New(rand.NewPCG(5, 0)).Perm(p.Len())
	moved := p.reordered(order)
	got := record(t, moved, record(t, moved, nil, 600), night)
	require.Equal(t, want.Panel, got.Panel, "to the last bit")
	require.Equal(t, pick(want.Lives, order), got.Lives)
}

// TestFutureIsNotRead: what a night finds does not depend on what comes later.
func TestFutureIsNotRead(t *testing.T) {
	p := mixedShop(200)
	var cut Purchases
	var kept []int
	for i := range p.Len() {
		if days := p.daysOf(i, 500); len(days) > 0 {
			kept = append(kept, i)
			cut.add(days...)
			copy(cut.Spend[len(cut.Spend)-len(days):], p.spendOf(i, len(days)))
		}
	}
	want, got := record(t, p, nil, 500), record(t, cut, nil, 500)
	require.Equal(t, pick(want.Lives, kept), got.Lives)
	require.Equal(t, want.Panel, got.Panel)
}
