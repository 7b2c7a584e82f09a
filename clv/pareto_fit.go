package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// Indices of the parameters of pareto in slopes, after iR and iAlpha.
const (
	iS = iota + 2
	iBeta
)

// paretoFamily has its parameters in the order of Fader and Hardie (2005).
var paretoFamily = family{
	name: "pareto-nbd",
	params: []parameter{
		{name: "r", low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
		{name: "alpha", scales: true, low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
		{name: "s", low: sign("no_sign_that_customers_leave"), high: sign("all_customers_leave_at_one_rate")},
		{name: "beta", scales: true, low: sign("some_leave_at_once_the_others_never"), high: sign("all_customers_leave_at_one_rate_or_none_leaves")},
	},
	process:    func(theta []float64) process { return newPareto(theta) },
	likelihood: paretoLikelihood,
	starts:     paretoStarts,
	limits:     paretoLimits,
}

// paretoLimits are those of r, alpha, s and beta.
var paretoLimits = []limit{
	{runs: []float64{iS: -1, iBeta: 1}, where: "s/beta → 0", means: sign("nobody_leaves"), model: "nbd"},
	{runs: []float64{iS: 1, iBeta: -1}, where: "beta/s → 0", means: sign("all_customers_leave_at_once")},
	oneRate,
	{runs: []float64{iS: 1, iBeta: 1}, ridge: true, where: "s, beta → ∞", means: sign("all_customers_leave_at_one_rate")},
	{runs: []float64{iS: -1, iBeta: -1}, ridge: true, where: "s, beta → 0", means: sign("customers_leave_at_once_or_never")},
}

func newPareto(theta []float64) pareto {
	return pareto{r: theta[iR], alpha: theta[iAlpha], s: theta[iS], beta: theta[iBeta]}
}

// paretoStarts are points where the mean rate r/alpha allows for the purchases
// seen: half as many again, since some of the time watched is spent by customers
// who have left. The first does for nearly all data; the second finds the other
// maximum where some leave at once and the others never.
func paretoStarts(meanX float64) [][]float64 {
	rate := 1.5 * meanX
	var starts [][]float64
	for _, s := range [][3]float64{{0.5, 0.5, 0.5}, {0.3, 0.2, 0.1}, {3, 3, 3}} {
		starts = append(starts, []float64{s[0], s[0] / rate, s[1], s[2]})
	}
	return starts
}

// paretoLikelihood is pareto.logLikelihood with derivatives by r, alpha, s and
// beta, over a panel sorted by x, t_x and t. Its one term depends on x and t_x,
// the other on x and t, of which there are far fewer pairs than rows where time
// is counted in days. The integrals of both are read off curves, one for each x with
// many times.
func paretoLikelihood(p Panel) likelihood {
	ends := pairsOf(p.X, p.T)
	lefts, silents := newSpans(p.X, p.TX).all, newSpans(ends.x, ends.y).all
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, workers int) func() rowSlope {
			m := newPareto(theta)
			leftCurves := newHypergeometricCurves(lefts, workers, m.leaving)
			silentCurves := newHypergeometricCurves(silents, workers, m.buying)
			silent := ends.slopes(workers, func() pairSlope { return m.newTerm(silentCurves, m.addSilent) })
			return func() rowSlope {
				silentAt := silent()
				newLeft := m.newTerm(leftCurves, m.addLeft)
				lastX, lastTX, left := math.NaN(), math.NaN(), slope{}
				return func(i int, into *slope) {
					if x, tx := p.X[i], p.TX[i]; x != lastX || tx != lastTX {
						lastX, lastTX = x, tx
						newLeft(x, tx, &left)
					}
					into.setLnSum(&left, silentAt(i))
				}
			}
		},
	}
}

// newTerm makes one of the two terms of the likelihood, ln Q(y) and what add adds.
// It keeps what neighbouring pairs of one x share.
func (m pareto) newTerm(curves hypergeometricCurves, add func(x, y float64, curve *hypergeometricCurve, s *slope)) pairSlope {
	lastX, shared := math.NaN(), slope{}
	var curve *hypergeometricCurve
	return func(x, y float64, into *slope) {
		if x != lastX {
			lastX, shared, curve = x, slope{}, curves.curve(x)
			shared.addCount(m.r, x)
		}
		*into = shared
		into.addExposure(iR, iAlpha, m.r, m.alpha, x, y)
		into.addExposure(iS, iBeta, m.s, m.beta, 0, y)
		add(x, y, curve, into)
	}
}

// addLeft adds ln E[μ/(λ+μ)] at y.
func (m pareto) addLeft(x, y float64, curve *hypergeometricCurve, s *slope) {
	var chance slope
	m.leaving(x, y).slope(curve, &chance)
	s.add(1, &chance)
}

// addSilent adds ln E[λ/(λ+μ)] at y. Of the two rates λ is the second here.
func (m pareto) addSilent(x, y float64, curve *hypergeometricCurve, s *slope) {
	var chance slope
	m.buying(x, y).slope(curve, &chance)
	s.f += chance.f
	from := [maxParams]int{iR: iFirstShape, iAlpha: iFirstRate, iS: iOtherShape, iBeta: iOtherRate}
	for i, a := range from {
		s.g[i] += chance.g[a]
		for j, b := range from[:i+1] {
			s.h[i][j] += chance.h[max(a, b)][min(a, b)]
		}
	}
}

// setLnSum sets s to ln(e^a + e^b). With π the share of e^a the gradient is
// π∇a + (1-π)∇b, and the Hessian is the same of the Hessians plus
// π(1-π) ∇(a-b)∇(a-b)ᵀ.
func (s *slope) setLnSum(a, b *slope) {
	small := math.Exp(-math.Abs(a.f - b.f))
	s.f = max(a.f, b.f) + math.Log1p(small)
	share, rest := 1/(1+small), small/(1+small)
	if a.f < b.f {
		share, rest = rest, share
	}
	var d [maxParams]float64
	for i := range d {
		d[i] = a.g[i] - b.g[i]
		s.g[i] = share*a.g[i] + rest*b.g[i]
		for j := range i + 1 {
			s.h[i][j] = share*a.h[i][j] + rest*b.h[i][j] + share*rest*d[i]*d[j]
		}
	}
}

// addCount adds ln Γ(r+x)/Γ(r).
func (s *slope) addCount(r, x float64) {
	s.f += special.LnRising(r, x)
	s.g[iR] += special.DigammaRising(r, x)
	s.h[iR][iR] += special.TrigammaRising(r, x)
}

// addExposure adds what x events in y tell of a rate ~ Gamma(shape, rate), whose
// parameters have indices i and j,
//
//	shape ln rate - (shape+x) ln(rate+y).
func (s *slope) addExposure(i, j int, shape, rate, x, y float64) {
	end := rate + y
	watched := math.Log1p(y / rate)
	s.f -= shape*watched + x*math.Log(end)
	s.g[i] -= watched
	s.g[j] += (shape*y/rate - x) / end
	s.h[j][i] += y / rate / end
	s.h[j][j] += (shape+x)/(end*end) - shape/(rate*rate)
}
