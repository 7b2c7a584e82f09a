package simulate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
	"clientele/simulate"
)

// Every model that can be fitted can be simulated, so that its fit can be tried on a
// known truth.
func TestEveryModelCanBeSimulated(t *testing.T) {
	require.ElementsMatch(t, clv.ModelNames(), simulate.Models())
}
