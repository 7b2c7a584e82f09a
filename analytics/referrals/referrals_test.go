package referrals

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/internal/money"
)

func run(t *testing.T, settings string, worth []float64, said ...Said) *Result {
	t.Helper()
	f := nighttest.Frame(t, "2026-07-01", settings)
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h"}[:len(worth)]
	return Run(night.NewContext(f, &customers.Table{ID: ids}), Needs{Said: said, CLV: worth})
}

func values(r *Result) (v []float64) {
	for _, value := range r.Value {
		v = append(v, value.Float())
	}
	return v
}

// What b is worth goes to a, what c is worth to b, and nothing of c to a.
func TestTransferIsOfOneLevel(t *testing.T) {
	r := run(t, "", []float64{100, 50, 30}, Said{1, 0, 5}, Said{2, 1, 6})
	require.Equal(t, []float64{50, 30 - 50, -30}, values(r))
	require.EqualValues(t, 2, r.Counts().Referred)
	require.EqualValues(t, 2, r.Counts().Referrers)
	require.Equal(t, "80.00", r.Counts().Value.String())
	require.Equal(t, []float64{25, 15 - 25, -15}, values(run(t, "clv: {referral_share: 0.5}\n", []float64{100, 50, 30}, Said{1, 0, 5}, Said{2, 1, 6})))
}

func TestWhoIsBelieved(t *testing.T) {
	for _, c := range []struct {
		name string
		said []Said
		want []int
		sums [4]int64 // unknown, self, circular, several
	}{
		{"nobody", []Said{}, []int{-1, -1, -1, -1}, [4]int64{}},
		{"a stranger", []Said{{1, Unknown, 3}}, []int{-1, -1, -1, -1}, [4]int64{1, 0, 0, 0}},
		{"themselves", []Said{{1, 1, 3}}, []int{-1, -1, -1, -1}, [4]int64{0, 1, 0, 0}},
		{"the first of several", []Said{{1, 0, 5}, {1, 2, 3}}, []int{-1, 2, -1, -1}, [4]int64{0, 0, 0, 1}},
		{"of one day the first in the list", []Said{{1, 3, 5}, {1, 2, 5}}, []int{-1, 2, -1, -1}, [4]int64{0, 0, 0, 1}},
		{"a circle of two", []Said{{0, 1, 5}, {1, 0, 5}, {2, 0, 5}}, []int{-1, -1, 0, -1}, [4]int64{0, 0, 2, 0}},
		{"a circle of three with a tail", []Said{{0, 1, 5}, {1, 2, 5}, {2, 1, 5}, {3, 0, 1}}, []int{1, -1, -1, 0}, [4]int64{0, 0, 2, 0}},
	} {
		l := linksOf(4, c.said)
		require.Equal(t, c.want, l.referrer, c.name)
		sums := [4]int64{l.unknown, l.self, l.circular, l.several}
		require.Equal(t, c.sums, sums, c.name)
	}
}

// Whatever is said, credits and debits are equal, no circle is left, and the order in
// which it is said does not matter.
func TestTransferProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const size = 8
		said := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Said {
			return Said{rapid.IntRange(0, size-1).Draw(t, "customer"), rapid.IntRange(-1, size-1).Draw(t, "referrer"), rapid.Int32Range(1, 3).Draw(t, "day")}
		})).Draw(rt, "said")
		worth := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e9), size, size).Draw(rt, "worth")
		r := run(t, "", worth, append([]Said{}, said...)...)
		if len(said) == 0 {
			return
		}
		var sum money.Amount
		for _, v := range r.Value {
			sum = sum.Plus(v)
		}
		require.Equal(rt, money.Amount{}, sum)
		for i := range r.referrer {
			steps := 0
			for at := i; at != Unknown; at = r.referrer[at] {
				require.LessOrEqual(rt, steps, size, "a circle")
				steps++
			}
		}
		require.Equal(rt, r, run(t, "", worth, rapid.Permutation(said).Draw(rt, "shuffled")...))
	})
}

func TestNobodyAsks(t *testing.T) {
	f := nighttest.Frame(t, "2026-07-01", "")
	require.Nil(t, Run(night.NewContext(f, &customers.Table{}), Needs{}))
	var off *Result
	require.Nil(t, off.Counts())
}
