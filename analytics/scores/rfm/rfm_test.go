package rfm

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

// column repeats nothing: 1, 2, … n.
func column(n int) []float64 {
	c := make([]float64, n)
	for i := range c {
		c[i] = float64(i + 1)
	}
	return c
}

func TestEdgesAreObservedValues(t *testing.T) {
	tests := []struct {
		name   string
		column []float64
		bins   int
		want   []float64
	}{
		{"one customer", []float64{7}, 5, []float64{7, 7, 7, 7}},
		{"fewer customers than bins", []float64{3, 1, 2}, 5, []float64{1, 2, 2, 3}},
		{"whole positions", column(10), 5, []float64{2, 4, 6, 8}},
		{"positions round up", column(11), 5, []float64{3, 5, 7, 9}},
		{"median of an even number is the lower", column(4), 2, []float64{2}},
		{"half the values tie", []float64{1, 1, 1, 1, 1, 1, 2, 3, 4, 5}, 5, []float64{1, 1, 1, 3}},
		{"negative values", []float64{-5, 0, 5, 10, 15}, 5, []float64{-5, 0, 5, 10}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, edges(tt.column, tt.bins))
		})
	}
}

func TestScoreClosesBinsOnTheRight(t *testing.T) {
	c, warnings, err := Fit("2024-01-31", column(25), column(25), column(25), Options{})
	require.NoError(t, err)
	require.Empty(t, warnings)
	require.Equal(t, []float64{5, 10, 15, 20}, c.Recency)

	x := []float64{1, 5, 6, 10, 15, 20, 20.01, 1000}
	s := c.Score(x, x, x)
	require.Equal(t, []int8{1, 1, 2, 2, 3, 4, 5, 5}, s.F)
	require.Equal(t, s.F, s.M)
	require.Equal(t, []int8{5, 5, 4, 4, 3, 2, 1, 1}, s.R, "few days are good")
}

func TestRepeatedEdgeLeavesScoresUnused(t *testing.T) {
	orders := []float64{1, 1, 1, 1, 1, 1, 2, 3, 4, 5}
	c, warnings, err := Fit("2024-01-31", column(10), orders, column(10), Options{})
	require.NoError(t, err)
	require.Equal(t, []int8{1, 1, 1, 1, 1, 1, 4, 4, 5, 5}, c.Score(nil, orders, nil).F)
	require.Equal(t, []string{
		"rfm: 10 customers for 5 bins; with fewer than 25 single customers move the cut points",
		"rfm: frequency has so few distinct values that 2 of 5 scores stay unused",
	}, wording.In("en").WordAll(warnings))
}

func TestSpendOfZeroOrLessScoresOne(t *testing.T) {
	// Four customers in five sent back more than they kept, so that every edge
	// is negative and zero exceeds it.
	spend := []float64{-5, -4, -3, -2, 10}
	c, _, err := Fit("2024-01-31", column(5), column(5), spend, Options{})
	require.NoError(t, err)
	require.Equal(t, []int8{1, 1, 1, 1, 5, 1}, c.Score(nil, nil, append(spend, 0)).M)
}

func TestFitRefuses(t *testing.T) {
	good := column(3)
	tests := []struct {
		name    string
		r, f, m []float64
		bins    int
		want    string
	}{
		{"no customers", nil, nil, nil, 5, "no customers"},
		{"lengths", good, good[:2], good, 5, "3 recencies, 2 frequencies, 3 monetary values"},
		{"nan", good, good, []float64{1, math.NaN(), 2}, 5, "monetary of the customer at index 1 is NaN"},
		{"inf", []float64{math.Inf(1), 1, 2}, good, good, 5, "recency of the customer at index 0 is +Inf"},
		{"one bin", good, good, good, 1, "1 bins, want 2 to 9"},
		{"ten bins", good, good, good, 10, "10 bins, want 2 to 9"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := Fit("2024-01-31", tt.r, tt.f, tt.m, Options{Bins: tt.bins})
			require.ErrorIs(t, err, ErrInput)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestCutPointsSurviveTheirFile(t *testing.T) {
	c, _, err := Fit("2011-12-10", []float64{0.1, 2, 3}, column(3), []float64{1e-7, 0.3, 1e9 / 3}, Options{Bins: 3})
	require.NoError(t, err)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	require.Contains(t, string(text), `"as_of":"2011-12-10","customers":3,"method":"quantile","edge_type":"type1","closed":"right","bins":3,"recency_days":[`)

	var back CutPoints
	require.NoError(t, json.Unmarshal(text, &back))
	require.NoError(t, back.Validate())
	require.Equal(t, c, back)
}

func TestValidateRefusesDamagedCutPoints(t *testing.T) {
	tests := []struct {
		name   string
		damage func(*CutPoints)
		want   string
	}{
		{"method", func(c *CutPoints) { c.Method = "nested" }, `method "nested"`},
		{"closed", func(c *CutPoints) { c.Closed = "left" }, `closed "left"`},
		{"bins", func(c *CutPoints) { c.Bins = 0 }, "0 bins"},
		{"missing edge", func(c *CutPoints) { c.Frequency = c.Frequency[1:] }, "1 edges of frequency, want 2 for 3 bins"},
		{"order", func(c *CutPoints) { c.Monetary = []float64{2, 1} }, "edges of monetary are not"},
		{"nan", func(c *CutPoints) { c.Recency = []float64{math.NaN(), 1} }, "edges of recency are not"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _, err := Fit("2024-01-31", column(3), column(3), column(3), Options{Bins: 3})
			require.NoError(t, err)
			tt.damage(&c)
			require.ErrorIs(t, c.Validate(), ErrCutPoints)
			require.ErrorContains(t, c.Validate(), tt.want)
		})
	}
}

func TestCode(t *testing.T) {
	require.Equal(t, "5-4-3", Code(5, 4, 3))
	require.Equal(t, "1-1-9", Code(1, 1, 9))
}
