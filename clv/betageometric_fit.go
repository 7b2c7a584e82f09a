package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// betaGeometricParams are in the order of Fader, Hardie and Lee (2005).
var betaGeometricParams = []parameter{
	{name: "r", low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
	{name: "alpha", scales: true, low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
	{name: "a", low: sign("no_sign_that_customers_leave"), high: sign("all_customers_leave_with_one_probability")},
	{name: "b", low: sign("no_sign_that_customers_stay"), high: sign("all_customers_leave_with_one_probability_or_none_leaves")},
}

// Indices of the parameters in slopes.
const (
	iR = iota
	iAlpha
	iA
	iB
)

func betaGeometricFamily(name string, first float64) family {
	return family{
		name:   name,
		params: betaGeometricParams,
		process: func(theta []float64) process {
			return betaGeometric{first: first, r: theta[iR], alpha: theta[iAlpha], a: theta[iA], b: theta[iB]}
		},
		likelihood: func(p Panel) likelihood { return betaGeometricLikelihood(p, first) },
		starts:     betaGeometricStarts,
		limits:     betaGeometricLimits,
	}
}

// betaGeometricStarts are points where the mean rate r/alpha allows for the
// purchases seen: half as many again, since some of the time watched is spent
// by customers who have left.
func betaGeometricStarts(meanX float64) [][]float64 {
	rate := 1.5 * meanX
	var starts [][]float64
	for _, s := range [][3]float64{{0.5, 0.8, 2.4}, {1, 0.3, 0.6}, {0.2, 2, 20}, {5, 1, 1}} {
		starts = append(starts, []float64{s[0], s[0] / rate, s[1], s[2]})
	}
	return starts
}

// betaGeometricLikelihood is betaGeometric.logLikelihood with derivatives by r,
// alpha, a and b, over a panel sorted by x.
func betaGeometricLikelihood(p Panel, first float64) likelihood {
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, _ int) func() rowSlope {
			m := betaGeometric{first: first, r: theta[iR], alpha: theta[iAlpha], a: theta[iA], b: theta[iB]}
			return func() rowSlope {
				lastX, shared, lnLeaving := math.NaN(), slope{}, 0.
				return func(i int, into *slope) {
					x, tx, t := p.X[i], p.TX[i], p.T[i]
					if x != lastX {
						lastX, shared, lnLeaving = x, m.countSlope(x, x), m.lnOddsLeft(x, t, t)
					}
					*into = shared
					m.addStay(x, t, into)
					if x+first > 0 {
						m.addLeft(x, tx, t, lnLeaving, into)
					}
				}
			}
		},
	}
}

// countSlope is the part that depends on x alone, the events being x,
//
//	ln Γ(r+events)/Γ(r) + ln B(a,b+n)/B(a,b).
func (m betaGeometric) countSlope(events, x float64) (s slope) {
	n := x + m.first
	s.f = special.LnRising(m.r, events) + special.LnBetaRatio(m.a, m.b, n)
	s.g[iR] = special.DigammaRising(m.r, events)
	s.g[iA] = -special.DigammaRising(m.a+m.b, n)
	s.g[iB] = special.DigammaRising(m.b, n) + s.g[iA]
	s.h[iR][iR] = special.TrigammaRising(m.r, events)
	s.h[iA][iA] = -special.TrigammaRising(m.a+m.b, n)
	s.h[iB][iA] = s.h[iA][iA]
	s.h[iB][iB] = special.TrigammaRising(m.b, n) + s.h[iA][iA]
	return s
}

// addStay adds the part of a customer who has not left by t,
//
//	r ln α - (r+x) ln(α+t).
func (m betaGeometric) addStay(x, t float64, s *slope) {
	end := m.alpha + t
	watched := math.Log1p(t / m.alpha)
	s.f += -m.r*watched - x*math.Log(end)
	s.g[iR] -= watched
	s.g[iAlpha] += (m.r*t/m.alpha - x) / end
	s.h[iAlpha][iR] += t / m.alpha / end
	s.h[iAlpha][iAlpha] += (m.r+x)/(end*end) - m.r/(m.alpha*m.alpha)
}

// addLeft adds ln(1 + D), D being the odds of having left at t_x, of which
// lnLeaving = ln a/(b+n-1) depends on x alone. With l = ln D and π = D/(1+D) the
// gradient is π∇l, and the Hessian is π∇²l + π(1-π) ∇l∇lᵀ.
func (m betaGeometric) addLeft(x, tx, t, lnLeaving float64, s *slope) {
	silence := math.Log1p((t - tx) / (m.alpha + tx))
	left, alive, sum := special.OddsOf(lnLeaving + (m.r+x)*silence)
	s.f += sum

	end, start := 1/(m.alpha+t), 1/(m.alpha+tx)
	tosses := m.b + x + m.first - 1
	d := [maxParams]float64{
		iR:     silence,
		iAlpha: (m.r + x) * (end - start),
		iA:     1 / m.a,
		iB:     -1 / tosses,
	}
	for i, di := range d {
		s.g[i] += left * di
		for j := range i + 1 {
			s.h[i][j] += left * alive * di * d[j]
		}
	}
	s.h[iAlpha][iR] += left * (end - start)
	s.h[iAlpha][iAlpha] += left * (m.r + x) * (start*start - end*end)
	s.h[iA][iA] -= left / (m.a * m.a)
	s.h[iB][iB] += left / (tosses * tosses)
}
