package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Purchases drawn one by one and all at once have the mean and the variance of a
// Poisson process: those of the discounted sum are rate times the integrals of
// e^-δu and of e^-2δu.
func TestDrawPurchases(t *testing.T) {
	const stay, delta, draws = 20., 0.05, 50_000
	rng := newRand()
	for _, rate := range []float64{0.1, (oneByOne - 1) / stay, (oneByOne + 1) / stay, 1e4, 1e9} {
		var purchases, discounted, squares sample
		mean := rate * discountedTime(stay, delta)
		for range draws {
			n, sum := drawPurchases(rng, rate, stay, delta)
			purchases.add(n)
			discounted.add(sum)
			squares.add((sum - mean) * (sum - mean))
		}
		purchases.requireMean(t, rate*stay)
		discounted.requireMean(t, mean)
		squares.requireMean(t, rate*discountedTime(stay, 2*delta))
	}
	n, sum := drawPurchases(rng, 0, stay, delta)
	require.Zero(t, n)
	require.Zero(t, sum)
}
