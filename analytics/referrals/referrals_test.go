package referrals

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication/column"
	"clientele/internal/forest"
	"clientele/internal/money"
)

// chain is c, brought by b, brought by a.
var chain = []forest.Said{{Node: 1, Above: 0, Day: 5}, {Node: 2, Above: 1, Day: 6}}

func run(t *testing.T, settings string, rule *job.Referral, worth []float64, said ...forest.Said) *Result {
	t.Helper()
	f := nighttest.Frame(t, "2026-07-01", settings)
	f.Job.Referral = rule
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h"}[:len(worth)]
	return Run(night.NewContext(f, &customers.Table{ID: ids}), Needs{Said: said, CLV: worth})
}

func values(r *Result) (v []float64) {
	for i := range r.Credit {
		v = append(v, r.Credit[i].Minus(r.Debit[i]).Float())
	}
	return v
}

func TestTransfer(t *testing.T) {
	worth := []float64{100, 50, 30}
	r := run(t, "", nil, worth, chain...)
	require.Equal(t, []float64{50, 30 - 50, -30}, values(r), "of what c is worth nothing goes to a")
	require.EqualValues(t, 2, r.Counts().Referred)
	require.EqualValues(t, 2, r.Counts().Referrers)
	require.Equal(t, "80.00", r.Counts().Value.String())
	require.Nil(t, r.Counts().Steps)
	require.NotContains(t, r.Columns(), column.ReferralCredit)
	require.Equal(t, []float64{25, 15 - 25, -15}, values(run(t, "clv: {referral_share: 0.5}\n", nil, worth, chain...)))
}

// Two steps up: of c's 30 a half goes to b, and a quarter to a.
func TestTransferOfTwoSteps(t *testing.T) {
	r := run(t, "", &job.Referral{Share: 0.5, Depth: 2}, []float64{100, 50, 30}, chain...)
	require.Equal(t, []float64{25 + 7.5, 15 - 25, -15 - 7.5}, values(r))
	require.Equal(t, []int64{2, 1, 0}, r.Below)
	c := r.Counts()
	require.Equal(t, "47.50", c.Value.String())
	require.EqualValues(t, 2, c.Referred)
	require.Len(t, c.Steps, 2)
	require.EqualValues(t, 1, c.Steps[1].Customers)
	require.InDelta(t, 0.25, c.Steps[1].Share, 0)
	require.Equal(t, "7.50", c.Steps[1].Value.String())
	require.Contains(t, r.Columns(), column.ReferralCredit)
	require.Contains(t, r.Columns(), column.ReferredCustomers)
}

// Whatever is said, credits and debits are equal, and a walk from each customer up finds
// what each of those above is credited with.
func TestTransferProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const size = 8
		said := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forest.Said {
			return forest.Said{
				Node: rapid.IntRange(0, size-1).Draw(t, "customer"), Above: rapid.IntRange(-1, size-1).Draw(t, "referrer"), Day: rapid.Int32Range(1, 3).Draw(t, "day"),
			}
		}), 1, 20).Draw(rt, "said")
		worth := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e9), size, size).Draw(rt, "worth")
		share, depth := rapid.Float64Range(0, 0.5).Draw(rt, "share"), rapid.IntRange(1, 5).Draw(rt, "depth")
		r := run(t, "", &job.Referral{Share: share, Depth: depth}, worth, said...)

		above := forest.Decide(size, said, forest.First).Above
		want := make([]money.Amount, size)
		for i := range size {
			part := 1.0
			for at, steps := above[i], 1; at != forest.None && steps <= depth; at, steps = above[at], steps+1 {
				part *= share
				amount := money.FromFloat(part * worth[i])
				want[at], want[i] = want[at].Plus(amount), want[i].Minus(amount)
			}
		}
		var sum money.Amount
		for i := range size {
			value := r.Credit[i].Minus(r.Debit[i])
			require.InDelta(rt, want[i].Float(), value.Float(), 1e-5) // share to the k-th by another way
			sum = sum.Plus(value)
		}
		require.Equal(rt, money.Amount{}, sum)
	})
}

func TestNobodyAsks(t *testing.T) {
	f := nighttest.Frame(t, "2026-07-01", "")
	require.Nil(t, Run(night.NewContext(f, &customers.Table{}), Needs{}))
	var off *Result
	require.Nil(t, off.Counts())
}
