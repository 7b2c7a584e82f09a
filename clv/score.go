package clv

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Scores are one number per row of a panel, in its order. Columns not asked for
// are nil; a row that CheckRow refuses has NaN in all of them.
type Scores struct {
	LogLikelihood []float64
	PAlive        []float64
	CET           []float64 // purchases expected within the horizon
	DECT          []float64 // the same, discounted
	DERT          []float64 // the same, discounted, for ever
	AliveTime     []float64 // discounted time as a customer within the horizon, model units
	None          []float64 // chance of no purchase within NoneWithin
}

// ScoreOptions say what to compute. PAlive and CET always are.
type ScoreOptions struct {
	Horizon float64 // model units from 0 to MaxTime, or +Inf for ever
	Delta   float64 // continuous rate of discount per model unit, from 0 to MaxTime
	Workers int     // goroutines; below 1 means 1

	WithLogLikelihood bool
	WithDECT          bool
	WithDERT          bool
	WithAliveTime     bool
	WithNone          bool
	NoneWithin        float64 // model units from 0 to MaxTime; matters only WithNone

	discountedOnly bool // CET is that of a discount too, and is not read
}

// Validate returns an error that wraps ErrParameter when a horizon or a rate is
// out of range. Score gives NaN under such options.
func (o ScoreOptions) Validate() error {
	if !validHorizon(o.Horizon, 0) {
		return fmt.Errorf("%w: horizon (%v) is not a number from 0 to %v or +Inf", ErrParameter, o.Horizon, MaxTime)
	}
	if o.WithNone && (!validHorizon(o.NoneWithin, 0) || math.IsInf(o.NoneWithin, 1)) {
		return fmt.Errorf("%w: horizon of no purchase (%v) is not a number from 0 to %v", ErrParameter, o.NoneWithin, MaxTime)
	}
	if !validHorizon(0, o.Delta) {
		return fmt.Errorf("%w: delta (%v) is not a number from 0 to %v", ErrParameter, o.Delta, MaxTime)
	}
	return nil
}

// validHorizon reports whether h and delta are in the ranges that Model describes.
func validHorizon(h, delta float64) bool {
	return h >= 0 && (h <= MaxTime || math.IsInf(h, 1)) && delta >= 0 && delta <= MaxTime
}

// Score scores every row of a panel; weights play no part. Each row gets what
// the model's methods give for it alone, bit for bit, whatever else is in the
// panel. The columns must be of one length (Validate). Score is fast because the future of
// a customer who is alive depends on (x, t) only: it is worked out once for each such pair.
func Score(m *Model, p Panel, o ScoreOptions) Scores { return score(m, p, sameX(p), o, nil) }

// score is Score, given the rows of the panel by x: the members of a blend share them.
// Where the scores of another horizon are known, what looks back is taken from those.
func score(m *Model, p Panel, tasks [][]pair, o ScoreOptions, known *Scores) Scores {
	n := p.Len()
	s := Scores{CET: make([]float64, n)}
	if known != nil {
		s.PAlive, s.LogLikelihood = known.PAlive, known.LogLikelihood
	} else {
		s.PAlive = make([]float64, n)
	}
	for _, column := range []struct {
		wanted bool
		to     *[]float64
	}{
		{o.WithLogLikelihood && known == nil, &s.LogLikelihood},
		{o.WithDECT, &s.DECT},
		{o.WithDERT, &s.DERT},
		{o.WithAliveTime, &s.AliveTime},
		{o.WithNone, &s.None},
	} {
		if column.wanted {
			*column.to = make([]float64, n)
		}
	}
	if o.Validate() != nil {
		for _, column := range [][]float64{s.CET, s.DECT, s.DERT, s.AliveTime, s.None} {
			for i := range column {
				column[i] = math.NaN()
			}
		}
	}
	inParallel(len(tasks), o.Workers, func(i int) {
		if known == nil {
			s.past(m, p, tasks[i])
		}
		if o.Validate() == nil {
			s.future(m, p, tasks[i], o)
		}
	})
	return s
}

// past fills the columns that look back, of rows of one x.
func (s Scores) past(m *Model, p Panel, rows []pair) {
	known := historyOf(m.process, rows[0].x)
	for k, r := range rows {
		tx, i := p.TX[r.row], r.row
		if k > 0 && s.LogLikelihood == nil && r.t == rows[k-1].t && tx == p.TX[rows[k-1].row] { // as of many who bought once
			s.PAlive[i] = s.PAlive[rows[k-1].row]
			continue
		}
		s.PAlive[i] = math.NaN()
		if s.LogLikelihood != nil {
			s.LogLikelihood[i] = math.NaN()
		}
		if !m.family.validRow(r.x, tx, r.t) {
			continue
		}
		s.PAlive[i] = known.pAlive(tx, r.t)
		if s.LogLikelihood == nil {
			continue
		}
		if staged, ok := m.process.(staged); ok && p.LnGaps != nil {
			s.LogLikelihood[i] = staged.logLikelihoodOf(r.x, tx, r.t, p.LnGaps[i])
		} else {
			s.LogLikelihood[i] = known.logLikelihood(tx, r.t)
		}
	}
}

// rowsPerTask bounds the rows that one goroutine takes at a time, so that the
// many customers with x = 0 are shared out too.
const rowsPerTask = 1 << 14

// pair is what the future of a row depends on.
type pair struct {
	x, t float64
	row  int
}

// sameX sorts the rows of a panel by (x, t) and cuts them where x changes.
func sameX(p Panel) [][]pair {
	pairs := make([]pair, p.Len())
	for i := range pairs {
		pairs[i] = pair{x: p.X[i], t: p.T[i], row: i}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		if a.x != b.x { // rarely: cheaper than to compare for an order
			return cmp.Compare(a.x, b.x)
		}
		return cmp.Compare(a.t, b.t)
	})
	var tasks [][]pair
	start := 0
	for i := range pairs {
		if i > start && (pairs[i].x != pairs[start].x || i-start == rowsPerTask) {
			tasks = append(tasks, pairs[start:i])
			start = i
		}
	}
	if start < len(pairs) {
		tasks = append(tasks, pairs[start:])
	}
	return tasks
}

// aheadOf is what lies ahead of a customer who is alive, in one stage.
type aheadOf struct{ cet, dect, dert, time, none float64 }

// future fills the columns that look ahead, of rows of one x in the order of t.
func (s Scores) future(m *Model, p Panel, rows []pair, o ScoreOptions) {
	look := outlookOf(m.process, rows[0].x)
	at := make([]aheadOf, len(look.by)) // of customers alive at lastT, by stage
	lastT := math.NaN()
	curves := aheadByCurves{options: o, look: look.by, curve: aheadCurve{low: math.NaN()}}
	for k, r := range rows {
		pAlive := s.PAlive[r.row]
		if math.IsNaN(pAlive) { // no customer can have such a row, nor a future
			s.fill(r.row, pAlive, []float64{1}, []aheadOf{{pAlive, pAlive, pAlive, pAlive, pAlive}})
			continue
		}
		if r.t != lastT {
			lastT = r.t
			if o.discountedOnly {
				curves.at(rows[k:], at)
			} else {
				for j, ahead := range look.by {
					at[j] = o.lookAhead(ahead, r.t)
				}
			}
		}
		s.fill(r.row, pAlive, look.of(p.TX[r.row], r.t), at)
	}
}

// fill fills a row from what lies ahead in each stage.
func (s Scores) fill(row int, pAlive float64, chances []float64, at []aheadOf) {
	var sum aheadOf
	for j, chance := range chances {
		sum.cet += ifAlive(chance, at[j].cet)
		sum.dect += ifAlive(chance, at[j].dect)
		sum.dert += ifAlive(chance, at[j].dert)
		sum.time += ifAlive(chance, at[j].time)
		sum.none += chance * at[j].none
	}
	s.CET[row] = ifAlive(pAlive, sum.cet)
	if s.DECT != nil {
		s.DECT[row] = ifAlive(pAlive, sum.dect)
	}
	if s.DERT != nil {
		s.DERT[row] = ifAlive(pAlive, sum.dert)
	}
	if s.AliveTime != nil {
		s.AliveTime[row] = ifAlive(pAlive, sum.time)
	}
	if s.None != nil {
		s.None[row] = min(pAlive*sum.none+(1-pAlive), 1)
	}
}

// lookAhead is what a customer alive at t can be expected to do. The integral
// is done once more for the discount only where that is asked for.
func (o ScoreOptions) lookAhead(ahead prospect, t float64) (at aheadOf) {
	if o.discountedOnly {
		at.dect, at.time = ahead.ahead(o.Horizon, o.Delta, t)
		return at
	}
	at.cet, at.time = ahead.ahead(o.Horizon, 0, t)
	at.dect = at.cet
	if o.Delta > 0 && (o.WithDECT || o.WithAliveTime) {
		at.dect, at.time = ahead.ahead(o.Horizon, o.Delta, t)
	}
	if o.WithDERT {
		at.dert, _ = ahead.ahead(math.Inf(1), o.Delta, t)
	}
	if o.WithNone {
		at.none = ahead.pmf(0, o.NoneWithin, t)
	}
	return at
}

// ifAlive is the expectation of something that only comes to customers still
// alive: 0 for those who are not, though it may be infinite for the others.
func ifAlive(pAlive, given float64) float64 {
	if pAlive == 0 {
		return 0
	}
	return pAlive * given
}
