package money_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/money"
)

// The short way gives what the long one does, whatever the size.
func TestNearestIsFromFloatOfRound(t *testing.T) {
	same := func(v float64) { require.Equal(t, money.FromFloat(money.Round(v)), money.Nearest(v), v) }
	for _, v := range []float64{0, math.Copysign(0, -1), 0.5e-6, -0.5e-6, 1e-9, 9007199254.740991, 9007199254.740992, -1e15, 1e300, math.NaN(), math.Inf(1)} {
		same(v)
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e13, 1e13).Draw(t, "v")
		require.Equal(t, money.FromFloat(money.Round(v)), money.Nearest(v))
	})
}
