package special

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireClose wants got within a share of want.
func requireClose(t *testing.T, want, got, tolerance float64, what ...any) {
	t.Helper()
	require.InDelta(t, want, got, tolerance*math.Abs(want), what...)
}
