package backtest

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

func TestHistoryValidate(t *testing.T) {
	for _, c := range []struct {
		name string
		h    History
		want string
	}{
		{"empty", History{}, "start is empty, expected at least the 0 that begins it"},
		{"late start", History{Start: []int64{1, 2}, Days: []int32{1, 2}}, "start runs from 1 to 2, expected from 0 to the 2 days"},
		{"short end", History{Start: []int64{0, 1}, Days: []int32{1, 2}}, "start runs from 0 to 1, expected from 0 to the 2 days"},
		{"descent", History{Start: []int64{0, 2, 1, 2}, Days: []int32{1, 2}}, "customer 1: start goes from 2 to 1, expected an ascent up to 2"},
		{"overshoot", History{Start: []int64{0, 3, 2}, Days: []int32{1, 2}}, "customer 0: start goes from 0 to 3, expected an ascent up to 2"},
		{"days descend", historyOf([]int32{5}, []int32{3, 2}), "customer 1: day 2 follows day 3, expected ascending and distinct days"},
		{"day twice", historyOf([]int32{3, 3}), "customer 0: day 3 follows day 3, expected ascending and distinct days"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Run(c.h, bgTruth.options("bg-nbd"))
			require.ErrorIs(t, err, ErrHistory)
			require.EqualError(t, err, "not a history of purchases: "+c.want)
		})
	}
	require.NoError(t, historyOf().Validate())
	require.NoError(t, historyOf(nil, []int32{-4, 0, 9}, nil).Validate())
}

func TestShopOrder(t *testing.T) {
	s := newShop(historyOf([]int32{2, 9}, nil, []int32{-3}, []int32{2}, []int32{2, 5, 99}, []int32{2, 5}, []int32{40}), 30)
	require.Equal(t, []buyers{
		{days: []int32{-3}, customers: 1}, {days: []int32{2}, customers: 1}, {days: []int32{2, 5}, customers: 2}, {days: []int32{2, 9}, customers: 1},
	}, s.buyers)
	require.InDelta(t, 5, s.customers, 0)
	require.EqualValues(t, -3, s.firstDay())
	require.InDelta(t, 3, s.medianGap(), 0, "of 3, 3 and 7")
	for day, want := range map[int32]int{-4: 0, -3: 1, 1: 1, 2: 4, 30: 4} {
		require.Equal(t, want, s.bornBy(day), "by day %d", day)
	}
}

// A purchase on the origin is known, the day after it is not, and the day after
// the holdout is nobody's.
func TestSampleEdges(t *testing.T) {
	s := newShop(historyOf(
		[]int32{0, 10, 11, 24, 25}, // x 1, t_x 10, t 10, then 2
		[]int32{10},                // x 0, t 0, nothing
		[]int32{11, 12},            // born after
		[]int32{10, 14},            // x 0, t 0, then 1
	), 30)
	k := s.newSample(10, 14, 7)
	require.Equal(t, clv.Panel{
		X: []float64{0, 1}, TX: []float64{0, 10. / 7}, T: []float64{0, 10. / 7}, Weight: []float64{2, 1},
		LnGaps: []float64{0, math.Log(10) - math.Log(7)},
	}, k.rows)
	require.Equal(t, []cell{{0, 0, 1}, {0, 1, 1}, {1, 2, 1}}, k.cells)
	require.Equal(t, []int32{0, 2, 3}, k.cellsOf)
	require.Equal(t, []int32{2, 0, 1}, k.cellOf)
	require.InDelta(t, 2, k.horizon, 0)
	require.Equal(t, []float64{3, 1, 1, 1, 3}, []float64{k.customers, k.bornAfter, k.repeaters, k.repeats, k.actual})
}

// Customers alike are one row, and count as many as they are in every sum.
func TestSampleCountsCustomers(t *testing.T) {
	s := newShop(historyOf(
		[]int32{0, 5, 10, 20, 21}, []int32{0, 5, 10, 20, 21}, []int32{0, 5, 10, 20, 21}, // x 2, then 2
		[]int32{3}, []int32{3}, // x 0, then none
		[]int32{3, 15, 18, 19}, []int32{3, 15, 18, 19}, // x 0, then 3
		[]int32{30}, // born after
	), 40)
	k := s.newSample(10, 14, 1)
	require.Equal(t, []float64{4, 3}, k.rows.Weight)
	require.Equal(t, []cell{{0, 0, 2}, {0, 3, 2}, {1, 2, 3}}, k.cells)
	require.InDeltaSlice(t, []float64{0, 2 * math.Log(5)}, k.rows.LnGaps, 1e-15)
	require.Equal(t, []float64{7, 1, 3, 6, 12}, []float64{k.customers, k.bornAfter, k.repeaters, k.repeats, k.actual})
}

func TestOptionsValidate(t *testing.T) {
	_, err := Run(historyOf([]int32{1}), Options{
		Today: 100, Models: []string{"bgnbd", "bg-nbd", "bg-nbd"}, Origins: []int32{60, 60, 98}, Holdout: 3,
	})
	require.ErrorIs(t, err, ErrOptions)
	for _, part := range []string{
		"bad options: unit of 0 days, expected a number above 0; ",
		`unknown model "bgnbd"; expected one of ` + strings.Join(clv.ModelNames(), ", "),
		`; model "bg-nbd" is there twice; `,
		"origin 60 follows 60, expected ascending days; ",
		"a holdout of 3 days after origin 98 ends after day 100, the last observed",
	} {
		require.ErrorContains(t, err, part)
	}
	require.ErrorContains(t, Options{UnitDays: 1, Holdout: -1}.Validate(), "no model to test, expected some of "+strings.Join(clv.ModelNames(), ", "))
	require.ErrorContains(t, Options{UnitDays: 1, Holdout: -1}.Validate(), "holdout of -1 days, expected at least 1, or 0 to have it chosen")
	require.ErrorContains(t, Options{UnitDays: 1, Origins: []int32{0}}.Validate(), "a holdout of 1 days after origin 0 ends after day 0")
}
