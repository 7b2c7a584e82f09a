package interest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNoncentralReference holds tails against sums of exact fractions, rounded
// to 17 digits:
//
//	from fractions import Fraction as F; from math import comb
//	w = {y: comb(n1, k-y)*comb(n2, y)*F(odds)**y for y in range(max(0, k-n1), min(n2, k)+1)}
//	below = F(sum(v for y, v in w.items() if y < x), sum(w.values()))
//
// scipy 1.17.1 gives the same by nchypergeom_fisher(n1+n2, k, n2, odds), to 1e-11.
// Tolerance: each weight is a product of up to some hundred ratios.
func TestNoncentralReference(t *testing.T) {
	for _, c := range []struct {
		first, second, marked int
		odds                  float64
		x                     int
		below, at, above      float64
	}{
		{10, 5, 6, 1.0, 1, 0.041958041958041958, 0.25174825174825175, 0.70629370629370629},
		{10, 5, 6, 0.5, 1, 0.13731099305271761, 0.41193297915815284, 0.45075602778912955},
		{20, 10, 12, 1.0, 2, 0.02087527664739059, 0.096123366887984579, 0.88300135646462483},
		{20, 10, 12, 2.5, 0, 0.0, 1.8489619064187637e-5, 0.99998151038093581},
		{40, 20, 30, 0.25, 3, 0.029291731254494263, 0.079725686583684158, 0.89098258216182158},
		{3, 7, 5, 1.0, 2, 0.0, 0.083333333333333333, 0.91666666666666667},
		{200, 100, 90, 0.75, 10, 6.9250336643454042e-7, 2.6043850099503944e-6, 0.99999670311162362},
		{2000, 1000, 700, 1.25, 150, 4.3005266114114729e-25, 7.3580470210241515e-25, 1.0},
		{3000, 1500, 1400, 0.5, 200, 1.5917982090062859e-22, 1.8833190237740516e-22, 1.0},
		{5000, 5000, 4000, 1.0, 1800, 1.2991241159748875e-16, 5.2436637584861421e-17, 0.99999999999999982},
	} {
		d := noncentral{c.first, c.second, c.marked, c.odds}
		below, at, above := d.tails(c.x)
		requireRelative(t, c.below, below, "below %d of %+v", c.x, d)
		requireRelative(t, c.at, at, "at %d of %+v", c.x, d)
		requireRelative(t, c.above, above, "above %d of %+v", c.x, d)
	}
}

func requireRelative(t *testing.T, want, got float64, format string, args ...any) {
	t.Helper()
	require.InDelta(t, want, got, 1e-11*want, append([]any{format}, args...)...)
}

// TestShareIntervalReference holds Jeffreys' limits against
// scipy.stats.beta.ppf([0.05, 0.95], x+0.5, n-x+0.5), scipy 1.17.1; the ends
// where nothing or all was seen are 0 and 1 by definition.
func TestShareIntervalReference(t *testing.T) {
	for _, c := range []struct {
		x, n      int
		low, high float64
	}{
		{0, 10, 0, 0.1707731082448478},
		{1, 10, 0.017891988055747824, 0.33056280326013454},
		{5, 10, 0.2619220040464193, 0.7380779959535806},
		{10, 10, 0.8292268917551521, 1},
		{30, 200, 0.11227149832790011, 0.19515761939854084},
	} {
		low, high := shareInterval(c.x, c.n)
		require.InDelta(t, c.low, low, 1e-12, "%d of %d", c.x, c.n)
		require.InDelta(t, c.high, high, 1e-12, "%d of %d", c.x, c.n)
	}
}

// The example of Benjamini and Hochberg (1995), section 3.2: fifteen p-values,
// of which four are found at 0.05.
func TestDiscoveryRatesReference(t *testing.T) {
	p := []float64{
		0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
		0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
	}
	found := 0
	for _, q := range discoveryRates(p) {
		if q <= 0.05 {
			found++
		}
	}
	require.Equal(t, 4, found)
}
