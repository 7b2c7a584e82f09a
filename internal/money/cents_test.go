package money_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/money"
)

// Amounts in cents add up to the cents of the sum, and each is off by a cent at most.
func TestCentsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		micros := rapid.SliceOfN(rapid.Int64Range(-1e12, 1e12), 1, 9).Draw(t, "micros")
		var all []money.Amount
		var sum money.Amount
		for _, n := range micros {
			a := money.FromFloat(float64(n) / 1e6)
			all, sum = append(all, a), sum.Plus(a)
		}
		total := 0.
		for i, c := range money.Shown(all) {
			require.InDelta(t, all[i].Float(), c, 0.01+1e-9)
			total += math.Round(c * 100)
		}
		require.InDelta(t, math.Round(sum.Float()*100), total, 0)
	})
}
