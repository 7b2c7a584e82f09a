package clv

import (
	"fmt"
	"math"
)

// MaxCount and MaxTime bound what a row may hold. A count up to 2^53 is exact
// in a float64, and a time of 1e15 is thirty million years of seconds: whatever
// lies beyond is a mistake in the data, and would overflow a log-likelihood.
const (
	MaxCount = 1 << 53
	MaxTime  = 1e15
)

// Panel is what the models need to know of many customers, as columns of equal
// length, one row per customer.
type Panel struct {
	X      []float64 // repeat purchases: whole numbers
	TX     []float64 // time from the first purchase to the last, in model units; 0 when X is 0
	T      []float64 // time from the first purchase to the end of observation, in model units
	Weight []float64 // customers that a row stands for; nil means one each

	// LnGaps is the sum of the logarithms of the gaps between purchases, the first
	// included, in model units; 0 where X is 0. It tells how regular purchases are,
	// which only BG/CNBD-k and MBG/CNBD-k ask. nil: not known.
	LnGaps []float64
}

// Len is the number of rows.
func (p Panel) Len() int { return len(p.X) }

// weight is the number of customers in row i.
func (p Panel) weight(i int) float64 {
	if p.Weight == nil {
		return 1
	}
	return p.Weight[i]
}

// Validate returns an error that names the first row that no customer can
// have, and what was expected of which column; nil when there is none. The values
// are a customer's own and not for messages. A model may be fitted to a valid
// panel and scores each of its rows.
func (p Panel) Validate() error {
	if err := p.validateLengths(); err != nil {
		return err
	}
	for i := range p.X {
		if err := CheckRow(p.X[i], p.TX[i], p.T[i]); err != nil {
			return fmt.Errorf("panel row %d: %w", i, err)
		}
		if w := p.weight(i); !validWeight(w) {
			return fmt.Errorf("panel row %d: %w: weight is not a number from 0 to %v", i, ErrRow, float64(MaxCount))
		}
		if p.LnGaps != nil {
			if err := CheckGaps(p.X[i], p.TX[i], p.LnGaps[i]); err != nil {
				return fmt.Errorf("panel row %d: %w", i, err)
			}
		}
	}
	return nil
}

func (p Panel) validateLengths() error {
	n := len(p.X)
	if len(p.TX) != n || len(p.T) != n || (p.Weight != nil && len(p.Weight) != n) {
		return fmt.Errorf("panel: %w: columns differ in length: x %d, t_x %d, t %d, weight %d (nil for all 1)",
			ErrRow, n, len(p.TX), len(p.T), len(p.Weight))
	}
	if p.LnGaps != nil && len(p.LnGaps) != n {
		return fmt.Errorf("panel: %w: columns differ in length: x %d, logarithms of gaps %d (nil for unknown)", ErrRow, n, len(p.LnGaps))
	}
	return nil
}

// CheckRow returns an error wrapping ErrRow when (x, t_x, t) cannot be a
// customer's history, and nil when it can.
func CheckRow(x, tx, t float64) error {
	switch {
	case !validCount(x):
		return fmt.Errorf("%w: x is not a whole number from 0 to %v", ErrRow, float64(MaxCount))
	case !(t >= 0 && t <= MaxTime):
		return fmt.Errorf("%w: t is not a number from 0 to %v", ErrRow, MaxTime)
	case !(tx >= 0 && tx <= MaxTime):
		return fmt.Errorf("%w: t_x is not a number from 0 to %v", ErrRow, MaxTime)
	case tx > t:
		return fmt.Errorf("%w: t_x is after t", ErrRow)
	case x == 0 && tx != 0:
		return fmt.Errorf("%w: t_x should be 0 where x is 0", ErrRow)
	}
	return nil
}

// longestGaps is the largest ratio of the geometric mean of gaps to the gap of even ones,
// t_x/x. It would be 1 at most, but t_x may have been rounded. A mistaken unit makes it 7
// or more.
const longestGaps = 1.5

// CheckGaps returns an error wrapping ErrRow when no x gaps that add up to t_x have
// lnGaps as the sum of their logarithms. That sum is largest for even gaps.
func CheckGaps(x, tx, lnGaps float64) error {
	switch {
	case math.IsNaN(lnGaps) || math.IsInf(lnGaps, 0):
		return fmt.Errorf("%w: the sum of the logarithms of gaps is not a finite number", ErrRow)
	case x == 0 && lnGaps != 0:
		return fmt.Errorf("%w: the sum of the logarithms of gaps should be 0 where x is 0", ErrRow)
	case tx > 0 && lnGaps > x*math.Log(tx/x*longestGaps):
		return fmt.Errorf("%w: the sum of the logarithms of gaps is too large for x gaps within t_x; are they in one unit?", ErrRow)
	}
	return nil
}

// validRow reports whether CheckRow accepts a row, without making an error.
func validRow(x, tx, t float64) bool {
	return validCount(x) && tx >= 0 && tx <= t && t <= MaxTime && (x > 0 || tx == 0)
}

// validCount reports whether x is a whole number up to MaxCount.
func validCount(x float64) bool { return x >= 0 && x <= MaxCount && x == math.Trunc(x) }

// validWeight reports whether w is a number of customers; fractions may be.
func validWeight(w float64) bool { return w >= 0 && w <= MaxCount }

// Merge returns the panel with equal rows merged into one that carries the sum
// of their weights, sorted by x, t_x and t. Rows of weight 0 disappear. Any
// permutation of the rows gives the same bits.
//
// LnGaps does not keep rows apart, and a merged row has their weighted mean: a
// log-likelihood is linear in it.
func (p Panel) Merge() Panel {
	rows := make([]row, 0, p.Len())
	for i := range p.X {
		if w := p.weight(i); w != 0 {
			// Adding 0 turns the -0 that a subtraction may leave into 0.
			r := row{x: p.X[i] + 0, tx: p.TX[i] + 0, t: p.T[i] + 0, weight: w}
			if p.LnGaps != nil {
				r.lnGaps = p.LnGaps[i] + 0
			}
			rows = append(rows, r)
		}
	}
	sortRows(rows)
	merged := rows[:0]
	for _, r := range rows {
		r.lnGaps *= r.weight // the sum, until all are in
		if n := len(merged); n > 0 && merged[n-1].sameHistory(r) {
			merged[n-1].weight += r.weight
			merged[n-1].lnGaps += r.lnGaps
		} else {
			merged = append(merged, r)
		}
	}
	return panelOf(merged, p.LnGaps != nil)
}

// panelOf is the panel of rows in which lnGaps is a sum over customers.
func panelOf(rows []row, withGaps bool) (p Panel) {
	if len(rows) == 0 {
		return p
	}
	into := []*[]float64{&p.X, &p.TX, &p.T, &p.Weight, &p.LnGaps}
	if !withGaps {
		into = into[:rowColumns-1]
	}
	columns := make([]float64, len(into)*len(rows))
	for k, column := range into {
		*column, columns = columns[:len(rows):len(rows)], columns[len(rows):]
		for i := range rows {
			(*column)[i] = rows[i].column(k)
		}
	}
	for i := range p.LnGaps {
		p.LnGaps[i] /= p.Weight[i]
	}
	return p
}

// appendRow adds a row.
func (p *Panel) appendRow(x, tx, t, weight float64) {
	p.X = append(p.X, x)
	p.TX = append(p.TX, tx)
	p.T = append(p.T, t)
	p.Weight = append(p.Weight, weight)
}
