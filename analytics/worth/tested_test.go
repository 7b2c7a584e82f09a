package worth

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/internal/wording"
)

// The night that chooses says how forecasts came true, whether models are blended or one is
// named.
func TestTested(t *testing.T) {
	for settings, members := range map[string]int{"": 2, "clv: {model: pareto-nbd}\n": 1} {
		c := simulated(200)
		w, n := value(t, settings, c)
		tested, why := w.Tested()
		require.Empty(t, why)
		require.NotNil(t, tested, settings)
		require.GreaterOrEqual(t, len(tested.Weights), members)
		require.LessOrEqual(t, tested.On, n.AsOf.Format("2006-01-02"))
		last := tested.Splits[len(tested.Splits)-1]
		require.Equal(t, last.Until, tested.Until)
		require.Equal(t, last.Customers, tested.Customers)
		purchases, customers := 0., int64(0)
		for _, g := range tested.ByRepeats {
			purchases, customers = purchases+g.Purchases, customers+g.Customers
		}
		require.InDelta(t, last.Purchases, purchases, 0)
		require.Equal(t, tested.Customers, customers)
		ahead := 0.
		for _, p := range tested.Tracking {
			if p.Foretold {
				ahead += p.Purchases
			}
		}
		require.InDelta(t, last.Purchases, ahead, 1e-9)
		money := 0.
		for _, d := range tested.Deciles {
			money += *d.Money
		}
		require.InDelta(t, *last.Money, money, 1e-6)
	}
}

// A night on which nothing is chosen hands on what the night before said, and why it said
// nothing.
func TestProofIsHandedOn(t *testing.T) {
	for _, said := range []*publication.Evidence{{Tested: &publication.Tested{On: "2024-06-02"}}, {Untested: "too few"}} {
		f := nighttest.Frame(t, tonight, "")
		f.Previous = known(t, &f, "2024-06-02")
		f.Previous.Evidence = said
		c, err := chooser{night.Context{Frame: f}, 1}.choose()
		require.NoError(t, err)
		require.Equal(t, proof{said.Tested, wording.Words(said.Untested)}, c.proof)
	}
	f := nighttest.Frame(t, tonight, "")
	f.Previous = known(t, &f, "2024-06-02") // by a version that wrote none
	c, err := chooser{night.Context{Frame: f}, 1}.choose()
	require.NoError(t, err)
	require.Nil(t, c.proof.tested)
	require.Equal(t, wording.Of("model.kept_no_proof"), c.proof.why)
}

// There is a reason where there is no test.
func TestUntested(t *testing.T) {
	tested, why := (*Result)(nil).Tested()
	require.Nil(t, tested)
	require.Equal(t, "clv is off", why.String())

	w := &Result{models: models{refused: wording.Words("nobody came back")}}
	_, why = w.Tested()
	require.Equal(t, "nobody came back", why.String())
}
