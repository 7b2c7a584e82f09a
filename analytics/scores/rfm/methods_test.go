package rfm

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

func TestThresholdsCloseOnTheSideAskedFor(t *testing.T) {
	cuts := Thresholds{Recency: []float64{30, 90}, Frequency: []float64{2, 5}, Monetary: []float64{100, 500}}
	for _, c := range []struct {
		closed           string
		atEdge, atEdgeOf int8 // scores of the lower edges: of days, of orders and money
	}{{ClosedRight, 3, 1}, {ClosedLeft, 2, 2}} {
		points, warnings, err := Fit("2024-01-31", []float64{30}, []float64{2}, []float64{100}, Options{Method: MethodThresholds, Thresholds: cuts, Closed: c.closed})
		require.NoError(t, err)
		require.Empty(t, warnings, "nobody's fault but the job's")
		require.NoError(t, points.Validate())
		require.Equal(t, 3, points.Bins)
		s := points.Score([]float64{0, 30, 31, 91}, []float64{1, 2, 3, 6}, []float64{-5, 100, 101, 501})
		require.Equal(t, []int8{3, c.atEdge, 2, 1}, s.R)
		require.Equal(t, []int8{1, c.atEdgeOf, 2, 3}, s.F)
		require.Equal(t, s.F, s.M)
	}
}

// TestNestedByHand: two recency bins of four. Among the recent, orders 1 2 3 4
// part at 2; among the others, 10 20 30 40 at 20. Cells of two are too small
// for edges of their own and take those of their recency bin.
func TestNestedByHand(t *testing.T) {
	days := []float64{1, 2, 3, 4, 50, 60, 70, 80}
	orders := []float64{1, 2, 3, 4, 10, 20, 30, 40}
	spend := []float64{5, 6, 7, 8, 1, 2, 3, 4}
	c, _, err := Fit("2024-01-31", days, orders, spend, Options{Method: MethodNested, Bins: 2, MinCell: 3})
	require.NoError(t, err)
	require.NoError(t, c.Validate())
	require.Equal(t, []float64{4}, c.Recency)
	require.Equal(t, &Nested{
		MinCell:   3,
		Frequency: [][]float64{{20}, {2}}, // recency score 1, the long silent, first
		Monetary:  [][][]float64{{{2}, {2}}, {{6}, {6}}},
	}, c.Nested)
	s := c.Score(days, orders, spend)
	require.Equal(t, []int8{1, 1, 2, 2, 1, 1, 2, 2}, s.F, "the same scores of very different orders")
	require.Equal(t, []int8{1, 1, 2, 2, 1, 1, 2, 2}, s.M)

	// Recency bins of four are too small too, and everybody is scored alike.
	c, _, err = Fit("2024-01-31", days, orders, spend, Options{Method: MethodNested, Bins: 2, MinCell: 5})
	require.NoError(t, err)
	require.Equal(t, [][]float64{{4}, {4}}, c.Nested.Frequency)
	require.Equal(t, [][][]float64{{{4}, {4}}, {{4}, {4}}}, c.Nested.Monetary)
}

// Frozen nested edges, counts and a split survive the file.
func TestAllOfCutPointsSurvivesTheFile(t *testing.T) {
	c, _, err := Fit("2024-01-31", column(40), column(40), column(40), Options{Method: MethodNested, Bins: 3, MinCell: 4, Split: SplitMean})
	require.NoError(t, err)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var back CutPoints
	require.NoError(t, json.Unmarshal(text, &back))
	require.NoError(t, back.Validate())
	require.Equal(t, c, back)
	require.Equal(t, &Split{Rule: SplitMean, RecencyDays: 20.5, Frequency: 20.5, Monetary: 20.5}, c.Split)
}

func TestValidateRefusesDamagedParts(t *testing.T) {
	for want, damage := range map[string]func(c *CutPoints){
		"nested edges go together only":                   func(c *CutPoints) { c.Nested = nil },
		"nested edges for 2 and 3 recency scores":         func(c *CutPoints) { c.Nested.Frequency = c.Nested.Frequency[1:] },
		"edges of frequency within recency 1":             func(c *CutPoints) { c.Nested.Frequency[0] = []float64{2, 1} },
		"nested edges for 1 frequency scores":             func(c *CutPoints) { c.Nested.Monetary[1] = c.Nested.Monetary[1][:1] },
		"edges of monetary within recency 1, frequency 3": func(c *CutPoints) { c.Nested.Monetary[0][2] = nil },
		"counts of frequency are [40], want 3 that sum":   func(c *CutPoints) { c.Counts.F = []int64{40} },
		"split {Rule:mode":                                func(c *CutPoints) { c.Split.Rule = "mode" },
	} {
		c, _, err := Fit("2024-01-31", column(40), column(40), column(40), Options{Method: MethodNested, Bins: 3, MinCell: 4, Split: SplitMedian})
		require.NoError(t, err)
		damage(&c)
		require.ErrorIs(t, c.Validate(), ErrCutPoints)
		if want == "edges of monetary within recency 1, frequency 3" {
			want = "0 edges of monetary within recency 1, frequency 3"
		}
		require.ErrorContains(t, c.Validate(), want)
	}
}

func TestFitRefusesOptions(t *testing.T) {
	good := column(3)
	for want, o := range map[string]Options{
		`unknown method "ntile"`:            {Method: "ntile"},
		`closed on "up"`:                    {Method: MethodThresholds, Closed: "up", Thresholds: Thresholds{good, good, good}},
		"2 thresholds of monetary, want 3":  {Method: MethodThresholds, Thresholds: Thresholds{good, good, good[:2]}},
		"thresholds of frequency are [1 1]": {Method: MethodThresholds, Thresholds: Thresholds{good[:2], []float64{1, 1}, good[:2]}},
		`unknown split "mode"`:              {Split: "mode"},
		"split at +Inf":                     {Split: SplitFixed, Fixed: Split{RecencyDays: math.Inf(1)}},
	} {
		_, _, err := Fit("", good, good, good, o)
		require.ErrorIs(t, err, ErrInput)
		require.ErrorContains(t, err, want)
	}
}

// TestSplit: equality counts as near and as high.
func TestSplit(t *testing.T) {
	s := Split{RecencyDays: 10, Frequency: 3, Monetary: 200}
	marks := s.Marks([]float64{9, 10, 11}, []float64{2, 3, 4}, []float64{199.99, 200, 201})
	require.Equal(t, Scores{R: []int8{2, 2, 1}, F: []int8{1, 2, 2}, M: []int8{1, 2, 2}}, marks)

	// A tenth has no exact float64: a mean that rounds would put all below it.
	tenth := []float64{0.1, 0.1, 0.1}
	c, warnings, err := Fit("", column(3), column(3), tenth, Options{Bins: 2, Split: SplitMean})
	require.NoError(t, err)
	require.NotContains(t, wording.In("en").WordAll(warnings), "mean")
	require.Equal(t, []int8{2, 2, 2}, c.Split.Marks(tenth, tenth, tenth).M)
}

func TestSplitAtAMeanThatSaysLittle(t *testing.T) {
	spend := []float64{10, 10, 10, 10, 960}
	_, warnings, err := Fit("", column(5), column(5), spend, Options{Bins: 2, Split: SplitMean})
	require.NoError(t, err)
	require.Contains(t, wording.In("en").WordAll(warnings), "rfm: the mean of monetary, 200.00, is 20.0 times its median, 10.00: a few large customers put most others below it; split by median or by fixed numbers")
	c, warnings, err := Fit("", column(4), column(4), []float64{1, 2, 4, 100}, Options{Bins: 2, Split: SplitMedian})
	require.NoError(t, err)
	require.InDelta(t, 3, c.Split.Monetary, 0)
	for _, w := range wording.In("en").WordAll(warnings) {
		require.NotContains(t, w, "mean")
	}
}

func TestCombine(t *testing.T) {
	s := Scores{R: []int8{5, 1, 5}, F: []int8{5, 1, 4}, M: []int8{5, 1, 3}}
	require.Equal(t, []float64{100, 0, 75}, s.Combine(Weights{1, 1, 1}, 5))
	require.Equal(t, []float64{100, 0, 50}, s.Combine(Weights{0, 0, 7}, 5))
}
