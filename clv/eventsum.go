package clv

import "math"

const (
	// mostEvents bounds the sums over events. A step multiplies a term three times, so
	// that a thousand of them keep twelve digits at the worst and fourteen as a rule; and
	// an integral over p takes as long.
	mostEvents = 1000
	// leastNone bounds the logarithm of the first term from below, lest it underflow.
	leastNone = -600
)

// fewEvents reports whether sums over the events until u are short, for rates ~ Gamma(s).
// They go on to where the terms, that fall by u/(1+u) in the end, are e^-40 of the sum.
func fewEvents(s, u float64) bool {
	return s*u+40*(1+u) < mostEvents && -s*math.Log1p(u) > leastNone
}

// survivalAfter is the chance that a customer who has survived n purchases with the
// probability of dropout p ~ Beta(a, b) survives the next,
//
//	E[(1-p)^(n+1)] / E[(1-p)^n] = (b+n)/(a+b+n).
func survivalAfter(a, b float64) func(n float64) float64 {
	return func(n float64) float64 { return (b + n) / (a + b + n) }
}

// eventSums are S_j and R_j/w^(k-1-j) of condensedCurves at u, period by period of k events, where
// survive is the chance to survive a purchase after n others.
func eventSums(k, j int, s, u float64, survive func(n float64) float64) (alive, buying float64) {
	shape := s + float64(j)
	none := math.Exp(-shape * math.Log1p(u))
	terms := stageTerms{shape: shape, w: u / (1 + u), chance: none, rate: none / (1 + u)}
	terms.period(j, k) // the rest of this period
	for n := 0.0; ; n++ {
		stays := survive(n)
		terms.chance, terms.rate = stays*terms.chance, stays*terms.rate
		if !terms.grows() {
			return terms.alive, terms.buying
		}
		terms.period(0, k)
	}
}

// stageTerms are sums over events in one stage, up to event m.
type stageTerms struct {
	shape, w      float64
	m             float64
	chance, rate  float64 // NB(m; shape) and NB(m; shape+1)/w^(k-1-j), times the chance to have survived
	alive, buying float64
}

// period adds the events of one period from a stage on, the last of which is a
// purchase.
func (t *stageTerms) period(stage, k int) {
	first := t.buying == 0 // up to here rate is without its powers of w
	for ; stage < k; stage++ {
		t.alive += t.chance
		more := t.w / (t.m + 1)
		t.chance *= (t.shape + t.m) * more
		if stage == k-1 {
			t.buying += t.rate
			first = false
		}
		if first {
			more = 1 / (t.m + 1)
		}
		t.rate *= (t.shape + 1 + t.m) * more
		t.m++
	}
}

// grows reports whether the next terms still count in one of the sums.
func (t *stageTerms) grows() bool {
	const leastShare = 1e-17
	return t.chance > leastShare*t.alive || t.rate > leastShare*t.buying
}
