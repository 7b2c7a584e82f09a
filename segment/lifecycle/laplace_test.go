package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLaplace by hand: events at 1, 2, 3 and 4 of 10 have mean 2.5, and
// (2.5 − 5)/(10/√48) = −√3.
func TestLaplace(t *testing.T) {
	require.InDelta(t, -math.Sqrt(3), laplace(4, 10, 10, 1), 1e-14)
	require.InDelta(t, -math.Sqrt(6), laplace(4, 10, 10, 2), 1e-14, "regular events count for more")
	require.Zero(t, laplace(4, 20, 10, 1), "in the middle on the whole")
	require.Zero(t, laplace(0, 0, 10, 1))
	require.InDelta(t, 0.0416322583, normalCDF(-math.Sqrt(3)), 1e-10) // Φ(−√3)
}
