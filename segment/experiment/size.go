package experiment

import "math"

// Size is what an experiment can see.
type Size struct {
	Treated, Control float64 // customers
	Variance         float64 // of the outcome among customers
}

// Detectable is the least effect per customer that is found with a chance of 80% by a test
// at 5%:
//
//	2.80 √(s²/n_T + s²/n_C)
//
// It is NaN where an arm is empty, and where nobody differs from anybody: then nothing says
// how much customers would. An effect that was measured and is smaller than this is
// likely overstated (Gelman and Carlin (2014), Perspectives on Psychological Science 9(6)).
//
// Source: Kohavi, Tang and Xu (2020), Trustworthy Online Controlled Experiments, eq. 15.1.
func (s Size) Detectable() float64 {
	if s.Treated <= 0 || s.Control <= 0 || s.Variance <= 0 {
		return math.NaN()
	}
	return sizeFactor * math.Sqrt(s.Variance/s.Treated+s.Variance/s.Control)
}

// Needed is how many customers of both arms together it takes to find an effect d as
// Detectable says, if they are parted as these are:
//
//	N = 2.80² s² (1/(1−c) + 1/c) / d²,  c the share of control
//
// It is NaN where there is no effect to find.
func (s Size) Needed(effect float64) float64 {
	all := s.Treated + s.Control
	if s.Treated <= 0 || s.Control <= 0 || s.Variance <= 0 || effect == 0 || math.IsNaN(effect) {
		return math.NaN()
	}
	return math.Ceil(square(sizeFactor/effect) * s.Variance * all * (1/s.Treated + 1/s.Control))
}

// DetectableShare is Detectable as a share of a mean. It exists where the mean itself is
// seen at that size, n > 2.80² CV² = 7.84 CV² with the coefficient of variation CV = s/mean
// and n the customers of both arms, and is NaN elsewhere: no change of a mean that is not
// known from 0 can be told as a share of it.
func (s Size) DetectableShare(mean float64) float64 {
	n := s.Treated + s.Control
	if mean <= 0 || n <= sizeFactor*sizeFactor*s.Variance/(mean*mean) {
		return math.NaN()
	}
	return s.Detectable() / mean
}

// Size is that of the experiment as it was: its usable customers, and the variance of a
// column within arms and blocks.
func (a Arms) Size(y []float64) Size {
	var s Size
	within, degrees := 0.0, 0.0
	c := a.compare(y)
	for k := range c.blocks {
		for _, m := range []moments{c.treated[k], c.control[k]} {
			within += (m.n - 1) * m.variance
			degrees += m.n - 1
		}
		s.Treated += c.treated[k].n
		s.Control += c.control[k].n
	}
	s.Variance = within / degrees
	return s
}
