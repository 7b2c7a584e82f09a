package whatif_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/whatif"
)

// A change has a sign and a unit, a number that something is to be has neither.
func TestMovesAreRead(t *testing.T) {
	for of, texts := range map[string][]string{
		whatif.Retention:   {"+5%", "-5%", "+1pt", "-2.5pt", "0.8", ".8", "0"},
		whatif.Frequency:   {"+10%", "-10%", "+150%"},
		whatif.Margin:      {"+5%", "+1pt", "0.35"},
		whatif.Acquisition: {"-20%", "12.50", "0"},
		whatif.Discount:    {"0.08", "-1pt", "+5%"},
	} {
		for _, text := range texts {
			m, err := whatif.ParseMove(of, text)
			require.NoError(t, err, "%s %s", of, text)
			require.True(t, m.Some())
			require.Equal(t, text, m.Asked)
		}
	}
	none, err := whatif.ParseMove(whatif.Retention, "")
	require.NoError(t, err)
	require.False(t, none.Some())
}

func TestWrongMovesAreRefused(t *testing.T) {
	for of, texts := range map[string][]string{
		whatif.Retention:   {"5%", "+5", "+5 %", "1", "80%", "+100pt", "-100%", "five", "+0%", "1e-3", "NaN", "--5%"},
		whatif.Frequency:   {"1.1", "+1pt", "-100%", "+20000%"},
		whatif.Margin:      {"1.2", "40%"},
		whatif.Acquisition: {"+1pt", "-5"},
		whatif.Discount:    {"8%", "8"},
	} {
		for _, text := range texts {
			_, err := whatif.ParseMove(of, text)
			require.ErrorContains(t, err, "--"+of+": ", text)
			require.ErrorContains(t, err, "is no change of it; want ", text)
		}
	}
}
