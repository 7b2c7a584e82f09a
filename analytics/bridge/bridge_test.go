package bridge_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/bridge"
	"clientele/analytics/explain"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
	"clientele/simulate"
)

// nights publishes two nights of a small simulated shop, a quarter apart.
func nights(t *testing.T) (night, before *publication.Publication) {
	t.Helper()
	folder := t.TempDir()
	o, err := simulate.Preset(simulate.Shop)
	require.NoError(t, err)
	o.Customers, o.Mess = 100, 0
	f, err := os.Create(filepath.Join(folder, "shop.csv"))
	require.NoError(t, err)
	_, err = simulate.WriteCSV(t.Context(), f, nil, o)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	text, err := os.ReadFile("../../testdata/shop.yaml")
	require.NoError(t, err)
	path := filepath.Join(folder, "shop.yaml")
	require.NoError(t, os.WriteFile(path, text, 0o666))
	for _, day := range []string{"2026-03-31", "2026-06-30"} {
		noClock := func() time.Time { panic("the job names the night") }
		j, err := job.Load(path, []string{"as_of=" + day}, noClock)
		require.NoError(t, err)
		r, err := analytics.Run(t.Context(), j, analytics.Options{})
		require.NoError(t, err)
		before = night
		night, err = publication.Open(r.Path)
		require.NoError(t, err)
	}
	return night, before
}

// The lines add up to the cent, and are the sums of what explain says of each customer, who
// goes from one night to the other in the same steps. explain values a customer again by
// prices and orders; the bridge by what the models expect. Where an order costs something
// the two differ a little.
func TestBridgeIsTheSumOfCustomers(t *testing.T) {
	if testing.Short() {
		t.Skip("publishes two nights")
	}
	night, before := nights(t)
	e, err := bridge.Of(night, before)
	require.NoError(t, err)
	require.False(t, e.Sampled)
	require.False(t, e.Unsplit)
	sum := e.Before
	found := map[bridge.Cause]float64{}
	for _, l := range e.Lines {
		sum = sum.Plus(l.Amount)
		found[l.Cause] += l.Amount.Float()
	}
	require.Equal(t, e.After.String(), sum.String())
	require.Equal(t, night.Equity.Value, e.After)

	want := explained(t, night)
	total := e.Before.Float()
	for cause, amount := range want {
		t.Log(cause, amount, found[cause])
		require.InDelta(t, amount, found[cause], 0.01*total, cause)
	}
}

// explained sums up what explain says of each customer of a night, by the causes of a bridge.
func explained(t *testing.T, night *publication.Publication) map[bridge.Cause]float64 {
	t.Helper()
	sums := map[bridge.Cause]money.Amount{}
	as := map[explain.Cause]bridge.Cause{
		explain.Corrected: bridge.Corrected, explain.Time: bridge.Time, explain.Bought: bridge.Bought, explain.Returned: bridge.Returned,
		explain.Model: bridge.Model, explain.Spend: bridge.Model, explain.Prices: bridge.Model, explain.Rest: bridge.Model, explain.Unsplit: bridge.Model,
	}
	state, err := night.ReadStateColumns()
	require.NoError(t, err)
	for _, id := range state.ID {
		c, err := explain.Of(night, id)
		require.NoError(t, err)
		if c.Change.Unknown == explain.NewCustomer {
			v, has := c.Columns.Number(column.FutureValue)
			require.True(t, has)
			sums[bridge.New] = sums[bridge.New].Plus(money.FromFloat(v))
			continue
		}
		for _, p := range c.Change.Parts {
			sums[as[p.Cause]] = sums[as[p.Cause]].Plus(p.FutureValue)
		}
	}
	out := map[bridge.Cause]float64{}
	for cause, a := range sums {
		out[cause] = a.Float()
	}
	return out
}

// A night without customer equity has no bridge.
func TestNoBridgeWithoutEquity(t *testing.T) {
	_, err := bridge.Of(&publication.Publication{}, &publication.Publication{})
	require.ErrorIs(t, err, bridge.ErrNone)
}
