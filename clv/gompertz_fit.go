package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// Indices of the parameters of gompertz in slopes, after iR and iAlpha.
const (
	iGB = iota + 2
	iGS
	iGBeta
)

// gompertzFamily has its parameters in the order of Bemmaor and Glady (2012).
var gompertzFamily = family{
	name: "ggompertz-nbd",
	params: []parameter{
		{name: "r", low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
		{name: "alpha", scales: true, low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
		{name: "b", rate: true, low: sign("the_risk_to_leave_does_not_rise_with_time"), high: sign("customers_leave_at_once_or_all_at_one_time")},
		{name: "s", low: sign("no_sign_that_customers_leave"), high: sign("all_customers_age_alike")},
		{name: "beta", low: sign("some_leave_at_once_or_the_risk_does_not_rise_with_time"), high: sign("all_customers_age_alike_or_none_leaves")},
	},
	process:    func(theta []float64) process { return newGompertz(theta) },
	likelihood: gompertzLikelihood,
	starts:     gompertzStarts,
	limits: []limit{
		{runs: []float64{iGS: -1, iGBeta: 1}, where: "s/beta → 0", means: sign("nobody_leaves"), model: "nbd"},
		{runs: []float64{iGB: -1, iGBeta: -1}, ridge: true, where: "b, beta → 0", means: sign("the_risk_to_leave_does_not_rise_with_time"), model: "pareto-nbd"},
		{runs: []float64{iGS: 1, iGBeta: -1}, where: "beta/s → 0", means: sign("all_customers_leave_at_once")},
		oneRate,
		{runs: []float64{iGS: 1, iGBeta: 1}, ridge: true, where: "s, beta → ∞", means: sign("all_customers_age_alike")},
		{runs: []float64{iGS: -1, iGBeta: -1}, ridge: true, where: "s, beta → 0", means: sign("customers_leave_at_once_or_never")},
	},
}

func newGompertz(theta []float64) gompertz {
	return gompertz{r: theta[iR], alpha: theta[iAlpha], b: theta[iGB], s: theta[iGS], beta: theta[iGBeta]}
}

// gompertzStarts are those of Pareto/NBD at a b that bends its lifetimes within the
// time watched, and at one that hardly does.
func gompertzStarts(meanX float64) [][]float64 {
	rate := 1.5 * meanX
	var starts [][]float64
	for _, s := range [][4]float64{{0.5, 0.5, 0.5, 0.25}, {0.5, 2, 0.5, 5}, {0.3, 0.02, 0.2, 0.005}} {
		starts = append(starts, []float64{s[0], s[0] / rate, s[1], s[2], s[3]})
	}
	return starts
}

// gompertzLikelihood is gompertz.logLikelihood with derivatives by r, alpha, b, s and
// beta, over a panel sorted by x, t_x and t, as paretoLikelihood is: one term depends
// on x and t_x, the other on x and t. The integrals of both are read off curves over
// time, one for each x (lifeCurve).
func gompertzLikelihood(p Panel) likelihood {
	lefts, silents := newSpans(p.X, p.TX), newSpans(p.X, p.T)
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, workers int) func() rowSlope {
			m := newGompertz(theta)
			left := m.curves(lefts, workers, addLeaving)
			silent := m.curves(silents, workers, addBuying)
			return func() rowSlope {
				leftTerm, silentTerm := m.newTerm(left, addLeaving), m.newTerm(silent, addBuying)
				var one, other slope
				return func(i int, into *slope) {
					leftTerm(lefts.of[i], p.X[i], p.TX[i], &one)
					silentTerm(silents.of[i], p.X[i], p.T[i], &other)
					into.setLnSum(&one, &other)
				}
			}
		},
	}
}

// newTerm makes one of the two terms of the likelihood, ln Q(y) and the logarithm of a
// chance at y, which is on the curve of x where there is one. It keeps what
// neighbouring rows share.
func (m gompertz) newTerm(curves []lifeCurve, add func(*lifeNode)) func(span int32, x, y float64, into *slope) {
	lastX, lastY := math.NaN(), math.NaN()
	var shared, last slope
	return func(span int32, x, y float64, into *slope) {
		if x == lastX && y == lastY {
			*into = last
			return
		}
		if x != lastX {
			shared = slope{}
			shared.addCount(m.r, x)
		}
		lastX, lastY = x, y
		if curve := curves[span]; curve != nil {
			curve.at(y, &last)
		} else {
			m.setChance(x, y, add, &last)
		}
		node := m.nodeAt(x, y)
		node.addStay()
		last.add(1, &node.d)
		last.add(1, &shared)
		*into = last
	}
}

// lifeNode is a point of the integral of a term: the time since the first purchase, z,
// and there the logarithm of the integrand with its derivatives, in d.
//
// Its first part is ln Q(z), with the age G = e^bz/E(z),
//
//	r ln α - (r+x) ln(α+z) - s ln E(z)/β,  d ln E/db = zG, dG/db = zG(1-G), dG/dβ = -G/E.
type lifeNode struct {
	gompertz
	x, z  float64
	g     float64 // G
	lnE   float64 // of E(z)/β
	inv   float64 // 1/E(z)
	share float64 // (E(z)-β)/E(z)
	d     slope
}

// addStay adds ln Q(z), but for the part that depends on x alone.
func (at *lifeNode) addStay() {
	s, z, end := at.s, at.z, at.alpha+at.z
	watched := math.Log1p(z / at.alpha)
	d := &at.d
	d.f -= at.r*watched + at.x*math.Log(end) + s*at.lnE
	d.g[iR] -= watched
	d.g[iAlpha] += (at.r*z/at.alpha - at.x) / end
	d.g[iGB] -= s * z * at.g
	d.g[iGS] -= at.lnE
	d.g[iGBeta] += s * at.share / at.beta
	d.h[iAlpha][iR] += z / at.alpha / end
	d.h[iAlpha][iAlpha] += (at.r+at.x)/(end*end) - at.r/(at.alpha*at.alpha)
	d.h[iGB][iGB] -= s * z * z * at.g * (1 - at.g)
	d.h[iGS][iGB] -= z * at.g
	d.h[iGBeta][iGB] += s * z * at.g * at.inv
	d.h[iGBeta][iGS] += at.share / at.beta
	d.h[iGBeta][iGBeta] -= s * (at.share / at.beta) * (1/at.beta + at.inv)
}

// addLeaving adds ln(s b G): leaves at z.
func addLeaving(at *lifeNode) {
	z, d := at.z, &at.d
	d.f += math.Log(at.s * at.b * at.g)
	d.g[iGB] += 1/at.b + z*(1-at.g)
	d.g[iGS] += 1 / at.s
	d.g[iGBeta] -= at.inv
	d.h[iGB][iGB] -= 1/(at.b*at.b) + z*z*at.g*(1-at.g)
	d.h[iGS][iGS] -= 1 / (at.s * at.s)
	d.h[iGBeta][iGB] += z * at.g * at.inv
	d.h[iGBeta][iGBeta] += at.inv * at.inv
}

// addBuying adds ln (r+x)/(α+z): buys again at z.
func addBuying(at *lifeNode) {
	n, end, d := at.r+at.x, at.alpha+at.z, &at.d
	d.f += math.Log(n / end)
	d.g[iR] += 1 / n
	d.g[iAlpha] -= 1 / end
	d.h[iR][iR] -= 1 / (n * n)
	d.h[iAlpha][iAlpha] += 1 / (end * end)
}

// nodeAt is the point z = y, its d 0.
func (m gompertz) nodeAt(x, y float64) lifeNode {
	at := lifeNode{gompertz: m, x: x}
	at.moveTo(y, m.lnAged(y), m.age(y))
	return at
}

// moveTo goes to z, where E(z)/β has the logarithm lnE and the age is g.
func (at *lifeNode) moveTo(z, lnE, g float64) {
	young := math.Exp(-at.b * z)
	at.z, at.lnE, at.g = z, lnE, g
	at.inv, at.share = g*young, -math.Expm1(-at.b*z)*g
	at.d = slope{}
}

// setChance sets s to the logarithm of
//
//	∫ Q(z)/Q(y) rate(z) dz,  z from y on,
//
// with derivatives: the mean gradient of the integrand's logarithm, and the mean
// Hessian plus the covariance of the gradient, less those of ln Q(y). add adds the
// logarithm of the rate. All are taken as differences from those at y, which are small
// where x is large.
func (m gompertz) setChance(x, y float64, add func(*lifeNode), s *slope) {
	life, at := m.agingFrom(x, y), m.nodeAt(x, y)
	lnE, lnG := at.lnE, math.Log(life.g)
	add(&at)
	*s = at.d
	at.addStay()
	from := at.d
	var sum slope
	life.panels(math.Inf(1), func(middle, half float64) float64 {
		before := sum.f
		for i, gauss := range special.GaussNodes {
			u := middle + half*gauss
			grown := lnGrown(m.b*u, life.g)
			at.moveTo(y+u, lnE+grown, math.Exp(lnG+m.b*u-grown))
			add(&at)
			at.addStay()
			sum.addMoments(half*special.GaussWeights[i], &at.d, &from)
		}
		return (sum.f - before) / sum.f
	})
	s.f += math.Log(sum.f)
	for a := range s.g {
		mean := sum.g[a] / sum.f
		s.g[a] += mean
		for b := range a + 1 {
			s.h[a][b] += sum.h[a][b]/sum.f - mean*(sum.g[b]/sum.f)
		}
	}
}

// addMoments adds a point of an integral with so much weight: of its integrand e^d,
// of the gradient, and of the Hessian with the square of the gradient, each less that
// of from.
func (s *slope) addMoments(weight float64, d, from *slope) {
	weight *= math.Exp(d.f - from.f)
	s.f += weight
	var g [maxParams]float64
	for a := range g {
		g[a] = d.g[a] - from.g[a]
		s.g[a] += weight * g[a]
		for b := range a + 1 {
			s.h[a][b] += weight * (d.h[a][b] - from.h[a][b] + g[a]*g[b])
		}
	}
}
