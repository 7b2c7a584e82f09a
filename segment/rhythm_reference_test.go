package segment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/combin"
)

// TestPOverdueOfAPoissonBuyer holds the general form against (S/T)^x, which
// follows from the uniform spread of x events over (0, T]; Cox and Lewis
// (1966), section 2.1. Tolerance: relative rounding of the incomplete beta.
func TestPOverdueOfAPoissonBuyer(t *testing.T) {
	r := Rhythm{K: 1}
	for _, x := range []int{1, 2, 5, 30, 80} {
		for _, active := range []float64{1, 30, 900} {
			for _, silence := range []float64{1, 40, 365, 3000} {
				want := math.Pow(active/(active+silence), float64(x))
				require.InDelta(t, 1, r.POverdue(x, active, silence)/want, 1e-11, "x=%d S=%v c=%v", x, active, silence)
			}
		}
	}
}

// TestPOverdueOfRegularBuyers holds it against the binomial form of the
// incomplete beta for whole a + kx and k; Abramowitz and Stegun (1964), 26.5.24:
//
//	I_u(m, k) = Σ_{j=m}^{m+k−1} C(m+k−1, j)·u^j·(1−u)^(m+k−1−j)
func TestPOverdueOfRegularBuyers(t *testing.T) {
	for _, k := range []int{1, 2, 3} {
		for _, a := range []int{0, 1, 4} {
			for _, x := range []int{1, 2, 6} {
				r := Rhythm{K: float64(k), A: float64(a), B: 45 * float64(a)}
				active, silence := 100.0, 80.0
				u := (r.B + active) / (r.B + active + silence)
				m, n := a+k*x, a+k*x+k-1
				want := 0.0
				for j := m; j <= n; j++ {
					want += float64(combin.Binomial(n, j)) * math.Pow(u, float64(j)) * math.Pow(1-u, float64(n-j))
				}
				require.InDelta(t, want, r.POverdue(x, active, silence), 1e-12, "k=%d a=%d x=%d", k, a, x)
			}
		}
	}
}

func TestPOverdueAtItsEnds(t *testing.T) {
	r := Rhythm{K: 1.5, A: 1, B: 60}
	require.InDelta(t, 1, r.POverdue(0, 0, 0), 0)
	require.InDelta(t, 1, r.POverdue(9, 300, 0), 0, "bought today")
	require.InDelta(t, 1, Rhythm{K: 1}.POverdue(0, 0, 500), 0, "nothing known of one-time buyers")
	require.InDelta(t, 1, Rhythm{}.POverdue(3, 90, 500), 0, "nothing known at all")
	require.Zero(t, Rhythm{K: 1}.POverdue(400, 1, 3000), "too small for a float64")
}

// TestPReturn by hand: with K = 1, A = 1, B = 60 the share still out after c
// days is 60/(60+c), so 1/2 after 60 and 1/3 after 120; of π = 0.6 then
// 0.6·(1/2−1/3)/(0.6/2+0.4) = 1/7 come back within the next 60.
func TestPReturn(t *testing.T) {
	r := Rhythm{K: 1, A: 1, B: 60, ReturnShare: 0.6}
	require.InDelta(t, 1.0/7, r.PReturn(60, 60), 1e-14)
	require.InDelta(t, 0.6/2, r.PReturn(0, 60), 1e-14)
	require.Zero(t, Rhythm{K: 1, ReturnShare: 0.6}.PReturn(60, 60))
}

// TestLaplace by hand: events at 1, 2, 3 and 4 of 10 have mean 2.5, and
// (2.5 − 5)/(10/√48) = −√3.
func TestLaplace(t *testing.T) {
	require.InDelta(t, -math.Sqrt(3), laplace(4, 10, 10, 1), 1e-14)
	require.InDelta(t, -math.Sqrt(6), laplace(4, 10, 10, 2), 1e-14, "regular events count for more")
	require.Zero(t, laplace(4, 20, 10, 1), "in the middle on the whole")
	require.Zero(t, laplace(0, 0, 10, 1))
	require.Zero(t, laplace(0, 0, 0, 1))
	require.InDelta(t, 0.0416322583, normalCDF(-math.Sqrt(3)), 1e-10) // Φ(−√3)
}

// TestTrendsOfOneCustomer: repeats after 10, 30, 70 and 150 days, seen on day
// 200. Over (0, 200] their mean is 65; without the last, over (0, 150], 110/3.
func TestTrendsOfOneCustomer(t *testing.T) {
	h := oneCustomer(200, 0, 10, 30, 70, 150)
	require.InDelta(t, (65.0-100)/200*math.Sqrt(48), h.trendOpen(0, 1), 1e-14)
	require.InDelta(t, (110.0/3-75)/150*math.Sqrt(36), h.trendDone(0, 1), 1e-14)
}

// TestRegularity by hand: gaps 10 and 30 have u = 1/4 and (u−½)² = 1/16. With
// 75 such pairs beside 25 of variance 1/12 the variance is
// (75/16 + 25/12)/100 = 0.0677083, so k = (1/0.2708333 − 1)/2.
func TestRegularity(t *testing.T) {
	var h History
	for range 75 {
		h.add(100, 0, 10, 40)
	}
	h.add(100, 0, 10)
	h.add(100, 0)
	k, pairs := regularity(h)
	require.Equal(t, 75, pairs)
	require.InDelta(t, (1/(4*(75.0/16+25.0/12)/100)-1)/2, k, 1e-9)

	k, pairs = regularity(oneCustomer(100, 0, 50))
	require.Zero(t, pairs)
	require.InDelta(t, 1, k, 1e-14, "no pairs, no opinion")
}

// TestRegularityIsClamped: clockwork gaps would make k grow without bound.
func TestRegularityIsClamped(t *testing.T) {
	var clockwork, bursts History
	for range 5000 {
		clockwork.add(100, 0, 30, 60)
		bursts.add(10000, 0, 1, 9000)
	}
	k, _ := regularity(clockwork)
	require.InDelta(t, maxRegularity, k, 0)
	k, _ = regularity(bursts)
	require.InDelta(t, minRegularity, k, 0)
}

// TestLogClass: classes are numbered without holes and never fall.
func TestLogClass(t *testing.T) {
	for _, fineness := range []int{1, 2, 4} {
		last := logClass(0, fineness)
		require.Zero(t, last)
		for v := int32(1); v < 5000; v++ {
			class := logClass(v, fineness)
			require.LessOrEqual(t, class-last, uint32(1), "value %d", v)
			last = class
		}
	}
	require.Less(t, logClass(math.MaxInt32, 2), uint32(128), "fits seven bits of a cell's key")
	require.Equal(t, uint32(7), logClass(7, 2))
	require.Equal(t, logClass(8, 2), logClass(9, 2))
	require.NotEqual(t, logClass(9, 2), logClass(10, 2))
}
