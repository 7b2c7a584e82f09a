package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/wording"
)

// Nobody says "1 in 1".
func TestChancesInWords(t *testing.T) {
	for _, c := range []struct {
		p      float64
		en, zh string
	}{
		{0, "hardly any such buyer returns", "此类客户几乎没有人会在9天内复购"},
		{1e-7, "hardly any such buyer returns", "此类客户几乎没有人会在9天内复购"},
		{1. / 24_321, "1 in 24000 such buyers returns", "此类客户平均每24000人中有1人会在9天内复购"},
		{0.101, "1 in 9.9 such buyers returns", "此类客户平均每9.9人中有1人会在9天内复购"},
		{0.5, "1 in 2 such buyers returns", "此类客户平均每2人中有1人会在9天内复购"},
		{0.505, "1 in 2 such buyers returns", "此类客户平均每2人中有1人会在9天内复购"},
		{0.56, "6 in 10 such buyers return", "此类客户每10人中约有6人会在9天内复购"},
		{0.949, "9 in 10 such buyers return", "此类客户每10人中约有9人会在9天内复购"},
		{0.96, "nearly all such buyers return", "此类客户几乎都会在9天内复购"},
		{0.999999, "nearly all such buyers return", "此类客户几乎都会在9天内复购"},
		{1, "nearly all such buyers return", "此类客户几乎都会在9天内复购"},
	} {
		require.Equal(t, "; "+c.en+" within 9 days", returning(wording.In("en"), c.p))
		require.Equal(t, "；"+c.zh, returning(wording.In("zh"), c.p))
	}
	rapid.Check(t, func(t *rapid.T) {
		p := math.Exp(rapid.Float64Range(-20, 0).Draw(t, "ln p"))
		for _, nonsense := range []string{"1 in 1 ", "10 in 10", "Inf", "NaN", "e+"} {
			require.NotContains(t, returning(wording.In("en"), p), nonsense)
		}
	})
}

func returning(say wording.Language, p float64) string {
	how, n := buyersReturn(p)
	return say.SayOf("reason.return", how, "n", n, "days", inDays(9))
}
