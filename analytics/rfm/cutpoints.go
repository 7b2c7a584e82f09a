package rfm

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// The only method, edge type and side of closure so far. They are written into
// the cut points so that a file says how to read it.
const (
	MethodQuantile = "quantile"
	EdgeType1      = "type1"
	ClosedRight    = "right"
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

// Options say how cut points are fitted.
type Options struct {
	// Bins is the number of scores, 2 to 9. 0 means DefaultBins.
	Bins int
}

// CutPoints are the edges behind the scores, as cutpoints.json holds them.
type CutPoints struct {
	// AsOf is the date of the night that they were fitted in.
	AsOf string `json:"as_of"`
	// Customers is the number of customers that they were fitted to.
	Customers int `json:"customers"`
	// Method, EdgeType and Closed are MethodQuantile, EdgeType1, ClosedRight.
	Method   string `json:"method"`
	EdgeType string `json:"edge_type"`
	Closed   string `json:"closed"`
	// Bins is the number of scores, one more than there are edges.
	Bins int `json:"bins"`
	// Recency holds ascending edges in days.
	Recency []float64 `json:"recency_days"`
	// Frequency holds ascending edges in orders.
	Frequency []float64 `json:"frequency"`
	// Monetary holds ascending edges in the job's currency.
	Monetary []float64 `json:"monetary"`
}

// Validate tells whether the cut points can score. The error wraps
// ErrCutPoints.
func (c CutPoints) Validate() error {
	if c.Method != MethodQuantile || c.EdgeType != EdgeType1 || c.Closed != ClosedRight {
		return fmt.Errorf("%w: method %q, edges %q, closed %q, want %q, %q, %q; fit them anew",
			ErrCutPoints, c.Method, c.EdgeType, c.Closed, MethodQuantile, EdgeType1, ClosedRight)
	}
	if c.Bins < minBins || c.Bins > maxBins {
		return fmt.Errorf("%w: %d bins, want %d to %d", ErrCutPoints, c.Bins, minBins, maxBins)
	}
	for at, edges := range [3][]float64{c.Recency, c.Frequency, c.Monetary} {
		if len(edges) != c.Bins-1 {
			return fmt.Errorf("%w: %d edges of %s, want %d for %d bins", ErrCutPoints, len(edges), columnNames[at], c.Bins-1, c.Bins)
		}
		if !slices.IsSorted(edges) || slices.ContainsFunc(edges, notFinite) {
			return fmt.Errorf("%w: edges of %s are %v, want finite numbers in ascending order", ErrCutPoints, columnNames[at], edges)
		}
	}
	return nil
}

var columnNames = [3]string{"recency", "frequency", "monetary"}

func notFinite(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
