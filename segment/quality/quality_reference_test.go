package quality

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Yeung and Ruzzo (2001), Details of the adjusted Rand index, section 2: ten
// objects, 0.313 in the text.
func TestAdjustedRandOfYeungAndRuzzo(t *testing.T) {
	m := Migration{{1, 1, 0}, {1, 2, 1}, {0, 0, 4}}
	require.InDelta(t, 0.313, m.AdjustedRand(), 5e-4)
	require.InDelta(t, (7-13*14/45.0)/(13.5-13*14/45.0), m.AdjustedRand(), 1e-15)
}

// The examples in the documentation of scikit-learn's adjusted_rand_score and,
// in full precision, what its version 1.9.1 gives for two integer sequences:
//
//	a = (arange(1000)*7919 % 13)//3;  b = (arange(1000)*104729 % 17)//4
//	c = where(arange(1000) % 5 == 0, b, a);  ari(a, c); ari(a, b)
func TestAdjustedRandOfScikitLearn(t *testing.T) {
	a, b, c := make([]int, 1000), make([]int, 1000), make([]int, 1000)
	for i := range a {
		a[i], b[i] = i*7919%13/3, i*104729%17/4
		c[i] = a[i]
		if i%5 == 0 {
			c[i] = b[i]
		}
	}
	for _, r := range []struct {
		was, is []int
		want    float64
	}{
		{[]int{0, 0, 1, 1}, []int{0, 0, 1, 1}, 1},
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1},
		{[]int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 0.5714285714285714},
		{[]int{0, 0, 1, 1}, []int{0, 0, 1, 2}, 0.5714285714285714},
		{[]int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, -0.5},
		{[]int{0, 0, 0, 1, 1, 1}, []int{0, 0, 1, 1, 2, 2}, 0.24242424242424243},
		{a, c, 0.64230514824094},
		{a, b, -0.0033231151066276015},
	} {
		require.InDelta(t, r.want, Migrate(r.was, r.is, 5).AdjustedRand(), 1e-13)
	}
}

// scikit-learn 1.9.1: for k in range(4), silhouette_samples(X, g)[g == k].mean()
// with
//
//	n = arange(60); X = stack([n % 7, n*n % 11, n*3 % 5], 1); g = n % 4
//
// and for seven points of which one is alone in its group.
func TestSilhouettesOfScikitLearn(t *testing.T) {
	points, group := make([]Point, 60), make([]int, 60)
	for n := range points {
		points[n], group[n] = Point{float64(n % 7), float64(n * n % 11), float64(n * 3 % 5)}, n%4
	}
	requireClose(t, []float64{
		-0.10782125453763006, -0.012295572638412616, -0.07632770815211253, -0.08298850865357957,
	}, Silhouettes(points, group, 4))

	points = []Point{{0, 0, 0}, {1, 0, 0}, {0, 2, 0}, {4, 4, 0}, {5, 4, 1}, {4, 6, 0}, {9, 0, 3}}
	requireClose(t, []float64{0.6940487560630427, 0.6643890174682231, 0},
		Silhouettes(points, []int{0, 0, 0, 1, 1, 1, 2}, 3))
}

func requireClose(t *testing.T, want, got []float64) {
	t.Helper()
	require.Len(t, got, len(want))
	for k := range want {
		require.InDelta(t, want[k], got[k], 1e-14, "group %d", k)
	}
}

// Dry weights of plants under a control and two treatments: Dobson (1983), An
// Introduction to Statistical Modelling, table 7.1, R's PlantGrowth. R prints the
// analysis of variance as 3.76634 between and 10.49209 within groups.
func TestSeparationOfPlantGrowth(t *testing.T) {
	weights := []float64{
		4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14,
		4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69,
		6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26,
	}
	group := make([]int, len(weights))
	for i := range group {
		group[i] = i / 10
	}
	s := Separate(weights, group, 3)
	const between, within = 3.76634, 10.49209
	require.InDelta(t, between/(between+within), s.EtaSquared, 1e-6)
	require.InDelta(t, 1-within/27/((between+within)/29), s.EpsilonSquared, 1e-6)
	require.Equal(t, 30, s.Customers)
	require.Equal(t, 3, s.Groups)
}
