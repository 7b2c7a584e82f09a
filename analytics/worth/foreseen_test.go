package worth

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is expected of all customers is the sum of what is expected of each.
func TestExpectedRepeats(t *testing.T) {
	w, _ := value(t, "clv: {model: pareto-nbd, unit: week}\n", simulated(150))
	expected := w.ExpectedRepeats(4)
	require.Len(t, expected, 5)
	for n, got := range expected {
		want := 0.
		for _, age := range w.Panel.T {
			want += w.models.fits[0].Model.PMF(float64(n), age)
		}
		require.InDelta(t, want, got, 1e-9)
	}
	require.Nil(t, (*Result)(nil).ExpectedRepeats(4))
}

// A blend expects what its members do, by their weights.
func TestExpectedRepeatsOfABlend(t *testing.T) {
	w, _ := value(t, "", simulated(200))
	want := 0.
	for _, m := range w.models.blend.Members() {
		for _, age := range w.Panel.T {
			want += m.Weight * m.Model.PMF(2, age)
		}
	}
	require.Greater(t, len(w.models.blend.Members()), 1)
	require.InDelta(t, want, w.ExpectedRepeats(2)[2], 1e-9)
}

// Spend is expected by customer too, and everybody spends something.
func TestExpectedSpend(t *testing.T) {
	c := simulated(300)
	w, _ := value(t, "clv: {model: bg-nbd}\n", c)
	means, days := RepeatSpend(c)
	require.Len(t, days, len(means))
	edges := []float64{0, 10, 20, 40}
	got, sum := w.ExpectedSpend(edges, days), 0.
	for k, v := range got {
		want := 0.
		for _, x := range days {
			above := 1.
			if k < 3 {
				above = w.spend.fit.Model.MeanAtMost(edges[k+1], x)
			}
			want += above - w.spend.fit.Model.MeanAtMost(edges[k], x)
		}
		require.InDelta(t, want, v, 1e-9)
		sum += v
	}
	require.InDelta(t, len(means), sum, 1e-9)
	require.Nil(t, (*Result)(nil).ExpectedSpend(edges, days))
}
