package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// silenceSums are sums over the silences i of a customer who left, weighted with
// the terms R(i) of betaGeometricBetaBernoulli.silence: of 1, of the derivatives
// of ln R(i) and of what its Hessian needs. With
//
//	c0 = α+β+t_x, c1 = β+t_x-x, c2 = γ+δ+t_x+1, c3 = δ+t_x,
//	r_k = ψ(c_k+i) - ψ(c_k),  q_k = ψ'(c_k+i) - ψ'(c_k)
//
// the gradient of ln R is (-r0, r1-r0, -r2, r3-r2).
type silenceSums struct {
	total  float64
	first  [4]float64    // Σ R r_k
	second [4][4]float64 // Σ R r_k r_l, l <= k
	bend   [4]float64    // Σ R q_k
}

// add adds a term.
func (s *silenceSums) add(weight float64, r, q *[4]float64) {
	s.total += weight
	for k, rk := range r {
		s.first[k] += weight * rk
		s.bend[k] += weight * q[k]
		for l := range k + 1 {
			s.second[k][l] += weight * rk * r[l]
		}
	}
}

// addTo adds ln Σ R(i) with derivatives to a slope: the mean gradient, and the
// mean Hessian plus the covariance of the gradient.
func (s *silenceSums) addTo(to *slope) {
	to.f += math.Log(s.total)
	var mean, bend [4]float64
	var cov [4][4]float64
	for k := range mean {
		mean[k], bend[k] = s.first[k]/s.total, s.bend[k]/s.total
		for l := range k + 1 {
			cov[k][l] = s.second[k][l]/s.total - mean[k]*mean[l]
			cov[l][k] = cov[k][l]
		}
	}
	// Rows of the gradient above as combinations of r.
	rows := [maxParams][4]float64{
		iBBAlpha: {-1, 0, 0, 0}, iBBBeta: {-1, 1, 0, 0}, iBBGamma: {0, 0, -1, 0}, iBBDelta: {0, 0, -1, 1},
	}
	for i, row := range rows {
		for k, u := range row {
			to.g[i] += u * mean[k]
			for j := range i + 1 {
				for l, v := range rows[j] {
					to.h[i][j] += u * v * cov[k][l]
				}
			}
		}
	}
	to.h[iBBAlpha][iBBAlpha] -= bend[0]
	to.h[iBBBeta][iBBAlpha] -= bend[0]
	to.h[iBBBeta][iBBBeta] += bend[1] - bend[0]
	to.h[iBBGamma][iBBGamma] -= bend[2]
	to.h[iBBDelta][iBBGamma] -= bend[2]
	to.h[iBBDelta][iBBDelta] += bend[3] - bend[2]
}

// silenceSlope makes silenceSums for one (x, t_x) and one t after another. Up to
// stepped terms it steps from each to the next, which costs four divisions;
// beyond, it takes the blocks of special.SmoothTerms, whose bounds depend on (x, t_x)
// alone. So the sums for one t are the same bits whatever came before it.
type silenceSlope struct {
	terms special.SmoothTerms
	c     [4]float64
	sums  silenceSums // of the terms before next
	next  float64
	// The term of next, while it is below stepped.
	weight float64
	r, q   [4]float64
	done   bool // what follows next is negligible
}

// stepped is how many terms are stepped through. Sixteen nodes of a block cost
// as much as 200 steps.
const stepped = 256

// newSilenceSlope starts at i = 0.
func newSilenceSlope(m betaGeometricBetaBernoulli, x, tx float64) *silenceSlope {
	return &silenceSlope{
		terms:  m.silence(x, tx),
		c:      [4]float64{m.alpha + m.beta + tx, m.beta + (tx - x), m.gamma + m.delta + tx + 1, m.delta + tx},
		weight: 1,
	}
}

// until returns the sums over i = 0, ..., count-1, where count is no less than
// in the last call.
func (s *silenceSlope) until(count float64) silenceSums {
	for s.next < min(count, stepped) {
		s.step()
	}
	for s.next < count && !s.done {
		size := s.terms.BlockUp(s.next)
		if s.next+size > count { // a part of the block, for this count alone
			sums := s.sums
			s.addBlock(count-s.next, &sums)
			return sums
		}
		before := s.sums.total
		s.addBlock(size, &s.sums)
		s.done = s.sums.total-before <= special.LeastShare*before || s.next+size == s.next
		s.next += size
	}
	return s.sums
}

// step adds the next term and goes on to the one after it.
func (s *silenceSlope) step() {
	s.sums.add(s.weight, &s.r, &s.q)
	var inverse [4]float64
	for k, c := range s.c {
		inverse[k] = 1 / (c + s.next)
		s.r[k] += inverse[k]
		s.q[k] -= inverse[k] * inverse[k]
	}
	s.weight *= (s.c[1] + s.next) * inverse[0] * ((s.c[3] + s.next) * inverse[2])
	s.next++
}

// addBlock adds size terms from next on.
func (s *silenceSlope) addBlock(size float64, to *silenceSums) {
	s.terms.Block(s.next, size, 0, func(i, weight float64) {
		var r, q [4]float64
		for k, c := range s.c {
			r[k], q[k] = special.DigammaRising(c, i), special.TrigammaRising(c, i)
		}
		to.add(weight, &r, &q)
	})
}
