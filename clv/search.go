package clv

import "math"

const (
	// subsampleFrom is the number of distinct rows from which a search begins with
	// a sample of the customers. Fewer rows take a few milliseconds.
	subsampleFrom = 8192
	// subsampleCustomers is the number of customers in that sample: enough to be
	// within a few standard errors of the optimum of all, and a twentieth of the
	// cost of 100,000 rows.
	subsampleCustomers = 4096
	// sameOptimum is how far apart, in standard errors, the ends of two searches
	// for one optimum may be. Two optima are further apart than one standard error.
	sameOptimum = 1e-3
	// gridStarts is the number of starts of last resort, and gridReach how far
	// they spread: a factor of 100 either way of 1, the size of the data.
	gridStarts = 16
)

var gridReach = math.Log(100)

// problem is a family to be fitted to a merged panel, whose times, or money, are in
// multiples of unit.
type problem struct {
	family      family
	panel       Panel
	unit        float64
	customers   float64
	meanX       float64
	workers     int
	evaluations *int
}

// objective is the problem's log-likelihood, no parameter held.
func (t problem) objective() objective {
	h := newObjective(t.family.likelihood(t.panel), t.family.free(), t.unit, t.customers, t.workers)
	h.evaluations = t.evaluations
	return h
}

// search finds the optimum of a family. Where the data do not determine it, the result is
// that of identify. A start may save work; nil means none.
func (t problem) search(start []float64) optimum {
	h := t.objective()
	s := t.globalMaximum(h, start)
	if h.converged(s) && len(h.weak(s)) == 0 {
		return optimum{objective: h, point: s, family: t.family}
	}
	return t.identify(h, s)
}

// globalMaximum is the optimum that the family's own starts lead to.
//
// On a large panel they are tried on a sample of it, and one search from the result,
// close to the optimum, does the rest. A start from outside may only replace the
// beginning of that last search, and only if it leads to the same optimum of the sample.
// So it may change the number of steps but not where they end. For a small panel, of
// which no sample is taken, it is not used.
func (t problem) globalMaximum(h objective, start []float64) point {
	starts := t.starts()
	subsample, ok := t.subsample()
	if !ok {
		return h.maximiseFrom(starts)
	}
	low := subsample.objective()
	from := low.maximiseFrom(starts)
	if !low.converged(from) {
		// Far from the optimum the log-likelihood may be flat, and a search from
		// there may stay: the family's best start is tried too.
		return h.maximiseFrom([][]float64{starts[0], from.logs})
	}
	if start != nil && from.isSameOptimum(low.maximise(start)) {
		if s := h.maximise(start); h.converged(s) {
			return s
		}
	}
	if s := h.maximise(from.logs); h.converged(s) {
		return s
	}
	return h.maximiseFrom(starts)
}

// starts are the family's starts, as log parameters.
func (t problem) starts() [][]float64 {
	starts := t.family.starts(t.meanX)
	for i, theta := range starts {
		starts[i] = logsOf(theta)
	}
	return starts
}

// maximiseFrom searches from each start in turn until one search ends at an optimum
// that determines all parameters. Otherwise it returns the end with the highest
// log-likelihood; of equal ones, one that converged.
func (h objective) maximiseFrom(starts [][]float64) point {
	var best point
	for i, logs := range starts {
		s := h.maximise(logs)
		if h.converged(s) && len(h.weak(s)) == 0 {
			return s
		}
		if i == 0 || h.beats(s, best) {
			best = s
		}
	}
	return best
}

// beats reports whether a point is a better answer than one found before.
func (h objective) beats(s, best point) bool {
	gain, noise := s.slope.f-best.slope.f, 10*roundingNoise*math.Abs(best.slope.f)
	if math.Abs(gain) <= noise {
		return h.converged(s) && !h.converged(best)
	}
	return gain > 0
}

// isSameOptimum reports whether another search ended at this optimum.
func (s point) isSameOptimum(other point) bool {
	if !(other.decrement <= decrementTolerance) {
		return false
	}
	for i, e := range s.logErrors() {
		if !(math.Abs(s.logs[i]-other.logs[i]) <= sameOptimum*e) {
			return false
		}
	}
	return true
}

// searchGrid is for a search that failed where no limit explains why. It starts from
// points spread evenly between the bounds, with held parameters where they are, and
// reports whether one of them leads to a better point.
func (t problem) searchGrid(p optimum) (optimum, bool) {
	found := false
	for k := range gridStarts {
		logs := gridPoint(k, len(p.logs))
		for i := range logs {
			if p.held[i] {
				logs[i] = p.logs[i]
			}
		}
		if s := p.maximise(logs); p.beats(s, p.point) {
			p.point, found = s, true
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

// subsample is the problem for an even sample of the customers, if the panel is large
// enough to need one. The sample takes every n-th customer in the order of the merged
// rows, so that each kind of customer has its share.
func (t problem) subsample() (problem, bool) {
	if t.panel.Len() < subsampleFrom {
		return problem{}, false
	}
	var sample Panel
	before, taken := 0.0, 0.0
	for i, w := range t.panel.Weight {
		before += w
		if n := math.Floor(before/t.customers*subsampleCustomers + 0.5); n > taken {
			sample.appendRow(t.panel.X[i], t.panel.TX[i], t.panel.T[i], n-taken)
			taken = n
		}
	}
	t.panel, t.customers, t.evaluations = sample, taken, new(int)
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
