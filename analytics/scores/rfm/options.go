package rfm

import (
	"fmt"
	"slices"
)

// Options say how cut points are fitted.
type Options struct {
	// Method is one of the methods. Empty means MethodQuantile.
	Method string
	// Bins is the number of scores, 2 to 9. 0 means DefaultBins or, of
	// MethodThresholds, one more than there are thresholds.
	Bins int
	// Thresholds are the edges of MethodThresholds.
	Thresholds Thresholds
	// Closed is the side on which bins of MethodThresholds are closed. Empty
	// means ClosedRight.
	Closed string
	// MinCell is the number of customers below which a cell of MethodNested takes
	// the edges of its parent. 0 means five for each score.
	MinCell int
	// Split is the rule of SplitMean, SplitMedian or SplitFixed. Empty: no split.
	Split string
	// Fixed are the cuts of SplitFixed.
	Fixed Split
}

// Thresholds are edges that somebody chose: strictly ascending, as many in
// each column.
type Thresholds struct {
	Recency   []float64 // days
	Frequency []float64 // orders or purchase days
	Monetary  []float64 // the job's currency
}

// withDefaults fills in what was left out, and refuses what cannot be fitted.
func (o Options) withDefaults() (Options, error) {
	if o.Method == "" {
		o.Method = MethodQuantile
	}
	if _, known := kind[o.Method]; !known {
		return o, fmt.Errorf("%w: unknown method %q", ErrInput, o.Method)
	}
	if o.Bins == 0 {
		o.Bins = DefaultBins
		if o.Method == MethodThresholds {
			o.Bins = len(o.Thresholds.Recency) + 1
		}
	}
	if o.Bins < minBins || o.Bins > maxBins {
		return o, fmt.Errorf("%w: %d bins, want %d to %d", ErrInput, o.Bins, minBins, maxBins)
	}
	if o.MinCell == 0 {
		o.MinCell = minPerBin * o.Bins
	}
	if o.Closed == "" {
		o.Closed = ClosedRight
	}
	if o.Method != MethodThresholds {
		return o, nil
	}
	if o.Closed != ClosedLeft && o.Closed != ClosedRight {
		return o, fmt.Errorf("%w: bins closed on %q, want %q or %q", ErrInput, o.Closed, ClosedRight, ClosedLeft)
	}
	for at, edges := range [3][]float64{o.Thresholds.Recency, o.Thresholds.Frequency, o.Thresholds.Monetary} {
		if len(edges) != o.Bins-1 {
			return o, fmt.Errorf("%w: %d thresholds of %s, want %d for %d bins", ErrInput, len(edges), columnNames[at], o.Bins-1, o.Bins)
		}
		if !strictlyAscending(edges) || slices.ContainsFunc(edges, notFinite) {
			return o, fmt.Errorf("%w: thresholds of %s are %v, want finite numbers, each above the one before", ErrInput, columnNames[at], edges)
		}
	}
	return o, nil
}

func strictlyAscending(edges []float64) bool {
	for i := 1; i < len(edges); i++ {
		if edges[i] <= edges[i-1] {
			return false
		}
	}
	return true
}
