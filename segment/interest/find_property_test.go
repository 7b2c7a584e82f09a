package interest

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/combin"
	"pgregory.net/rapid"
)

func drawNoncentral(t *rapid.T) noncentral {
	most := rapid.SampledFrom([]int{12, 60, 4000}).Draw(t, "baskets, at most")
	d := noncentral{
		First:  rapid.IntRange(0, most).Draw(t, "first"),
		Second: rapid.IntRange(0, most).Draw(t, "second"),
		Odds:   math.Exp(rapid.Float64Range(-8, 8).Draw(t, "log odds")),
	}
	d.Marked = rapid.IntRange(0, d.First+d.Second).Draw(t, "marked")
	return d
}

// Probabilities are probabilities, add up, and grow with x.
func TestNoncentralProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawNoncentral(rt)
		x := rapid.IntRange(d.least(), d.most()).Draw(rt, "x")
		below, at, above := d.tails(x)
		for _, p := range []float64{below, at, above} {
			require.True(rt, p >= 0 && p <= 1, "%v", p)
		}
		require.InDelta(rt, 1, below+at+above, 1e-12)
		if x < d.most() {
			require.GreaterOrEqual(rt, d.midLower(x+1), d.midLower(x))
		}
		require.InDelta(rt, 1, d.midLower(x)+d.midUpper(x), 1e-12)
		// What is more likely to be found and is not, is the greater loss.
		easier := d
		easier.Odds *= 1.5
		require.LessOrEqual(rt, easier.midLower(x), d.midLower(x)*(1+1e-12))
	})
}

// Odds of 1 are the hypergeometric distribution.
func TestNoncentralOfOddsOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := noncentral{First: rapid.IntRange(0, 25).Draw(rt, "first"), Second: rapid.IntRange(0, 25).Draw(rt, "second"), Odds: 1}
		d.Marked = rapid.IntRange(0, d.First+d.Second).Draw(rt, "marked")
		for x := d.least(); x <= d.most(); x++ {
			want := float64(combin.Binomial(d.First, d.Marked-x)) * float64(combin.Binomial(d.Second, x)) / float64(combin.Binomial(d.First+d.Second, d.Marked))
			_, at, _ := d.tails(x)
			require.InDelta(rt, want, at, 1e-12*want)
		}
	})
}

// drawCounts draws counts of a customer and a thing that can be true.
func drawCounts(t *rapid.T) (all, with BasketCounts) {
	add := func(days, held int32, from int) {
		all.All, with.All = all.All+days, with.All+held
		for k := from; k < Windows; k++ {
			all.Recent[k] += days
			with.Recent[k] += held
		}
	}
	for k := range Windows + 1 {
		days := rapid.Int32Range(0, 12).Draw(t, "baskets")
		add(days, rapid.Int32Range(0, days).Draw(t, "with"), k)
	}
	return all, with
}

// drawInput draws a shop of a few customers and things.
func drawInput(t *rapid.T) *Input {
	in := &Input{}
	for c := range rapid.IntRange(1, 12).Draw(t, "customers") {
		all, with := drawCounts(t)
		in.Baskets = append(in.Baskets, all)
		in.Shift = append(in.Shift, ShiftSums{})
		for thing := range 1 + c%2 {
			if with.All > 0 {
				in.Shift[thing].Add(all, with)
				in.Pairs = append(in.Pairs, Pair{int32(c), int32(thing), with})
			}
		}
	}
	return in
}

// Findings are sound, and the same for any number of workers.
func TestFindProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		in := drawInput(rt)
		rules := Rules{FalseDiscoveries: 0.9, ShareRatio: 0.9}
		one, err := Find(in, rules, 1)
		require.NoError(rt, err)
		many, err := Find(in, rules, 5)
		require.NoError(rt, err)
		require.Equal(rt, one, many)
		require.LessOrEqual(rt, len(one.Lost), one.Tested)
		for _, f := range one.Lost {
			require.True(rt, f.P > 0 && f.P <= f.Q && f.Q <= 0.9, "p %v q %v", f.P, f.Q)
			require.Less(rt, f.ShareAfter(), f.expectedShare())
			drop := f.ShareBefore() - f.ShareAfter()
			require.True(rt, f.DropLow <= drop && drop <= f.DropHigh)
			require.True(rt, f.DropLow >= -1-1e-12 && f.DropHigh <= 1+1e-12)
		}
	})
}

// One more basket without the thing never makes a loss less evident, given how
// the others moved; one more with it never more.
func TestEvidenceIsMonotone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, with := drawCounts(rt)
		if with.All == 0 {
			return
		}
		odds := math.Exp(rapid.Float64Range(-2, 2).Draw(rt, "log odds"))
		p := func(all, with BasketCounts) float64 {
			return noncentral{all.before(wholeWindow), int(all.Recent[wholeWindow]), int(with.All), odds}.midLower(int(with.Recent[wholeWindow]))
		}
		today := func(c BasketCounts) BasketCounts {
			c.All++
			for k := range c.Recent {
				c.Recent[k]++
			}
			return c
		}
		before := p(all, with)
		require.LessOrEqual(rt, p(today(all), with), before*(1+1e-12))
		require.GreaterOrEqual(rt, p(today(all), today(with)), before*(1-1e-12))
	})
}

// streaky are customers with 40 baskets, of which each one repeats the one before with
// probability streak and is otherwise drawn anew. pairs are all of them.
func streaky(t *testing.T, streak float64) (in *Input, pairs []int) {
	t.Helper()
	dice := rand.New(rand.NewPCG(3, 4))
	in = &Input{Shift: make([]ShiftSums, 1)}
	for c := range int32(4000) {
		var all, with BasketCounts
		held := false
		for basket := range 40 {
			if basket == 0 || dice.Float64() >= streak {
				held = dice.Float64() < 0.4
			}
			for k := range Windows {
				if basket >= 20 {
					all.Recent[k]++
					if held {
						with.Recent[k]++
					}
				}
			}
			all.All++
			if held {
				with.All++
			}
		}
		if with.All > 0 {
			pairs = append(pairs, len(in.Pairs))
			in.Pairs = append(in.Pairs, Pair{c, 0, with})
			in.Shift[0].Add(all, with)
		}
		in.Baskets = append(in.Baskets, all)
	}
	require.NoError(t, in.Validate())
	return in, pairs
}

func inflated(t *testing.T, streak float64) float64 {
	t.Helper()
	in, pairs := streaky(t, streak)
	return in.inflation(pairs, 2)
}

// The p-value of a finding allows for the inflation.
func TestFindingsAreDeflated(t *testing.T) {
	in, _ := streaky(t, 0.3)
	all := BasketCounts{All: 60, Recent: [Windows]int32{5, 10, 15, 20, 25, 30}}
	in.Baskets = append(in.Baskets, all)
	in.add(0, BasketCounts{All: 28})
	pair := len(in.Pairs) - 1
	got, err := Find(in, Rules{}, 1)
	require.NoError(t, err)
	require.InDelta(t, 1.3/0.7, got.Inflation, 0.2)
	at := slices.IndexFunc(got.Lost, func(l Loss) bool { return l.Pair == pair })
	require.GreaterOrEqual(t, at, 0)
	require.InEpsilon(t, deflate(in.testLoss(in.Pairs[pair]).p, got.Inflation), got.Lost[at].P, 1e-12)
}

// Streaks make counts scatter by (1 + streak)/(1 − streak) more, the variance
// factor of a chain that repeats itself; independent baskets do not.
func TestInflation(t *testing.T) {
	require.InDelta(t, 1, inflated(t, 0), 0.06)
	require.InDelta(t, 1.3/0.7, inflated(t, 0.3), 0.2) // a little less where halves meet
	require.InDelta(t, 1, deflate(1, 2), 0)
	// scipy 1.17.1: norm.cdf(norm.ppf(p)/sqrt(2))
	require.InEpsilon(t, 0.044551151453653036, deflate(0.0081, 2), 1e-10)
	require.InEpsilon(t, 2.8194694652925314e-12, deflate(1e-22, 2), 1e-10)
}

// testable keeps the smallest set that Tarone's rule asks for: no pair is left
// out that could be found were each of them tested at level/K.
func TestTestableProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		least := rapid.SliceOf(rapid.Float64Range(0, 0.3)).Draw(rt, "attainable")
		const level = 0.1
		reach := func(k int) (n int) {
			for _, p := range least {
				if p <= level/float64(k) {
					n++
				}
			}
			return n
		}
		k := 1
		for reach(k) > k {
			k++
		}
		kept := testable(least, level)
		require.Len(rt, kept, reach(k))
		require.True(rt, slices.IsSorted(kept))
		for _, i := range kept {
			require.LessOrEqual(rt, least[i], level/float64(k))
		}
	})
}

// The p-values of customers who change nothing are p-values: none is below a
// level more often than the level says. Baskets are drawn with odds that move.
func TestEvidenceOfSteadyCustomers(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	in := &Input{Shift: make([]ShiftSums, 1)}
	for range 4000 {
		var all, with BasketCounts
		share := 0.2 + 0.6*dice.Float64()
		for day := range 36 {
			odds := share / (1 - share)
			if day >= 18 {
				odds /= 2
			}
			held := dice.Float64() < odds/(1+odds)
			all.All++
			if held {
				with.All++
			}
			for k := range Windows {
				if day >= 36-3*(k+1) {
					all.Recent[k]++
					if held {
						with.Recent[k]++
					}
				}
			}
		}
		in.Baskets = append(in.Baskets, all)
		in.Shift[0].Add(all, with)
		in.Pairs = append(in.Pairs, Pair{Customer: int32(len(in.Baskets) - 1), With: with})
	}
	require.InDelta(t, 0.5, in.shiftOfOthers(in.Pairs[0], wholeWindow).odds(), 0.02)
	for _, level := range []float64{0.01, 0.05, 0.2} {
		below := 0
		for _, x := range in.Pairs {
			if x.With.All > 0 && in.testLoss(x).p <= level {
				below++
			}
		}
		share := float64(below) / float64(len(in.Pairs))
		require.Less(t, share, level+3*math.Sqrt(level/float64(len(in.Pairs))), "at %v", level)
		require.Greater(t, share, level/4, "at %v: the test should not be idle", level)
	}
}

// none is the same as a tail, also where it is summed another way.
func TestNoneProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawNoncentral(rt)
		_, want, _ := d.tails(0)
		require.InDelta(rt, want, d.none(), 1e-11*want)
	})
}
