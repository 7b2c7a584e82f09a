package clv

import "math/rand/v2"

// staged is a process whose customers, while they are alive, are in one of several
// stages that cannot be seen. What lies ahead then depends on t_x too, but only
// through the chances of the stages: all customers of one (x, t) share the futures.
type staged interface {
	process
	// stages is how many there are.
	stages() int
	// stageChances writes the chance of each stage of a customer alive at t.
	stageChances(x, tx, t float64, into []float64)
	// atStages are the prospects of customers alive after x repeat purchases, by
	// stage. They share work, and belong to one goroutine together.
	atStages(x float64) []prospect
	// logLikelihoodOf is logLikelihood of a customer whose gaps between purchases
	// are known: lnGaps is the sum of their logarithms.
	logLikelihoodOf(x, tx, t, lnGaps float64) float64
}

// outlook is what lies ahead of customers alive after x repeat purchases, of any t_x
// and t. Like a prospect it belongs to one goroutine.
type outlook struct {
	x       float64
	by      []prospect // of each stage; one where the process has none
	staged  staged     // nil: it has none
	chances []float64  // of the stages of the row last asked for
}

func outlookOf(p process, x float64) *outlook {
	s, ok := p.(staged)
	if !ok {
		return &outlook{x: x, by: []prospect{p.after(x)}, chances: []float64{1}}
	}
	return &outlook{x: x, by: s.atStages(x), staged: s, chances: make([]float64, s.stages())}
}

// of returns the chances of the stages at (t_x, t), until it is called again.
func (o *outlook) of(tx, t float64) []float64 {
	if o.staged != nil {
		o.staged.stageChances(o.x, tx, t, o.chances)
	}
	return o.chances
}

// mean is the mean over stages of a number that each has. It may be infinite in a
// stage that the customer cannot be in.
func mean(chances []float64, of func(stage int) float64) (sum float64) {
	for j, chance := range chances {
		sum += ifAlive(chance, of(j))
	}
	return sum
}

// someStage is the prospect of a customer of a condensed process of whom (x, t) are
// known and t_x is not. Stage j after x purchases is kx+j events in t, so that its
// chance is in proportion to that of so many,
//
//	(r+kx)_j (kx)!/(kx+j)! (t/(α+t))^j.
type someStage struct {
	by                   []prospect
	shape, events, alpha float64 // r+kx, kx and α
}

// chances are those of the stages.
func (s someStage) chances(t float64) []float64 {
	chances, weight, sum := make([]float64, len(s.by)), 1.0, 0.0
	for j := range chances {
		chances[j] = weight
		sum += weight
		weight *= (s.shape + float64(j)) / (s.events + float64(j) + 1) * (t / (s.alpha + t))
	}
	for j := range chances {
		chances[j] /= sum
	}
	return chances
}

// ahead implements prospect.
func (s someStage) ahead(h, delta, t float64) (purchases, time float64) {
	for j, chance := range s.chances(t) {
		n, u := s.by[j].ahead(h, delta, t)
		purchases += ifAlive(chance, n)
		time += ifAlive(chance, u)
	}
	return purchases, time
}

// survival implements prospect.
func (s someStage) survival(h, t float64) float64 {
	return mean(s.chances(t), func(j int) float64 { return s.by[j].survival(h, t) })
}

// pmf implements prospect.
func (s someStage) pmf(n, h, t float64) float64 {
	return mean(s.chances(t), func(j int) float64 { return s.by[j].pmf(n, h, t) })
}

// draw implements prospect.
func (s someStage) draw(rng *rand.Rand, h, delta, t float64) future {
	left := rng.Float64()
	chances := s.chances(t)
	for j, chance := range chances[:len(chances)-1] {
		if left -= chance; left < 0 {
			return s.by[j].draw(rng, h, delta, t)
		}
	}
	return s.by[len(s.by)-1].draw(rng, h, delta, t)
}
