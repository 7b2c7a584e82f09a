package backtest

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Four customers at an origin on day 10, with a holdout up to day 24, of a shop watched up
// to day 30:
//
//   - a bought on days 0, 4, 12 and 20; what was bought on day 4 came back on day 11, and
//     what was bought on day 20 on day 22. By day 10 nothing had come back: x 1, t_x 4,
//     t 10. Ahead are days 12 and 20, of which day 20 is no purchase: 1.
//   - b bought on days 2 and 6; the purchase of day 2 came back on day 9: the first purchase
//     that is known on day 10 is that of day 6, x 0, t 4. Nothing ahead.
//   - c bought on day 3, which came back on day 5, and on day 18: nobody's customer on
//     day 10, and born later.
//   - d bought on day 1, which came back on day 40, after the shop was last seen: x 0, t 9.
func handWorked() History {
	h := historyOf([]int32{0, 4, 12, 20}, []int32{2, 6}, []int32{3, 18}, []int32{1})
	h.Gone = []int32{Stands, 11, Stands, 22, 9, Stands, 5, Stands, 40}
	h.Spend = []float64{10, 0, 30, 1, 0, 7, 0, 5, 0}
	// Of day 0 a part of 2 came back on day 13; of day 20 the shop kept 1.
	h.Returns = []Return{{0, 13, 2}, {1, 11, 20}, {3, 22, 9}, {4, 9, 8}, {6, 5, 6}, {8, 40, 3}}
	return h
}

func TestSplitsKnowWhatHadComeBack(t *testing.T) {
	require.NoError(t, handWorked().Validate())
	s := newShop(handWorked(), 30)
	k := s.newSample(10, 14, 1)
	require.Equal(t, []float64{0, 0, 1}, k.rows.X)
	require.Equal(t, []float64{0, 0, 4}, k.rows.TX)
	require.Equal(t, []float64{4, 9, 10}, k.rows.T)
	require.Equal(t, []cell{{0, 0, 1}, {1, 0, 1}, {2, 1, 1}}, k.cells)
	require.Equal(t, []float64{3, 1, 1, 1, 1}, []float64{k.customers, k.bornAfter, k.repeaters, k.repeats, k.actual})
	require.InDelta(t, 4, s.customers, 0)
	require.EqualValues(t, 0, s.firstDay())
	require.Equal(t, []float64{1, 2}, s.cumulative(len(k.cellOf), 10, []int32{10, 24}))

	// On day 23 it is known that the purchase of day 4 was none.
	k = s.newSample(23, 7, 1)
	require.Equal(t, []float64{0, 0, 0, 1}, k.rows.X)
	require.Equal(t, []float64{0, 0, 0, 12}, k.rows.TX)
	require.Equal(t, []float64{5, 17, 22, 23}, k.rows.T)

	// Of money, too, a split knows what had come back: a had 12 and 20 by day 10, as 2 and 20
	// came back later, and brought 30 ahead.
	spent, ahead := s.buyers[0].money(0, 10, 24)
	require.Equal(t, []float64{12, 20}, spent)
	require.InDelta(t, 30, ahead, 0)
	spent, _ = s.buyers[0].money(0, 13, 24)
	require.Equal(t, []float64{10, 30}, spent)
	spent, _ = s.buyers[1].money(0, 10, 24)
	require.Equal(t, []float64{3}, spent, "d: it came back after the shop was last seen")
}

// asKnownOn is a history as somebody had written it down on a day: it knows no returns.
func asKnownOn(h History, day int32) History {
	out := History{Start: []int64{0}, Spend: []float64{}}
	for i := range h.Customers() {
		for j := h.Start[i]; j < h.Start[i+1]; j++ {
			if h.Days[j] > day || h.Gone[j] <= day {
				continue
			}
			spend := h.Spend[j]
			for _, r := range h.Returns {
				if r.At == j && r.On > day {
					spend += r.Amount
				}
			}
			out.Days, out.Spend = append(out.Days, h.Days[j]), append(out.Spend, spend)
		}
		out.Start = append(out.Start, int64(len(out.Days)))
	}
	return out
}

func drawReturns(t *rapid.T) History {
	h := History{Start: []int64{0}}
	for range rapid.IntRange(1, 8).Draw(t, "customers") {
		days := rapid.SliceOfNDistinct(rapid.Int32Range(0, 40), 0, 5, rapid.ID[int32]).Draw(t, "days")
		slices.Sort(days)
		for _, day := range days {
			gone := int32(Stands)
			if rapid.Bool().Draw(t, "is gone") {
				gone = rapid.Int32Range(day, 60).Draw(t, "gone")
			}
			h.Days, h.Gone, h.Spend = append(h.Days, day), append(h.Gone, gone), append(h.Spend, float64(rapid.IntRange(0, 9).Draw(t, "spend")))
			for range rapid.IntRange(0, 2).Draw(t, "returns") {
				h.Returns = append(h.Returns, Return{int64(len(h.Days) - 1), rapid.Int32Range(day, 60).Draw(t, "on"), float64(rapid.IntRange(0, 9).Draw(t, "amount"))})
			}
		}
		h.Start = append(h.Start, int64(len(h.Days)))
	}
	return h
}

// A split fits what somebody who wrote the history down on its origin would have fitted,
// and foretells of these customers what somebody who wrote it down at the end has.
func TestSplitsAreAsWrittenDownThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawReturns(t)
		today := rapid.Int32Range(5, 50).Draw(t, "today")
		origin := rapid.Int32Range(0, today-1).Draw(t, "origin")
		holdout := rapid.Int32Range(1, today-origin).Draw(t, "holdout")
		got := newShop(h, today).newSample(origin, holdout, 1)

		then, now := asKnownOn(h, origin), asKnownOn(h, today)
		want := newShop(then, origin).newSample(origin, 0, 1)
		require.Equal(t, want.rows, got.rows)
		require.InDelta(t, want.customers, got.customers, 0)

		var actual, money, later float64
		for i := range h.Customers() {
			known := len(then.customer(i)) > 0
			if !known && len(now.customer(i)) > 0 {
				later++
			}
			for j, day := range now.customer(i) {
				if known && day > origin && day <= origin+holdout {
					actual++
					money += now.Spend[now.Start[i]+int64(j)]
				}
			}
		}
		require.InDelta(t, actual, got.actual, 0)
		require.InDelta(t, later, got.bornAfter, 0)

		var spent [][]float64
		for i, cell := range got.cellOf {
			b := newShop(h, today).buyers[i]
			for c := range b.spend {
				if cell == nobody {
					continue
				}
				had, ahead := b.money(c, origin, origin+holdout)
				spent = append(spent, had)
				money -= ahead
			}
		}
		require.InDelta(t, 0, money, 1e-9)
		var wantSpent [][]float64
		for i := range then.Customers() {
			if from, to := then.Start[i], then.Start[i+1]; from < to {
				wantSpent = append(wantSpent, then.Spend[from:to])
			}
		}
		order := func(a, b []float64) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) }
		slices.SortFunc(spent, order)
		slices.SortFunc(wantSpent, order)
		require.Equal(t, wantSpent, spent)
	})
}

// What is said of returns has to be of the days that there are.
func TestReturnsAreOfPurchases(t *testing.T) {
	for want, spoil := range map[string]func(*History){
		"it is said of 1 days when they were gone, expected of 9":              func(h *History) { h.Gone = h.Gone[:1] },
		"what was bought on day 4 came back on day 3, expected no earlier day": func(h *History) { h.Gone[1] = 3 },
		"return 5 is of purchase day 9, expected an ascent from 0 to below 9":  func(h *History) { h.Returns[5].At = 9 },
		"return 1 is of purchase day -1, expected an ascent from 0 to below 9": func(h *History) { h.Returns[1].At = -1 },
		"return 2 of -1, expected money from 0":                                func(h *History) { h.Returns[2].Amount = -1 },
	} {
		h := handWorked()
		spoil(&h)
		require.EqualError(t, h.Validate(), "not a history of purchases: "+want)
	}
}
