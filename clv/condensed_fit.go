package clv

import "math"

// condensedFamily is a family for each k from 1 to MaxStages.
func condensedFamily(name string, first float64) family {
	params := append([]parameter{{name: "k", whole: MaxStages, high: sign("purchases_come_like_clockwork")}}, betaGeometricParams...)
	f := family{name: name, params: params, fixed: 1}
	f.at = func(k int) family {
		at := f
		at.at, at.fixedAt = nil, []float64{float64(k)}
		at.starts, at.limits = betaGeometricStarts, condensedLimits(k)
		at.process = func(theta []float64) process { return newCondensed(first, k, theta[1:]) }
		at.likelihood = func(p Panel) likelihood { return condensedLikelihood(p, first, k) }
		if k == 1 {
			at.likelihood = func(p Panel) likelihood { return betaGeometricLikelihood(p, first) }
		}
		return at
	}
	return f
}

// newCondensed is the process at r, alpha, a and b; at k = 1 that of betaGeometric.
func newCondensed(first float64, k int, theta []float64) process {
	m := betaGeometric{first: first, r: theta[iR], alpha: theta[iAlpha], a: theta[iA], b: theta[iB]}
	if k == 1 {
		return m
	}
	return condensed{betaGeometric: m, k: k}
}

// condensedLimits are those of betaGeometric. Where nobody leaves, regular
// purchases have no simpler model here.
func condensedLimits(k int) []limit {
	if k == 1 {
		return betaGeometricLimits
	}
	limits := append([]limit(nil), betaGeometricLimits...)
	for i := range limits {
		limits[i].model = ""
	}
	return limits
}

// condensedLikelihood is condensed's log-likelihood with derivatives by r, alpha, a
// and b, over a panel sorted by x, for k above 1.
func condensedLikelihood(p Panel, first float64, k int) likelihood {
	gaps := make([]float64, p.Len())
	for i, x := range p.X {
		if p.LnGaps != nil {
			gaps[i] = lnKnownGaps(float64(k), x, p.LnGaps[i])
		} else {
			gaps[i] = lnEvenGaps(float64(k), x, p.TX[i])
		}
	}
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, _ int) func() rowSlope {
			m := condensed{betaGeometric{first: first, r: theta[iR], alpha: theta[iAlpha], a: theta[iA], b: theta[iB]}, k}
			return func() rowSlope {
				lastX, shared, lnLeaving := math.NaN(), slope{}, 0.
				var stays, left slope
				return func(i int, into *slope) {
					x, tx, t := p.X[i], p.TX[i], p.T[i]
					if x != lastX {
						lastX, shared, lnLeaving = x, m.countSlope(m.events(x), x), m.lnOddsBare(x, t, t)
					}
					m.setStages(x, tx, t, &stays)
					*into = stays
					if x+first > 0 {
						m.setLeft(x, tx, t, lnLeaving, &left)
						into.setLnSum(&stays, &left)
					}
					into.add(1, &shared)
					m.addStay(m.events(x), t, into)
					into.f += gaps[i]
				}
			}
		},
	}
}

// setStages sets s to ln W with derivatives: with the chances of the stages as
// weights, those of ln W are the mean gradient of the logarithms of its terms, and
// their mean Hessian plus the covariance of their gradients. Term j is
// (r+kx)_j z^j/j!, in which z falls with alpha.
func (m condensed) setStages(x, tx, t float64, s *slope) {
	shape, end := m.r+m.events(x), m.alpha+t
	// Sums over the stages of weight, and with it of j, j², Σ 1/(shape+i), its
	// square, its slope and its product with j.
	var sum, j1, j2, d1, d2, bend, both float64
	digamma, trigamma := 0.0, 0.0
	m.eachStage(x, tx, t, func(j int, weight float64) {
		n := float64(j)
		if j > 0 {
			inverse := 1 / (shape + n - 1)
			digamma += inverse
			trigamma += inverse * inverse
		}
		sum += weight
		j1 += weight * n
		j2 += weight * n * n
		d1 += weight * digamma
		d2 += weight * digamma * digamma
		bend += weight * trigamma
		both += weight * digamma * n
	})
	j1, j2, d1, d2, bend, both = j1/sum, j2/sum, d1/sum, d2/sum, bend/sum, both/sum
	*s = slope{f: math.Log(sum)}
	s.g[iR], s.g[iAlpha] = d1, -j1/end
	s.h[iR][iR] = d2 - d1*d1 - bend
	s.h[iAlpha][iR] = (j1*d1 - both) / end
	s.h[iAlpha][iAlpha] = (j1 + j2 - j1*j1) / (end * end)
}

// setLeft sets s to ln D with derivatives; lnLeaving as in addLeft.
func (m condensed) setLeft(x, tx, t, lnLeaving float64, s *slope) {
	shape, tosses := m.r+m.events(x), m.b+x+m.first-1
	silence := math.Log1p((t - tx) / (m.alpha + tx))
	end, start := 1/(m.alpha+t), 1/(m.alpha+tx)
	*s = slope{f: lnLeaving + shape*silence}
	s.g = [maxParams]float64{iR: silence, iAlpha: shape * (end - start), iA: 1 / m.a, iB: -1 / tosses}
	s.h[iAlpha][iR] = end - start
	s.h[iAlpha][iAlpha] = shape * (start*start - end*end)
	s.h[iA][iA] = -1 / (m.a * m.a)
	s.h[iB][iB] = 1 / (tosses * tosses)
}
