package lifecycle

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Nobody says "1 in 1".
func TestChancesInWords(t *testing.T) {
	for _, c := range []struct {
		p            float64
		chance, come string
	}{
		{0, "less than 1 in 1000000", "hardly any such buyer returns"},
		{1e-7, "less than 1 in 1000000", "hardly any such buyer returns"},
		{1. / 24_321, "1 in 24000", "1 in 24000 such buyers returns"},
		{0.101, "1 in 9.9", "1 in 9.9 such buyers returns"},
		{0.5, "1 in 2", "1 in 2 such buyers returns"},
		{0.505, "1 in 2", "1 in 2 such buyers returns"},
		{0.56, "6 in 10", "6 in 10 such buyers return"},
		{0.949, "9 in 10", "9 in 10 such buyers return"},
		{0.96, "more than 9 in 10", "nearly all such buyers return"},
		{0.999999, "more than 9 in 10", "nearly all such buyers return"},
		{1, "more than 9 in 10", "nearly all such buyers return"},
	} {
		require.Equal(t, c.chance, oneIn(c.p))
		require.Equal(t, c.come, buyersReturn(c.p))
	}
	rapid.Check(t, func(t *rapid.T) {
		p := math.Exp(rapid.Float64Range(-20, 0).Draw(t, "ln p"))
		for _, text := range []string{oneIn(p), buyersReturn(p)} {
			for _, nonsense := range []string{"1 in 1 ", "10 in 10", "Inf", "NaN", "e+"} {
				require.NotContains(t, text+" ", nonsense)
			}
			require.False(t, strings.HasSuffix(text, "1 in 1"))
		}
	})
}
