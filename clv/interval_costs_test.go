package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The probabilities of a customer's futures sum to 1: having left, staying without a
// purchase, and buying.
func TestProbabilitiesOfFuturesWithCosts(t *testing.T) {
	s := newSmallShop(t, 100)
	s.o.Prices = Prices{Margin: 0.3, PerOrder: 2, PerYearAlive: 3, UnitsPerYear: 52}
	p := s.predictive(t)
	scores := ScoreBlend(s.blend(), s.panel, p.ScoreOptions())
	future, work := p.newMixture(), newPathWork()
	idle := 0
	for i := range s.panel.Len() {
		p.netValue(future.set(s.panel.X[i], s.panel.T[i], scores, i), Basket{Spend: s.expected[i], Orders: 1}, work)
		sum := 0.
		for _, run := range work.runs {
			sum += float64(len(run.values)) * run.each
		}
		require.LessOrEqual(t, sum, 1+1e-12)
		require.Greater(t, sum, 0.99, "less only where no simulated future is without a purchase")
		left, none := 1-scores.PAlive[i], future.nothing
		if none > left+1e-9 {
			idle++
		}
	}
	require.Positive(t, idle, "somebody stays without a purchase")
}
