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
func steady(customers int) *Panel {
	p := &Panel{Shift: make([]ShiftSums, 3)}
	for range customers {
		all := months([12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5})
		p.Baskets = append(p.Baskets, all)
		for thing := range int32(2) {
			p.add(thing, months([12]int32{2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3}))
		}
	}
	return p
}

// add adds a thing of the last customer.
func (p *Panel) add(thing int32, with BasketCounts) {
	c := len(p.Baskets) - 1
	p.Shift[thing].Add(p.Baskets[c], with)
	p.Pairs = append(p.Pairs, Pair{int32(c), thing, with})
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
			p := steady(200)
			p.Baskets = append(p.Baskets, months(c.baskets))
			p.add(0, months(c.with))
			got, err := Find(p, Rules{}, 2)
			require.NoError(t, err)
			require.InDelta(t, 1, got.Inflation, 0.1)
			if c.want == nil {
				require.Empty(t, got.Lost)
				return
			}
			require.Len(t, got.Lost, 1)
			f := got.Lost[0]
			require.Equal(t, len(p.Pairs)-1, f.Pair)
			require.Less(t, f.P, 1e-4)
			require.InDelta(t, 1, f.Shift, 0.1)
			want := *c.want
			require.Equal(t, want, Loss{Window: f.Window, Before: f.Before, WithBefore: f.WithBefore, After: f.After, WithAfter: f.WithAfter})
		})
	}
}

// What everybody drops is not one customer's loss.
func TestFindOfAThingThatIsSoldNoMore(t *testing.T) {
	p := steady(0)
	for range 200 {
		p.Baskets = append(p.Baskets, months([12]int32{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}))
		p.add(0, months([12]int32{3, 2, 3, 2, 3, 2}))
	}
	got, err := Find(p, Rules{}, 1)
	require.NoError(t, err)
	require.Empty(t, got.Lost)
	require.Zero(t, got.Tested, "nobody could be found")
}

// A customer who alone buys a thing does not hide the loss by it.
func TestShiftOfOthersLeavesTheOwnOut(t *testing.T) {
	p := steady(1)
	p.add(2, months([12]int32{5, 5, 5, 5, 5, 5}))
	own := p.shiftOfOthers(p.Pairs[2], wholeWindow)
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
			p := steady(200)
			p.Parent = c.parent
			first := len(p.Pairs)
			p.Baskets = append(p.Baskets, months(even))
			p.add(0, months(stopped))
			p.add(1, months(c.sibling))
			got, err := Find(p, Rules{}, 2)
			require.NoError(t, err)
			require.Len(t, got.Lost, 1)
			want := c.wantPair
			if want != NoParent {
				want += first
			}
			require.Equal(t, []int{want}, p.Siblings(got.Lost, Rules{}))
		})
	}
}

func TestSpans(t *testing.T) {
	require.Equal(t, [Windows]int{60, 121, 182, 243, 304, 365}, Spans(731, 0.5))
	require.Equal(t, [Windows]int{0, 0, 0, 0, 0, 0}, Spans(1, 0.5))
}

func TestErrors(t *testing.T) {
	sound := func() *Panel { return steady(2) }
	for _, c := range []struct {
		spoil func(p *Panel)
		want  string
	}{
		{func(p *Panel) { p.Parent = []int32{1} }, "1 parents of 3 things"},
		{func(p *Panel) { p.Pairs[1].Customer = 9 }, "pair at index 1 (customer 9, thing 1): there are 2 customers"},
		{func(p *Panel) { p.Pairs[1].Thing = 3 }, "there are 3 things"},
		{func(p *Panel) { p.Pairs[1].Thing = 0 }, "out of order; want pairs by customer, then thing, each once"},
		{func(p *Panel) { p.Pairs[0].With.All = 61 }, "in 61 of 60 baskets"},
		{func(p *Panel) { p.Pairs[0].With.Recent[2] = 99 }, "in 99 of 15 baskets of window 2"},
		{func(p *Panel) { p.Pairs[0].With.Recent[4] = 0 }, "window 4 holds less than the shorter one"},
	} {
		p := sound()
		c.spoil(p)
		_, err := Find(p, Rules{}, 1)
		require.ErrorIs(t, err, ErrInvalid)
		require.ErrorContains(t, err, c.want)
	}
	_, err := Find(sound(), Rules{FalseDiscoveries: 1.5}, 1)
	require.EqualError(t, err, "interest: bad input: false discoveries is 1.5, want it between 0 and 1")
}
