package quality

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDistinct(t *testing.T) {
	for _, c := range []struct {
		silhouette, epsilon float64
		days                int
		want                Verdict
	}{
		{0.25, math.NaN(), 0, Pass},
		{0.2499, math.NaN(), 0, Warn},
		{0, math.NaN(), 0, Warn},
		{-0.001, math.NaN(), 0, Fail},
		{math.NaN(), math.NaN(), 0, ""},
		{0.5, 0.001, 27, Pass}, // not watched for long enough
		{0.5, 0.001, 28, Fail},
		{0.5, -0.02, 30, Fail},
		{-0.5, 0.01, 28, Warn},
		{-0.5, 0.06, 28, Pass},
		{-0.5, math.NaN(), 30, Fail}, // nobody spent anything
	} {
		q := Measures{Silhouette: c.silhouette, Next: Separation{EpsilonSquared: c.epsilon}, NextDays: c.days}
		require.Equal(t, c.want, q.Distinct(), "%+v", c)
	}
}

func TestStable(t *testing.T) {
	for _, c := range []struct {
		rand, jaccard float64
		want          Verdict
	}{
		{1, 1, Pass},
		{0.8, 0.75, Pass},
		{0.79, 1, Warn},
		{1, 0.74, Warn},
		{0.65, 1, Warn},
		{1, 0.5, Warn},
		{0.64, 1, Fail},
		{1, 0.49, Fail},
		{0.9, math.NaN(), Pass},
		{math.NaN(), math.NaN(), ""},
	} {
		require.Equal(t, c.want, Measures{AdjustedRand: c.rand, Jaccard: c.jaccard}.Stable(), "%+v", c)
	}
}

func TestMeasurable(t *testing.T) {
	require.Equal(t, Pass, Measures{Share: 0.9}.Measurable())
	for share, want := range map[float64]Verdict{0: Pass, 0.05: Pass, 0.051: Warn, 0.2: Warn, 0.21: Fail} {
		require.Equal(t, want, Measures{Remainder: true, Share: share}.Measurable(), "%v", share)
	}
}

func TestReachable(t *testing.T) {
	r := DefaultRules()
	for share, want := range map[float64]Verdict{1: Pass, 0.8: Pass, 0.79: Warn, 0.4: Warn, 0.39: Fail, 0: Fail} {
		require.Equal(t, want, Measures{Reachable: share}.Reachability(r), "%v", share)
	}
	require.Empty(t, Measures{Reachable: math.NaN()}.Reachability(r))
}

func TestSubstantial(t *testing.T) {
	r := DefaultRules()
	for size, want := range map[int]Verdict{100: Pass, 30: Pass, 29: Warn, 10: Warn, 9: Fail, 0: Fail} {
		require.Equal(t, want, Measures{Customers: size, MeanValue: 5}.Substantial(r), "%d", size)
		require.Equal(t, want, Measures{Customers: size, MeanValue: math.NaN()}.Substantial(r), "%d", size)
		require.Equal(t, Fail, Measures{Customers: size, MeanValue: 0}.Substantial(r), "%d", size)
	}
}

func TestAgreementAtTheEdges(t *testing.T) {
	require.True(t, math.IsNaN(Migrate(nil, nil, 2).AdjustedRand()), "nobody")
	require.InDelta(t, 1, Migrate([]int{0}, []int{1}, 2).AdjustedRand(), 0, "one customer")
	require.InDelta(t, 1, Migrate([]int{0, 0, 0}, []int{1, 1, 1}, 2).AdjustedRand(), 0, "all in one")
	require.InDelta(t, 1, Migrate([]int{0, 1, 2}, []int{2, 0, 1}, 3).AdjustedRand(), 0, "each alone")
	m := Migrate([]int{0, 0, 0, 1}, []int{0, 0, 1, 1}, 3)
	require.InDelta(t, 2.0/3, m.Jaccard(0), 1e-15)
	require.InDelta(t, 0.5, m.Jaccard(1), 1e-15)
	require.True(t, math.IsNaN(m.Jaccard(2)))
}

func TestSilhouettesAtTheEdges(t *testing.T) {
	far := Silhouettes([]Point{{0}, {0}, {1e9}, {1e9}}, []int{0, 0, 1, 1}, 3)
	require.Equal(t, []float64{1, 1}, far[:2])
	require.True(t, math.IsNaN(far[2]), "nobody")
	require.True(t, math.IsNaN(Silhouettes([]Point{{0}, {1}}, []int{0, 0}, 1)[0]), "nothing to be told from")
	require.Equal(t, []float64{0, 0}, Silhouettes(make([]Point, 4), []int{0, 0, 1, 1}, 2), "all at one place")
}

func TestSeparationAtTheEdges(t *testing.T) {
	for name, s := range map[string]Separation{
		"nobody":      Separate(nil, nil, 2),
		"one group":   Separate([]float64{1, 2, 3}, []int{0, 0, 0}, 2),
		"all equal":   Separate([]float64{2, 2, 2}, []int{0, 1, 1}, 2),
		"all alone":   Separate([]float64{1, 2}, []int{0, 1}, 2),
		"all in none": Separate([]float64{1, 2}, []int{NoGroup, NoGroup}, 2),
	} {
		require.True(t, math.IsNaN(s.EtaSquared) && math.IsNaN(s.EpsilonSquared), name)
	}
	require.InDelta(t, 1, Separate([]float64{1, 1, 9}, []int{0, 0, 1}, 2).EpsilonSquared, 0)
}

// BenchmarkQuality is what the numbers cost for one kind of groups of a million
// customers.
func BenchmarkQuality(b *testing.B) {
	const n, groups = 1_000_000, 10
	ids, group, was := make([]string, n), make([]int, n), make([]int, n)
	recency, orders, spend := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range ids {
		ids[i] = "C" + strconv.Itoa(10_000_000+i)
		group[i], was[i] = i*7%groups, i*7%97%groups
		recency[i], orders[i], spend[i] = float64(i*31%365), float64(1+i*17%20), float64(i*13%1000)
	}
	for b.Loop() {
		points := ScaledRFM(recency, orders, spend)
		picked := Sample(ids, group, groups, 5000)
		some, someGroup := make([]Point, len(picked)), make([]int, len(picked))
		for at, i := range picked {
			some[at], someGroup[at] = points[i], group[i]
		}
		Silhouettes(some, someGroup, groups)
		Migrate(was, group, groups).AdjustedRand()
		Separate(spend, group, groups)
	}
}

// Of 10,200 customers a sample of 1,000 has 980 of 10,000 and would have 19 of 200, but a
// group has at least 30.
func TestSampleOfGroups(t *testing.T) {
	ids, group := make([]string, 10_200), make([]int, 10_200)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
		if i >= 10_000 {
			group[i] = 1
		}
	}
	var picked [2]int
	for _, i := range Sample(ids, group, 2, 1000) {
		picked[group[i]]++
	}
	require.Equal(t, [2]int{980, 30}, picked)
	require.Len(t, Sample(ids[:1000], group[:1000], 1, 1000), 1000, "as many as there are")
}

// Groups without customers, and customers in no group, make no difference.
func TestSeparationOfEmptyGroups(t *testing.T) {
	values := []float64{1, 2, 4, 8, 9, 100}
	want := Separate(values[:5], []int{0, 0, 0, 1, 1}, 2)
	require.InDelta(t, 45.633333/50.8, want.EtaSquared, 1e-6) // by hand
	require.Equal(t, want, Separate(values, []int{0, 0, 0, 2, 2, NoGroup}, 3))
	require.Equal(t, 2, want.Groups)
	require.Equal(t, 5, want.Customers)
}
