package rfm

import (
	"fmt"
	"slices"
)

// minPerBin is the number of customers per score below which edges are moved
// by single customers.
const minPerBin = 5

// Fit finds the cut points of three columns of equal length, one entry per
// customer: days since the last purchase, orders, net spend. asOf is noted in
// the result, not read.
//
// Any number of customers from one on gives cut points. The warnings are for
// people: too few customers for the bins, or a column with so many equal
// values that scores stay unused. Errors wrap ErrInput: no customers, columns
// of different lengths, NaN or infinite values, bins out of range.
func Fit(asOf string, recencyDays, frequency, monetary []float64, o Options) (CutPoints, []string, error) {
	bins := o.Bins
	if bins == 0 {
		bins = DefaultBins
	}
	if bins < minBins || bins > maxBins {
		return CutPoints{}, nil, fmt.Errorf("%w: %d bins, want %d to %d", ErrInput, bins, minBins, maxBins)
	}
	if err := validate(recencyDays, frequency, monetary); err != nil {
		return CutPoints{}, nil, err
	}
	c := CutPoints{
		AsOf:      asOf,
		Customers: len(recencyDays),
		Method:    MethodQuantile,
		EdgeType:  EdgeType1,
		Closed:    ClosedRight,
		Bins:      bins,
		Recency:   edges(recencyDays, bins),
		Frequency: edges(frequency, bins),
		Monetary:  edges(monetary, bins),
	}
	return c, c.warnings(c.Score(recencyDays, frequency, monetary)), nil
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

// warnings say what about the cut points deserves a second look, given the
// scores of the customers that they were fitted to.
func (c CutPoints) warnings(s Scores) []string {
	var found []string
	if c.Customers < minPerBin*c.Bins {
		found = append(found, fmt.Sprintf("rfm: %d customers for %d bins; with fewer than %d single customers move the cut points",
			c.Customers, c.Bins, minPerBin*c.Bins))
	}
	for at, scores := range [3][]int8{s.R, s.F, s.M} {
		var used [maxBins + 1]bool
		unused := c.Bins
		for _, score := range scores {
			if !used[score] {
				used[score] = true
				unused--
			}
		}
		if unused > 0 {
			found = append(found, fmt.Sprintf("rfm: %s has so few distinct values that %d of %d scores stay unused",
				columnNames[at], unused, c.Bins))
		}
	}
	return found
}
