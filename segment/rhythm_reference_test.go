package segment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/combin"
)

// alone is the distribution of k that is all at one of regularities.
func alone(k float64) (s regularityShares) {
	for i, v := range regularities {
		if v == k {
			s[i] = 1
		}
	}
	return s
}

// TestOverdueOfAPoissonBuyer holds the general form against (S/T)^x, which
// follows from the uniform spread of x events over (0, T]; Cox and Lewis
// (1966), section 2.1. Tolerance: relative rounding of the incomplete beta.
func TestOverdueOfAPoissonBuyer(t *testing.T) {
	r, memoryless := Rhythm{K: 1}, alone(1)
	for _, x := range []float64{1, 2, 5, 30, 80} {
		for _, active := range []float64{1, 30, 900} {
			for _, silence := range []float64{1, 40, 365, 3000} {
				want := math.Pow(active/(active+silence), x)
				require.InDelta(t, 1, r.overdue(&memoryless, x, active, 1, silence, 1)/want, 1e-11, "x=%v S=%v c=%v", x, active, silence)
			}
		}
	}
}

// TestOverdueOfRegularBuyers holds it against the binomial form of the
// incomplete beta for whole kx and k; Abramowitz and Stegun (1964), 26.5.24:
//
//	I_u(m, k) = Σ_{j=m}^{m+k−1} C(m+k−1, j)·u^j·(1−u)^(m+k−1−j)
func TestOverdueOfRegularBuyers(t *testing.T) {
	r := Rhythm{K: 2}
	for _, k := range []int{1, 2, 6} {
		for _, x := range []int{1, 2, 6} {
			for _, count := range []int{1, 3} {
				share := alone(float64(k))
				active, days := 100.0, 80.0
				u := active / (active + days)
				m, n := k*x, k*x+k*count-1
				want := 0.0
				for j := m; j <= n; j++ {
					want += float64(combin.Binomial(n, j)) * math.Pow(u, float64(j)) * math.Pow(1-u, float64(n-j))
				}
				require.InDelta(t, want, r.overdue(&share, float64(x), active, float64(count), days, 1), 1e-12, "k=%d x=%d", k, x)
			}
		}
	}
}

func TestOverdueAtItsEnds(t *testing.T) {
	r, share := Rhythm{K: 1, A: 1, MeanGap: 60}, alone(1)
	require.InDelta(t, 1, r.overdue(&share, 9, 300, 1, 0, 1), 0, "bought today")
	none := Rhythm{K: 1}
	require.InDelta(t, 1, none.overdue(&share, 0, 0, 1, 500, 1), 0, "nothing known of one-time buyers")
	require.Zero(t, none.overdue(&share, 400, 1, 1, 3000, 1), "too small for a float64")
}

// TestReturns by hand: with k = 1, A = 1 and a mean gap of 60 the share still out
// after c days is 60/(60+c), so 1/2 after 60 and 1/3 after 120; of π = 0.6 then
// 0.6·(1/2−1/3)/(0.6/2+0.4) = 1/7 come back within the next 60.
func TestReturns(t *testing.T) {
	r := Rhythm{K: 1, A: 1, MeanGap: 60, ReturnShare: 0.6, Regularity: alone(1)}
	require.InDelta(t, 1.0/7, r.returns(60, 60), 1e-14)
	require.InDelta(t, 0.6/2, r.returns(0, 60), 1e-14)
	require.Zero(t, (&Rhythm{K: 1, ReturnShare: 0.6}).returns(60, 60))
}

// TestLaplace by hand: events at 1, 2, 3 and 4 of 10 have mean 2.5, and
// (2.5 − 5)/(10/√48) = −√3.
func TestLaplace(t *testing.T) {
	require.InDelta(t, -math.Sqrt(3), laplace(4, 10, 10, 1), 1e-14)
	require.InDelta(t, -math.Sqrt(6), laplace(4, 10, 10, 2), 1e-14, "regular events count for more")
	require.Zero(t, laplace(4, 20, 10, 1), "in the middle on the whole")
	require.Zero(t, laplace(0, 0, 10, 1))
	require.InDelta(t, 0.0416322583, normalCDF(-math.Sqrt(3)), 1e-10) // Φ(−√3)
}

// TestMannKendall holds p against Kendall (1975), table of the exact
// distribution of S: for n = 4, P(S ≥ 6) = 1/24 and P(S ≥ 4) = 4/24; for n = 10,
// P(S ≥ 21) = 0.036.
func TestMannKendall(t *testing.T) {
	require.InDelta(t, 1.0/24, mannKendallFall([]float64{4, 3, 2, 1}), 1e-15)
	require.InDelta(t, 4.0/24, mannKendallFall([]float64{4, 3, 1, 2}), 1e-15)
	require.InDelta(t, 1, mannKendallFall([]float64{1, 2, 3, 4}), 1e-15)
	// S = 21 is 33 of 45 pairs one way.
	require.InDelta(t, 0.036, inversionTail[10][33], 5e-4)
	// Beyond ten values the normal form agrees with the exact one: at n = 10 both
	// can be had.
	falling := []float64{10, 9, 8, 7, 6, 5, 1, 2, 3, 4}
	s := 45.0 - 2*39
	require.InDelta(t, normalCDF((s+1)/math.Sqrt(125)), mannKendallFall(falling), 2e-3)
	require.InDelta(t, 1, mannKendallFall([]float64{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}), 0, "all the same")
}

// TestDiscoveryCut by hand: of 100 purchases 10 are the last. A silence with a
// chance of 1/9·1/9 follows those and 1.11 others, 10% of all, so that each such
// customer may be called; beside customers who are surely gone, others may be who
// are steady with a larger chance.
func TestDiscoveryCut(t *testing.T) {
	r := Rhythm{K: 1, QuitShare: 0.1, Regularity: alone(1)}
	require.InDelta(t, 1.0/81, discoveryCut(r, nil, 0.1), 1e-15)
	gone := rhythmCell{customers: 9, x: 1, active: 1, silence: 1e6}
	open := rhythmCell{customers: 1, x: 1, active: 1, silence: 9} // chance 1/10
	require.InDelta(t, 0.1, discoveryCut(r, []rhythmCell{open, gone}, 0.1), 1e-12)
	gone.customers = 1
	require.InDelta(t, 1.0/81, discoveryCut(r, []rhythmCell{open, gone}, 0.1), 1e-12)
	r.QuitShare = 0.9
	require.InDelta(t, 1, discoveryCut(r, nil, 0.5), 0)
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
}
