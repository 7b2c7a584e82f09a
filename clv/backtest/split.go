package backtest

import (
	"cmp"
	"math"
	"slices"

	"clientele/clv"
)

// sample is a split of the shop at an origin: what a model may know, and what
// it is asked. Customers with the same past are one row, and those who also
// bought as often in the holdout are one cell.
type sample struct {
	origin, end int32 // last days of calibration and of holdout
	horizon     float64
	rows        clv.Panel // distinct (x, t_x, t), weighted by customers
	cells       []cell    // by row, then by count
	cellsOf     []int32   // cells of row i are cellsOf[i] up to but without cellsOf[i+1]
	cellOf      []int32   // the cell of each of the shop's buyers born by the origin; nobody: all they had bought had come back
	customers   float64
	bornAfter   float64
	repeaters   float64 // customers with x >= 1
	repeats     float64 // Σx
	actual      float64 // purchases in the holdout
	done        done    // of the cells
}

// nobody is the cell of buyers who play no part.
const nobody = -1

// cell is a number of customers with one past and one count of purchases in
// the holdout.
type cell struct {
	row               int32
	actual, customers float64
}

// past is what a split sees of buyers, in days.
type past struct {
	x, tx, t, actual int32
	buyers           int32
	lnGaps           float64 // sum of the logarithms of the gaps between the x+1 purchases, days
}

// newSample splits a shop. A purchase day on or before the origin is known, unless all of it
// had come back by then, and one up to holdout days later that stands is asked for.
func (s shop) newSample(origin, holdout int32, unitDays float64) sample {
	k := sample{origin: origin, end: origin + holdout, horizon: float64(holdout) / unitDays}
	born := s.bornBy(origin)
	k.cellOf = slices.Repeat([]int32{nobody}, born)
	for _, p := range s.pastsBy(k, born) {
		k.add(p, s.buyers[p.buyers].customers, unitDays)
	}
	k.cellsOf = append(k.cellsOf, int32(len(k.cells)))
	k.done = doneIn(k.outcomes(make([]float64, k.rows.Len())))
	for i, b := range s.buyers {
		if (i >= born || k.cellOf[i] == nobody) && len(b.standing()) > 0 {
			k.bornAfter += b.customers
		}
	}
	return k
}

// pastsBy lists the pasts of the buyers born by the origin, in the order of
// rows and cells.
func (s shop) pastsBy(k sample, born int) []past {
	pasts := make([]past, 0, born)
	for i, b := range s.buyers[:born] {
		days := b.known(k.origin)
		if len(days) == 0 {
			continue
		}
		pasts = append(pasts, past{
			x:      int32(len(days) - 1),
			tx:     days[len(days)-1] - days[0],
			t:      k.origin - days[0],
			actual: int32(len(b.ahead(k.origin, k.end))),
			buyers: int32(i),
			lnGaps: lnGaps(days),
		})
	}
	slices.SortFunc(pasts, func(a, b past) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.tx, b.tx), cmp.Compare(a.t, b.t),
			cmp.Compare(a.actual, b.actual), cmp.Compare(a.buyers, b.buyers))
	})
	return pasts
}

// lnGaps is the sum of the logarithms of the gaps between days.
func lnGaps(days []int32) (sum float64) {
	for i := 1; i < len(days); i++ {
		sum += math.Log(float64(days[i] - days[i-1]))
	}
	return sum
}

// add adds customers of one past. Pasts come in order.
func (k *sample) add(p past, customers, unitDays float64) {
	x, tx, t := float64(p.x), float64(p.tx)/unitDays, float64(p.t)/unitDays
	row := len(k.rows.X) - 1
	if row < 0 || k.rows.X[row] != x || k.rows.TX[row] != tx || k.rows.T[row] != t {
		k.rows.X, k.rows.TX, k.rows.T = append(k.rows.X, x), append(k.rows.TX, tx), append(k.rows.T, t)
		k.rows.Weight, k.rows.LnGaps = append(k.rows.Weight, 0), append(k.rows.LnGaps, 0)
		k.cellsOf = append(k.cellsOf, int32(len(k.cells)))
		row++
	}
	// Customers of one row may have had other gaps: theirs is the mean.
	k.rows.LnGaps[row] += (p.lnGaps - float64(p.x)*math.Log(unitDays) - k.rows.LnGaps[row]) * customers / (k.rows.Weight[row] + customers)
	k.rows.Weight[row] += customers
	last := len(k.cells) - 1
	if int32(last) < k.cellsOf[row] || k.cells[last].actual != float64(p.actual) {
		k.cells = append(k.cells, cell{row: int32(row), actual: float64(p.actual)})
		last++
	}
	k.cells[last].customers += customers
	k.cellOf[p.buyers] = int32(last)

	k.customers += customers
	k.repeats += customers * x
	k.actual += customers * float64(p.actual)
	if p.x > 0 {
		k.repeaters += customers
	}
}

// outcomes pairs what was predicted for each row with what each cell did.
func (k sample) outcomes(predicted []float64) []outcome {
	outcomes := make([]outcome, len(k.cells))
	for i, c := range k.cells {
		outcomes[i] = outcome{predicted[c.row], c.actual, c.customers}
	}
	return outcomes
}
