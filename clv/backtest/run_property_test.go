package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func run(t testing.TB, h History, o Options) *Report {
	t.Helper()
	r, err := Run(h, o)
	require.NoError(t, err)
	return r
}

// The report has the same bits for any order of the customers and any number of
// workers.
func TestRunSameBits(t *testing.T) {
	h, o := mbgTruth.history(3, 1500), mbgTruth.options("bg-nbd", "mbg-nbd")
	want := run(t, h, o)
	for _, workers := range []int{0, 1, 3} {
		o.Workers = workers
		got := run(t, h.shuffled(uint64(workers)), o)
		require.Equal(t, want.text(), got.text())
		require.Equal(t, want.Choose().Why, got.Choose().Why)
	}
}

// A customer born after the last origin changes counts and nothing else; what
// comes after today changes nothing at all.
func TestRunNewborn(t *testing.T) {
	h, o := bgTruth.history(4, 400), bgTruth.options("mbg-nbd")
	want := run(t, h, o)

	later := append(h.customers(), []int32{o.Today + 1}, nil)
	later[0] = append(later[0][:len(later[0]):len(later[0])], o.Today+1, o.Today+9)
	require.Equal(t, want.text(), run(t, historyOf(later...), o).text())

	got := run(t, historyOf(append(h.customers(), []int32{o.Today})...), o)
	require.InDelta(t, 401, got.Customers, 0)
	for i := range got.Splits {
		require.InDelta(t, want.Splits[i].BornAfter+1, got.Splits[i].BornAfter, 0)
		got.Splits[i].BornAfter--
	}
	got.Customers--
	require.Equal(t, want.text(), got.text())
}

// Every customer twice changes no mean, and doubles every total.
func TestRunTwofold(t *testing.T) {
	h, o := bgTruth.history(5, 400), bgTruth.options("mbg-nbd")
	one, two := run(t, h, o), run(t, historyOf(append(h.customers(), h.customers()...)...), o)
	for i, v := range two.Splits {
		f, g := one.Splits[i].Models[0], v.Models[0]
		require.InDelta(t, 2*f.Actual, g.Actual, 0)
		require.InEpsilon(t, 2, g.Expected/f.Expected, 1e-6) // two climbs to one summit
		require.InEpsilon(t, f.RMSE, g.RMSE, 1e-6)
		require.InEpsilon(t, f.Gini, g.Gini, 1e-6)
		require.InEpsilon(t, f.Spearman, g.Spearman, 1e-6)
		require.InEpsilon(t, f.LogScore, g.LogScore, 1e-6)
		require.InEpsilon(t, f.Coverage.TieSplit, g.Coverage.TieSplit, 1e-6)
	}
}

// All times a week later are the same shop a week later.
func TestRunLater(t *testing.T) {
	h, o := bgTruth.history(6, 300), bgTruth.options("mbg-nbd")
	want := run(t, h, o)
	moved := historyOf(h.customers()...)
	for i := range moved.Days {
		moved.Days[i] -= 10_000
	}
	o.Today -= 10_000
	got := run(t, moved, o)
	require.Equal(t, want.FirstDay-10_000, got.FirstDay)
	for i, v := range got.Splits {
		require.Equal(t, want.Splits[i].Origin-10_000, v.Origin)
		require.InDelta(t, want.Splits[i].Models[0].LogScore, v.Models[0].LogScore, 0)
	}
}

// FuzzRun looks for a history that breaks the backtest: each byte is the gap to
// the customer's next purchase, 0 ends a customer.
func FuzzRun(f *testing.F) {
	f.Add([]byte{1, 3, 0, 2, 50, 60, 0, 0, 9}, int32(120), int32(0))
	f.Add([]byte{255}, int32(255), int32(1))
	f.Fuzz(func(t *testing.T, gaps []byte, today, holdout int32) {
		var all [][]int32
		var days []int32
		now := int32(0)
		for _, gap := range gaps {
			if now += int32(gap); gap > 0 {
				days = append(days, now)
				continue
			}
			all, days, now = append(all, days), nil, 0
		}
		o := Options{Today: today % 4000, UnitDays: 7, Models: []string{"mbg-nbd"}, Holdout: holdout % 1000}
		r, err := Run(historyOf(append(all, days)...), o)
		if err != nil {
			require.ErrorIs(t, err, ErrOptions)
			return
		}
		c := r.Choose()
		require.Equal(t, []Weight{{"mbg-nbd", 1}}, c.Weights)
		require.Equal(t, c.Refused, c.Reason.String() != "")
		require.NotEmpty(t, c.Why.String())
	})
}
