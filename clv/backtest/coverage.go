package backtest

import (
	"math"

	"clientele/clv"
)

// IntervalLevel is the probability that a prediction interval should hold.
const IntervalLevel = 0.90

// Coverage is how often counts fell into their prediction intervals.
//
// An interval of counts holds more than its level, as the last count added to
// it takes the probability past the level. Raw therefore lies above the level
// for a true model, the more the smaller the counts. TieSplit counts that last
// one by the share of it that was needed: for a true model its mean is the
// level exactly.
//
// Source: the idea is that of the randomised PIT; Czado, Gneiting and Held
// (2009), Predictive Model Assessment for Count Data, Biometrics 65(4),
// https://doi.org/10.1111/j.1541-0420.2009.01191.x.
type Coverage struct {
	Raw      float64
	TieSplit float64
}

// interval is a run of counts that holds a level of probability.
type interval struct {
	low, high int
	edge      int     // the end that was added last
	share     float64 // of the edge that takes the rest up to the level exactly
}

// shortestInterval is the shortest run of counts with at least IntervalLevel of
// the probability; of several, the one with the most, then the lowest. Its edge
// is the less likely end: without it the run would not do. Counts above
// highest, which nobody can reach, are not tried: where all up to there hold
// less than the level, the interval is all of them.
func shortestInterval(p func(n float64) float64, highest int) interval {
	best := interval{low: 0, high: highest, edge: highest, share: 1}
	bestMass, found := 0.0, false
	mass, below, high := 0.0, 0.0, -1
	// Runs that start above the level's lower quantile hold too little.
	for low := 0; low <= highest && 1-below >= IntervalLevel; low++ {
		for mass < IntervalLevel && high < highest && (!found || high-low < best.high-best.low) {
			high++
			mass += p(float64(high))
		}
		shorter := !found || high-low < best.high-best.low
		if mass >= IntervalLevel && (shorter || mass > bestMass) {
			best.low, best.high, bestMass, found = low, high, mass, true
		}
		if high < low {
			break
		}
		mass -= p(float64(low))
		below += p(float64(low))
	}
	if found {
		best.splitEdge(p, bestMass)
	}
	return best
}

// splitEdge finds the edge of an interval of so much probability, and its share.
func (v *interval) splitEdge(p func(n float64) float64, mass float64) {
	v.edge = v.high
	if p(float64(v.low)) < p(float64(v.high)) {
		v.edge = v.low
	}
	last := p(float64(v.edge))
	v.share = min(1, max(0, (IntervalLevel-(mass-last))/last))
}

// holds says how much of a count lies in the interval: whole, and with the edge
// split.
func (v interval) holds(n float64) Coverage {
	switch {
	case n < float64(v.low) || n > float64(v.high):
		return Coverage{}
	case n == float64(v.edge):
		return Coverage{1, v.share}
	}
	return Coverage{1, 1}
}

// scoredCells is what a model's laws say of what each cell did.
type scoredCells struct {
	chance   []float64  // of it
	logScore []float64  // its logarithm, bounded
	coverage []Coverage // nil: nobody asked for intervals
}

func newScoredCells(cells int) scoredCells {
	return scoredCells{chance: make([]float64, cells), logScore: make([]float64, cells)}
}

// scoreCells asks a blend for the law of every row of a split. lnCounts is filled with how
// much its one member counts in a blend of several; nil: that is not asked for.
func (k sample) scoreCells(b *clv.Blend, o Options, lnCounts []float64) scoredCells {
	j := newScoredCells(len(k.cells))
	if !o.Brief {
		j.coverage = make([]Coverage, len(k.cells))
	}
	highest := int(k.end - k.origin) // purchase days
	clv.EachCountLaw(b, k.rows, k.horizon, o.Workers, func(row int, law clv.CountLaw) {
		from, to := k.cellsOf[row], k.cellsOf[row+1]
		if !o.Brief {
			v := shortestInterval(law.P, highest)
			for c := from; c < to; c++ {
				j.coverage[c] = v.holds(k.cells[c].actual)
			}
		}
		for c := from; c < to; c++ {
			j.chance[c] = law.P(k.cells[c].actual)
			j.logScore[c] = clv.LogScore(j.chance[c])
		}
		if lnCounts != nil {
			lnCounts[row] = clv.SilenceCredit * law.LnSilence(0)
		}
	})
	return j
}

// means are the mean log score and the coverage over customers.
func (j scoredCells) means(k sample) (logScore float64, coverage Coverage) {
	for i, c := range k.cells {
		logScore += c.customers * j.logScore[i]
	}
	if j.coverage == nil {
		return logScore / k.customers, Coverage{math.NaN(), math.NaN()}
	}
	for i, c := range k.cells {
		coverage.Raw += c.customers * j.coverage[i].Raw
		coverage.TieSplit += c.customers * j.coverage[i].TieSplit
	}
	return logScore / k.customers, Coverage{coverage.Raw / k.customers, coverage.TieSplit / k.customers}
}
