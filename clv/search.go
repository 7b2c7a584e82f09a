package clv

import "math"

const (
	// sketchFrom is the number of distinct rows from which a search first looks
	// at a sketch of the panel. Fewer are climbed in a few milliseconds.
	sketchFrom = 8192
	// sketchCustomers is the number of customers in a sketch: enough to be
	// within a few standard errors of the top of the whole, at the cost of a
	// twentieth of a look at 100,000 rows.
	sketchCustomers = 4096
	// sameTop is how far apart, in standard errors, the ends of two climbs to
	// one top may be. Two tops are further apart than one standard error.
	sameTop = 1e-3
	// gridStarts is the number of starts of last resort, and gridReach how far
	// they spread: a factor of 100 either way of 1, the size of the data.
	gridStarts = 16
)

var gridReach = math.Log(100)

// terrain is a family over a merged panel: all that a search needs. Times, or
// money, are in multiples of unit.
type terrain struct {
	family    family
	panel     Panel
	unit      float64
	customers float64
	meanX     float64
	workers   int
	looks     *int
}

// hill is the terrain's log-likelihood, no parameter held.
func (t terrain) hill() hill {
	h := newHill(t.family.likelihood(t.panel), t.family.free(), t.unit, t.customers, t.workers)
	h.looks = t.looks
	return h
}

// search finds the top of a family or, where the data do not pin that down,
// what settle makes of it. A start may save work; nil means none.
func (t terrain) search(start []float64) peak {
	h := t.hill()
	s := t.ascend(h, start)
	if h.converged(s) && len(h.loose(s)) == 0 {
		return peak{hill: h, summit: s, family: t.family}
	}
	return t.settle(h, s)
}

// ascend climbs to the top that the family's own starts lead to.
//
// On a large panel they are tried on a sketch of it, and one climb from there,
// close to the top, does the rest. A start from outside only takes the place of
// that last climb's, and only if on the sketch it leads to the same top: so it
// may change the number of steps but not where they end. Small panels, for which
// no sketch is made, have no use for it.
func (t terrain) ascend(h hill, start []float64) summit {
	starts := t.starts()
	sketch, ok := t.sketch()
	if !ok {
		return h.climbFromAny(starts)
	}
	low := sketch.hill()
	from := low.climbFromAny(starts)
	if !low.converged(from) {
		// A point far out is flat all round and keeps a climb there: the
		// family's best start is tried too.
		return h.climbFromAny([][]float64{starts[0], from.logs})
	}
	if start != nil && from.isTopOf(low.climb(start)) {
		if s := h.climb(start); h.converged(s) {
			return s
		}
	}
	if s := h.climb(from.logs); h.converged(s) {
		return s
	}
	return h.climbFromAny(starts)
}

// starts are the family's starts, as log parameters.
func (t terrain) starts() [][]float64 {
	starts := t.family.starts(t.meanX)
	for i, theta := range starts {
		starts[i] = logsOf(theta)
	}
	return starts
}

// climbFromAny climbs from log parameters in turn until one climb ends at
// a top that pins everything down. Failing that it returns the highest of the
// ends; of ends as high as each other, one that converged.
func (h hill) climbFromAny(starts [][]float64) summit {
	var best summit
	for i, logs := range starts {
		s := h.climb(logs)
		if h.converged(s) && len(h.loose(s)) == 0 {
			return s
		}
		if i == 0 || h.beats(s, best) {
			best = s
		}
	}
	return best
}

// beats reports whether a summit is a better answer than one found before.
func (h hill) beats(s, best summit) bool {
	gain, noise := s.slope.f-best.slope.f, 10*roundingNoise*math.Abs(best.slope.f)
	if math.Abs(gain) <= noise {
		return h.converged(s) && !h.converged(best)
	}
	return gain > 0
}

// isTopOf reports whether another climb ended at this top.
func (s summit) isTopOf(other summit) bool {
	if !(other.decrement <= decrementTolerance) {
		return false
	}
	for i, e := range s.logErrors() {
		if !(math.Abs(s.logs[i]-other.logs[i]) <= sameTop*e) {
			return false
		}
	}
	return true
}

// searchGrid is for a climb that failed where no limit explains why: it starts
// from points spread evenly over the box, with what is held where it is, and
// reports whether one leads to a top, or higher.
func (t terrain) searchGrid(p peak) (peak, bool) {
	found := false
	for k := range gridStarts {
		logs := gridPoint(k, len(p.logs))
		for i := range logs {
			if p.held[i] {
				logs[i] = p.logs[i]
			}
		}
		if s := p.climb(logs); p.beats(s, p.summit) {
			p.summit, found = s, true
		}
	}
	return p, found
}

// gridPoint is point k of a Halton sequence, as log parameters.
//
// Source: Halton (1960), On the efficiency of certain quasi-random sequences of
// points, Numerische Mathematik 2, https://doi.org/10.1007/BF01386213.
func gridPoint(k, parameters int) []float64 {
	bases := [maxParams]int{2, 3, 5, 7, 11}
	logs := make([]float64, parameters)
	for i := range logs {
		share, digit := 0.0, 1.0
		for n := k + 1; n > 0; n /= bases[i] {
			digit /= float64(bases[i])
			share += digit * float64(n%bases[i])
		}
		logs[i] = (2*share - 1) * gridReach
	}
	return logs
}

// sketch is the terrain over an even sample of the customers, if it is large
// enough to need one. The sample takes the customers, in the order of the merged
// rows, at equal distances: it has few of a kind only where the panel has.
func (t terrain) sketch() (terrain, bool) {
	if t.panel.Len() < sketchFrom {
		return terrain{}, false
	}
	var sample Panel
	before, taken := 0.0, 0.0
	for i, w := range t.panel.Weight {
		before += w
		if n := math.Floor(before/t.customers*sketchCustomers + 0.5); n > taken {
			sample.appendRow(t.panel.X[i], t.panel.TX[i], t.panel.T[i], n-taken)
			taken = n
		}
	}
	t.panel, t.customers, t.looks = sample, taken, new(int)
	return t, true
}

// logsOf are the logarithms of parameters.
func logsOf(theta []float64) []float64 {
	logs := make([]float64, len(theta))
	for i, v := range theta {
		logs[i] = math.Log(v)
	}
	return logs
}
