package revaluation_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/revaluation"
	"clientele/internal/money"
)

// publish does a night of the bundled shop.
func publish(t *testing.T, settings ...string) *publication.Publication {
	t.Helper()
	shop := filepath.Join("..", "..", "..", "testdata", "shop.yaml")
	j, err := job.Load(shop, append([]string{"output.dir=" + t.TempDir(), "as_of=2026-06-30"}, settings...), time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	p, err := publication.Open(r.Path)
	require.NoError(t, err)
	return p
}

// A night values its own customers as they were published, one at a time and all at once,
// whatever costs money and whatever unit time has.
func TestANightGivesItsPublishedValues(t *testing.T) {
	for name, settings := range map[string][]string{
		"blend":   nil,
		"costs":   {"clv.costs.per_order=2", "clv.costs.per_year_alive=3", "clv.margin=0.4"},
		"forever": {"clv.horizon=forever", "clv.unit=day", "clv.model=pareto-nbd"},
	} {
		t.Run(name, func(t *testing.T) {
			p := publish(t, settings...)
			n, err := revaluation.Open(p)
			require.NoError(t, err)
			require.True(t, n.Values())
			s, err := p.ReadState(column.State)
			require.NoError(t, err)
			all := make([]revaluation.History, s.Len())
			for i := range all {
				all[i] = revaluation.HistoryIn(s, i)
			}
			future, spend := s.Numbers(column.FutureValue), s.Numbers(column.ExpectedSpend)
			found := n.ExpectAll(n.Rules, all, n.Day, 2)
			for i, h := range all {
				want := money.FromFloat(future[i])
				require.Equal(t, want, n.WorthOf(n, n.Rules, found.DECT[i], found.AliveTime[i], h, spend[i]), s.ID[i])
				if i%50 == 0 {
					require.Equal(t, want, n.Future(n, h, n.Day, spend[i]), s.ID[i])
				}
			}
		})
	}
}
