package worth

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/night/nighttest"
	"clientele/clv"
)

// Every model of purchases is blended or left out of blends for a stated reason, and the
// backtest can try each of them that purchases show. Who adds a model decides it here.
func TestEveryModelHasItsPlace(t *testing.T) {
	leftOut := map[string]string{
		"sbg":           "purchases do not show when a contract ended",
		"bg-bb":         "its time is counted in occasions",
		"ggompertz-nbd": "it costs seconds a fit and reduced to pareto-nbd in every shop tried (docs/models.md)",
	}
	blended := map[string]bool{}
	for _, name := range blendCandidates {
		base, _, err := clv.SplitVariant(name)
		require.NoError(t, err)
		blended[base] = true
	}
	testable := Testable(nighttest.Job(t, "clv: {unit: day}\n"))
	for _, name := range clv.ModelNames() {
		require.NotEqual(t, blended[name], leftOut[name] != "", "%s: put it among blendCandidates or say why not", name)
		require.Equal(t, name != "sbg", slices.Contains(testable, name), name)
	}
	for _, name := range blendCandidates {
		require.Contains(t, testable, name)
	}
}
