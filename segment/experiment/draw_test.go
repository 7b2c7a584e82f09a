package experiment

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Values by Python: (int.from_bytes(hmac.digest(seed, experiment+b"\0"+id, "sha256")[:8],
// "big") >> 11) / 2**53.
func TestDrawReference(t *testing.T) {
	for _, c := range []struct {
		seed, experiment, id string
		want                 float64
	}{
		{"shop", "holdout", "17850", 0.1199800958445969},
		{"shop", "win-back", "17850", 0.4285062368959076},
		{"", "a", "b", 0.3722616070297313},
		{"种子", "活动", "客户", 0.07064736389030446},
	} {
		require.Equal(t, c.want, Draw(c.seed, c.experiment, c.id)) //nolint:testifylint // the same bits are asked for
	}
}

// Of many customers the draws are even, and those of two experiments, of two seeds and of
// neighbouring ids have nothing to do with each other: correlations of n independent pairs
// have a standard error of 1/sqrt(n).
func TestDrawIsEven(t *testing.T) {
	const n = 20_000
	draws := func(seed, experiment string) []float64 {
		all := make([]float64, n)
		for i := range all {
			all[i] = Draw(seed, experiment, strconv.Itoa(i))
		}
		return all
	}
	one := draws("shop", "one")
	tenths := [10]float64{}
	for _, u := range one {
		require.True(t, u >= 0 && u < 1)
		tenths[int(10*u)]++
	}
	chi2 := 0.0
	for _, count := range tenths {
		chi2 += (count - n/10) * (count - n/10) / (n / 10)
	}
	require.Less(t, chi2, 27.88) // of chi^2 with 9 degrees of freedom, .999 lie below
	for _, other := range [][]float64{draws("shop", "two"), draws("other", "one"), append(one[1:], one[0])} {
		sum := 0.0
		for i := range one {
			sum += (one[i] - .5) * (other[i] - .5)
		}
		require.Less(t, math.Abs(12*sum/n), 3.5/math.Sqrt(n))
	}
}

func BenchmarkDraws(b *testing.B) {
	d := NewDraws("shop", "win-back")
	b.ReportAllocs()
	for b.Loop() {
		d.Of("customer-0017850")
	}
}
