package rfm

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// The methods by which cut points are found.
const (
	MethodQuantile   = "quantile"   // edges at quantiles of each column by itself
	MethodThresholds = "thresholds" // edges that were given
	MethodNested     = "nested"     // frequency within recency, spend within both
	MethodRRFM       = "r-rfm"      // as the R package rfm 0.3.0 has them
)

// What edges are, written into the cut points so that a file says how to read
// it.
const (
	EdgeType1 = "type1"   // observed values
	EdgeType7 = "type7+1" // quantiles between observed values, plus one
	EdgeGiven = "given"
)

// The side on which a bin is closed: where a value that equals an edge goes.
const (
	ClosedRight = "right" // to the bin below the edge
	ClosedLeft  = "left"  // to the bin above the edge
)

// DefaultBins is the number of scores unless Options say otherwise.
const DefaultBins = 5

const (
	minBins = 2
	maxBins = 9 // one digit each in the code "5-4-3"
)

// ErrInput marks columns or options that cannot be scored.
var ErrInput = errors.New("rfm: bad input")

// ErrCutPoints marks cut points that cannot score, such as a damaged file.
var ErrCutPoints = errors.New("rfm: bad cut points")

// CutPoints are the edges behind the scores, as cutpoints.json holds them.
type CutPoints struct {
	// AsOf is the date of the night that they were fitted in.
	AsOf string `json:"as_of"`
	// Customers is the number of customers that they were fitted to.
	Customers int `json:"customers"`
	// Method, EdgeType and Closed are words of this package.
	Method   string `json:"method"`
	EdgeType string `json:"edge_type"`
	Closed   string `json:"closed"`
	// Bins is the number of scores, one more than there are edges.
	Bins int `json:"bins"`
	// Recency holds ascending edges in days.
	Recency []float64 `json:"recency_days"`
	// Frequency holds ascending edges in orders or purchase days. Of MethodNested
	// they and those of Monetary are the edges over all customers, to which small
	// cells fall back.
	Frequency []float64 `json:"frequency"`
	// Monetary holds ascending edges in the job's currency.
	Monetary []float64 `json:"monetary"`
	// Nested is nil but for MethodNested.
	Nested *Nested `json:"nested,omitempty"`
	// Counts are the customers by score at the fit, against which later nights
	// are held. Nil: not known.
	Counts *Counts `json:"counts,omitempty"`
	// Split parts customers in near and far, high and low. Nil: nothing asked for
	// it.
	Split *Split `json:"split,omitempty"`
}

// Counts are numbers of customers by score, the worst first.
type Counts struct {
	R []int64 `json:"r"`
	F []int64 `json:"f"`
	M []int64 `json:"m"`
}

// kind is what the edges of each method are; closed empty: either side.
var kind = map[string]struct{ edgeType, closed string }{
	MethodQuantile:   {EdgeType1, ClosedRight},
	MethodNested:     {EdgeType1, ClosedRight},
	MethodRRFM:       {EdgeType7, ClosedLeft},
	MethodThresholds: {EdgeGiven, ""},
}

// Validate tells whether the cut points can score. The error wraps
// ErrCutPoints.
func (c CutPoints) Validate() error {
	want, known := kind[c.Method]
	closed := want.closed == c.Closed || want.closed == "" && (c.Closed == ClosedLeft || c.Closed == ClosedRight)
	if !known || c.EdgeType != want.edgeType || !closed {
		return fmt.Errorf("%w: method %q, edges %q, closed %q do not go together; fit them anew",
			ErrCutPoints, c.Method, c.EdgeType, c.Closed)
	}
	if c.Bins < minBins || c.Bins > maxBins {
		return fmt.Errorf("%w: %d bins, want %d to %d", ErrCutPoints, c.Bins, minBins, maxBins)
	}
	for at, edges := range [3][]float64{c.Recency, c.Frequency, c.Monetary} {
		if err := c.validateEdges(edges, columnNames[at]); err != nil {
			return err
		}
	}
	return errors.Join(c.validateNested(), c.validateCounts(), c.validateSplit())
}

func (c CutPoints) validateEdges(edges []float64, of string) error {
	if len(edges) != c.Bins-1 {
		return fmt.Errorf("%w: %d edges of %s, want %d for %d bins", ErrCutPoints, len(edges), of, c.Bins-1, c.Bins)
	}
	if !slices.IsSorted(edges) || slices.ContainsFunc(edges, notFinite) {
		return fmt.Errorf("%w: edges of %s are not finite numbers in ascending order", ErrCutPoints, of)
	}
	return nil
}

func (c CutPoints) validateCounts() error {
	if c.Counts == nil {
		return nil
	}
	for at, counts := range [3][]int64{c.Counts.R, c.Counts.F, c.Counts.M} {
		var sum int64
		for _, n := range counts {
			sum += n
		}
		if len(counts) != c.Bins || sum != int64(c.Customers) || slices.Min(counts) < 0 {
			return fmt.Errorf("%w: counts of %s are %v, want %d that sum to %d customers", ErrCutPoints, columnNames[at], counts, c.Bins, c.Customers)
		}
	}
	return nil
}

var columnNames = [3]string{"recency", "frequency", "monetary"}

func notFinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
