package interest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// months counts baskets of a history of twelve months, of which the last six
// are recent: what was bought in each month, from the first to the last.
func months(baskets [12]int32) BasketCounts {
	var c BasketCounts
	for m, n := range baskets {
		c.All += n
		for k := range Windows {
			if m >= 12-(k+1) {
				c.Recent[k] += n
			}
		}
	}
	return c
}

// steady is a panel of customers who come five times a month and each time take
// coffee (thing 0) and tea (1) with an even chance.
func steady(customers int) *Input {
	in := &Input{Shift: make([]ShiftSums, 3)}
	for range customers {
		all := months([12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5})
		in.Baskets = append(in.Baskets, all)
		for thing := range int32(2) {
			in.add(thing, months([12]int32{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}))
		}
	}
	return in
}

// add adds a thing of the last customer.
func (in *Input) add(thing int32, with BasketCounts) {
	c := len(in.Baskets) - 1
	in.Shift[thing].Add(in.Baskets[c], with)
	in.Pairs = append(in.Pairs, Pair{int32(c), thing, with})
}

func TestFind(t *testing.T) {
	even := [12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}
	for _, c := range []struct {
		name          string
		baskets, with [12]int32
		want          *Loss
	}{
		{"goes on", even, [12]int32{3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2}, nil},
		{"stopped half a year ago", even, [12]int32{3, 2, 3, 2, 3, 2}, &Loss{Window: 5, Before: 30, WithBefore: 15, After: 30}},
		{"stopped within the recent part", even, [12]int32{5, 5, 5, 5, 5, 5, 5, 5}, &Loss{Window: 3, Before: 40, WithBefore: 40, After: 20}},
		{"fell to a fifth", even, [12]int32{5, 4, 5, 4, 5, 4, 1, 1, 0, 1, 1, 1}, &Loss{Window: 5, Before: 30, WithBefore: 27, After: 30, WithAfter: 5}},
		{"fell, but to more than half", even, [12]int32{5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3}, nil},
		{"buys less of everything", [12]int32{5, 5, 5, 5, 5, 5, 0, 1, 0, 0, 1, 0}, [12]int32{3, 2, 3, 2, 3, 2}, nil},
		{"gone altogether", [12]int32{5, 5, 5, 5, 5, 5}, [12]int32{3, 2, 3, 2, 3, 2}, nil},
		{"bought rarely", even, [12]int32{1, 0, 1, 0, 1}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := steady(200)
			in.Baskets = append(in.Baskets, months(c.baskets))
			in.add(0, months(c.with))
			got, err := Find(in, Rules{}, 2)
			require.NoError(t, err)
			require.InDelta(t, 1, got.Inflation, 0.1)
			if c.want == nil {
				require.Empty(t, got.Lost)
				return
			}
			require.Len(t, got.Lost, 1)
			f := got.Lost[0]
			require.Equal(t, len(in.Pairs)-1, f.Pair)
			require.Less(t, f.P, 1e-4)
			require.InDelta(t, 1, f.Shift, 0.1)
			want := *c.want
			require.Equal(t, want, Loss{Window: f.Window, Before: f.Before, WithBefore: f.WithBefore, After: f.After, WithAfter: f.WithAfter})
		})
	}
}

// A share that fell to three fifths for sure is a finding only if the rules ask for no
// more.
func TestShareRatio(t *testing.T) {
	in := steady(200)
	daily := [12]int32{30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30}
	in.Baskets = append(in.Baskets, months(daily))
	in.add(0, months([12]int32{25, 25, 25, 25, 25, 25, 15, 15, 15, 15, 15, 15}))
	for ratio, want := range map[float64]int{0.5: 0, 0.59: 0, 0.61: 1} {
		got, err := Find(in, Rules{ShareRatio: ratio}, 1)
		require.NoError(t, err)
		require.Len(t, got.Lost, want, "at %v", ratio)
	}
}

// A share is held against what it would be had the customer gone with the others: where
// theirs rises from one in five to four, odds sixteen times as high, three of ten would
// become 4.8 of 5.5. A share that stays is less than half of that.
func TestShareIsHeldAgainstThatOfOthers(t *testing.T) {
	require.InDelta(t, 4.8/5.5, Loss{Before: 10, WithBefore: 3, Shift: 16}.expectedShare(), 1e-12)
	require.InDelta(t, 0.3, Loss{Before: 10, WithBefore: 3, Shift: 1}.expectedShare(), 1e-12)
	in := steady(0)
	for range 200 {
		in.Baskets = append(in.Baskets, months([12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}))
		in.add(0, months([12]int32{1, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4}))
	}
	in.Baskets = append(in.Baskets, months([12]int32{30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30}))
	in.add(0, months([12]int32{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}))
	got, err := Find(in, Rules{ShareRatio: 0.5}, 1)
	require.NoError(t, err)
	require.Len(t, got.Lost, 1)
	require.InDelta(t, 16, got.Lost[0].Shift, 0.2) // but for the weight of the prior
	require.InDelta(t, 0.3, got.Lost[0].ShareBefore(), 1e-12)
	require.InDelta(t, 0.3, got.Lost[0].ShareAfter(), 1e-12)
}

// What everybody drops is not one customer's loss.
func TestFindOfAThingThatIsSoldNoMore(t *testing.T) {
	in := steady(0)
	for range 200 {
		in.Baskets = append(in.Baskets, months([12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}))
		in.add(0, months([12]int32{3, 2, 3, 2, 3, 2}))
	}
	got, err := Find(in, Rules{}, 1)
	require.NoError(t, err)
	require.Empty(t, got.Lost)
	require.Zero(t, got.Tested, "nobody could be found")
}

// A customer who alone buys a thing does not hide the loss by it.
func TestShiftOfOthersLeavesTheOwnOut(t *testing.T) {
	in := steady(1)
	in.add(2, months([12]int32{5, 5, 5, 5, 5, 5}))
	own := in.shiftOfOthers(in.Pairs[2], wholeWindow)
	require.InDelta(t, 1, own.odds(), 1e-12)
	require.InDelta(t, math.Sqrt(2+unevenness*unevenness), own.sd, 1e-12)
}

func TestSiblings(t *testing.T) {
	even := [12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}
	stopped, begun := [12]int32{3, 2, 3, 2, 3, 2}, [12]int32{0, 0, 0, 0, 0, 0, 2, 3, 2, 3, 2, 3}
	for _, c := range []struct {
		name     string
		parent   []int32
		sibling  [12]int32
		wantPair int // counted from the customer's first
	}{
		{"moved to a sibling", []int32{7, 7, 8}, begun, 1},
		{"the sibling is of another category", []int32{7, 8, 8}, begun, NoParent},
		{"products without a category have no siblings", []int32{NoParent, NoParent, NoParent}, begun, NoParent},
		{"the sibling did not rise", []int32{7, 7, 8}, [12]int32{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}, NoParent},
		{"no categories", nil, begun, NoParent},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := steady(200)
			in.Parent = c.parent
			first := len(in.Pairs)
			in.Baskets = append(in.Baskets, months(even))
			in.add(0, months(stopped))
			in.add(1, months(c.sibling))
			got, err := Find(in, Rules{}, 2)
			require.NoError(t, err)
			require.Len(t, got.Lost, 1)
			want := c.wantPair
			if want != NoParent {
				want += first
			}
			require.Equal(t, []int{want}, in.Siblings(got.Lost, Rules{}))
		})
	}
}

// The level of a sibling's rise is divided by the number of siblings.
func TestSiblingsAreCorrectedForTheirNumber(t *testing.T) {
	even := [12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}
	still := [12]int32{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}
	in := steady(200)
	in.Shift = append(in.Shift, ShiftSums{})
	in.Parent = []int32{7, 7, 7, 7}
	lost := len(in.Pairs)
	in.Baskets = append(in.Baskets, months(even))
	in.add(0, months([12]int32{3, 2, 3, 2, 3, 2}))
	in.add(1, months([12]int32{1, 1, 2, 1, 1, 2, 3, 2, 3, 2, 3, 2}))
	in.add(2, months(still))
	in.add(3, months(still))
	loss := []Loss{{Pair: lost, Window: wholeWindow}}
	p := in.rise(in.Pairs[lost+1], wholeWindow)
	require.Less(t, p, in.rise(in.Pairs[lost+2], wholeWindow))
	require.Equal(t, []int{NoParent}, in.Siblings(loss, Rules{SiblingAlpha: 2.99 * p}), "significant alone, but not among three")
	require.Equal(t, []int{lost + 1}, in.Siblings(loss, Rules{SiblingAlpha: 3.01 * p}))
}

func TestSpans(t *testing.T) {
	require.Equal(t, [Windows]int{60, 121, 182, 243, 304, 365}, Spans(731, 0.5))
	require.Equal(t, [Windows]int{0, 0, 0, 0, 0, 0}, Spans(1, 0.5))
}

func TestErrors(t *testing.T) {
	sound := func() *Input { return steady(2) }
	for _, c := range []struct {
		spoil func(in *Input)
		want  string
	}{
		{func(in *Input) { in.Parent = []int32{1} }, "1 parents of 3 things"},
		{func(in *Input) { in.Pairs[1].Customer = 9 }, "pair at index 1 (customer 9, thing 1): there are 2 customers"},
		{func(in *Input) { in.Pairs[1].Thing = 3 }, "there are 3 things"},
		{func(in *Input) { in.Pairs[1].Thing = 0 }, "out of order; want pairs by customer, then thing, each once"},
		{func(in *Input) { in.Pairs[0].With.All = 61 }, "in 61 of 60 baskets"},
		{func(in *Input) { in.Pairs[0].With.Recent[2] = 99 }, "in 99 of 15 baskets of window 2"},
		{func(in *Input) { in.Pairs[0].With.Recent[4] = 0 }, "window 4 holds less than the shorter one"},
	} {
		in := sound()
		c.spoil(in)
		_, err := Find(in, Rules{}, 1)
		require.ErrorIs(t, err, ErrInvalid)
		require.ErrorContains(t, err, c.want)
	}
	_, err := Find(sound(), Rules{FalseDiscoveries: 1.5}, 1)
	require.EqualError(t, err, "interest: bad input: false discoveries is 1.5, want it between 0 and 1")
}

// The p-value of a loss is twice the smaller one of two tests, each averaged over the
// shift of the others: here by a sum over binomial coefficients, integrated in small
// steps.
func TestLossByIntegration(t *testing.T) {
	even := [12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}
	choose := func(n, k int) float64 {
		if k < 0 || k > n {
			return 0
		}
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return math.Exp(a - b - c)
	}
	for _, c := range []struct {
		name   string
		with   [12]int32
		window int // whose test counts
		midP   bool
	}{
		{"fewer", [12]int32{3, 2, 3, 2, 3, 2, 1, 0, 1, 0, 0, 1}, 5, true},
		{"none since the window began", [12]int32{3, 2, 3, 2, 3, 2}, 5, true}, // the half of a mid-p value is less
		{"none within a shorter window", [12]int32{4, 4, 4, 4, 4, 4, 4, 4}, 3, false},
	} {
		in := steady(200)
		in.Baskets = append(in.Baskets, months(even))
		in.add(0, months(c.with))
		x := in.Pairs[len(in.Pairs)-1]
		first, second := in.Baskets[x.Customer].before(c.window), int(in.Baskets[x.Customer].Recent[c.window])
		marked, found := int(x.With.All), int(x.With.Recent[c.window])
		p := func(odds float64) float64 {
			var at, below, sum float64
			for y := range marked + 1 {
				w := choose(first, marked-y) * choose(second, y) * math.Pow(odds, float64(y))
				sum += w
				if y == found {
					at = w
				} else if y < found {
					below += w
				}
			}
			if c.midP {
				at /= 2
			}
			return (below + at) / sum
		}
		s, want, weights := in.shiftOfOthers(x, c.window), 0.0, 0.0
		for z := -8.0; z <= 8; z += 1. / 64 {
			w := math.Exp(-z * z / 2)
			want += w * p(math.Exp(s.mean+s.sd*z))
			weights += w
		}
		got := in.testLoss(x)
		require.InEpsilon(t, 2*want/weights, got.p, 1e-6, c.name)
		require.Equal(t, c.window, got.window, c.name)
	}
	in := steady(200)
	require.InDelta(t, 1, in.testLoss(in.Pairs[0]).p, 0.1)
	in.Baskets = append(in.Baskets, months(even))
	in.add(0, months([12]int32{2, 3, 2, 3, 2, 3, 5, 5, 5, 5, 5, 5}))
	require.InDelta(t, 1, in.testLoss(in.Pairs[len(in.Pairs)-1]).p, 0, "more than before: never above 1")
}
