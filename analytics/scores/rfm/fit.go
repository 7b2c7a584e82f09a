package rfm

import (
	"fmt"
	"math"
	"slices"

	"clientele/internal/wording"
)

// minPerBin is the number of customers per score below which edges are moved
// by single customers.
const minPerBin = 5

// Fit finds the cut points of three columns of equal length, one entry per
// customer: days since the last purchase, orders, spend. asOf is noted in the
// result, not read.
//
// Any number of customers from one on gives cut points. The warnings are for
// people: too few customers for the bins, or a column with so many equal
// values that scores stay unused. Errors wrap ErrInput: no customers, columns
// of different lengths, NaN or infinite values, options that do not fit.
func Fit(asOf string, recencyDays, frequency, monetary []float64, o Options) (CutPoints, []wording.Message, error) {
	o, err := o.withDefaults()
	if err != nil {
		return CutPoints{}, nil, err
	}
	if err := validate(recencyDays, frequency, monetary); err != nil {
		return CutPoints{}, nil, err
	}
	split, warnings, err := fitSplit(o, recencyDays, frequency, monetary)
	if err != nil {
		return CutPoints{}, nil, err
	}
	c := CutPoints{
		AsOf: asOf, Customers: len(recencyDays), Method: o.Method, EdgeType: kind[o.Method].edgeType,
		Closed: kind[o.Method].closed, Bins: o.Bins, Split: split,
	}
	switch o.Method {
	case MethodThresholds:
		c.Closed = o.Closed
		c.Recency, c.Frequency, c.Monetary = o.Thresholds.Recency, o.Thresholds.Frequency, o.Thresholds.Monetary
	case MethodRRFM:
		c.Recency, c.Frequency, c.Monetary = edgesOfR(recencyDays, o.Bins), edgesOfR(frequency, o.Bins), edgesOfR(monetary, o.Bins)
	default:
		c.Recency, c.Frequency, c.Monetary = edges(recencyDays, o.Bins), edges(frequency, o.Bins), edges(monetary, o.Bins)
	}
	if o.Method == MethodNested {
		c.Nested = fitNested(c, recencyDays, frequency, monetary, o.MinCell)
	}
	counts := c.Score(recencyDays, frequency, monetary).Count(c.Bins)
	c.Counts = &counts
	return c, append(c.warnings(), warnings...), nil
}

func validate(recencyDays, frequency, monetary []float64) error {
	n := len(recencyDays)
	if n == 0 {
		return fmt.Errorf("%w: no customers, want at least one", ErrInput)
	}
	if len(frequency) != n || len(monetary) != n {
		return fmt.Errorf("%w: %d recencies, %d frequencies, %d monetary values, want as many of each", ErrInput, n, len(frequency), len(monetary))
	}
	for c, column := range [3][]float64{recencyDays, frequency, monetary} {
		if i := slices.IndexFunc(column, notFinite); i >= 0 {
			return fmt.Errorf("%w: %s of the customer at index %d is %v, want a finite number", ErrInput, columnNames[c], i, column[i])
		}
	}
	return nil
}

// edges are the type 1 quantiles of the column at j/bins for j = 1 … bins−1:
//
//	q_j = x_(⌈n·j/bins⌉), the order statistic counted from 1
//
// The index is computed in integers, as n·(j/bins) in floating point may fall
// on the wrong side of a whole number.
//
// Source: Hyndman and Fan (1996), Sample Quantiles in Statistical Packages,
// The American Statistician 50(4), definition 1.
func edges(column []float64, bins int) []float64 {
	sorted := slices.Sorted(slices.Values(column))
	n := len(sorted)
	q := make([]float64, bins-1)
	for j := 1; j < bins; j++ {
		q[j-1] = sorted[(n*j+bins-1)/bins-1]
	}
	return q
}

// edgesOfR are the edges of the R package rfm 0.3.0, the type 7 quantiles at
// j/bins plus 1:
//
//	q_j = (1−g)·x_(k) + g·x_(k+1),  k + g = 1 + (n−1)·j/bins
//
// The one is R's, whatever the unit of the column: in another currency other
// customers change bins. What R takes for a whole index is taken for one here.
//
// Source: Hyndman and Fan (1996), definition 7; R 4 stats::quantile.default.
func edgesOfR(column []float64, bins int) []float64 {
	const fuzz = 4 * 2.220446049250313e-16 // of R: 4·.Machine$double.eps
	sorted := slices.Sorted(slices.Values(column))
	q := make([]float64, bins-1)
	for j := 1; j < bins; j++ {
		index := float64(len(sorted)-1) * (float64(j) * (1 / float64(bins)))
		low := math.Floor(index + fuzz)
		g := index - low
		if math.Abs(g) < fuzz {
			g = 0
		}
		k := int(low)
		q[j-1] = sorted[k] + 1
		if next := min(k+1, len(sorted)-1); g > 0 && sorted[next] != sorted[k] {
			q[j-1] = (1-g)*sorted[k] + g*sorted[next] + 1
		}
	}
	return q
}

// warnings say what about the cut points deserves a second look, given the
// scores of the customers that they were fitted to. Edges that somebody chose
// are not blamed.
func (c CutPoints) warnings() []wording.Message {
	if c.Method == MethodThresholds {
		return nil
	}
	var found []wording.Message
	if c.Customers < minPerBin*c.Bins {
		found = append(found, wording.Of("warning.few_customers", "customers", wording.Plain(c.Customers), "bins", wording.Plain(c.Bins), "need", wording.Plain(minPerBin*c.Bins)))
	}
	for at, counts := range [3][]int64{c.Counts.R, c.Counts.F, c.Counts.M} {
		unused := 0
		for _, n := range counts {
			if n == 0 {
				unused++
			}
		}
		if unused > 0 {
			found = append(found, wording.Of("warning.unused_scores", "column", columnNames[at], "unused", wording.Plain(unused), "bins", wording.Plain(c.Bins)))
		}
	}
	return found
}
