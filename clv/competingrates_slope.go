package clv

import "math"

// Indices of the variables of competingRates, and of the integral J, in slopes.
const (
	iOtherShape = iota // p
	iOtherRate         // a
	iFirstShape        // q
	iFirstRate         // b
)

const (
	jE = iota
	jG
	jLnZeta
)

// slope is the logarithm of chance with derivatives by p, a, q and b. J is read off a
// curve or, with nil, integrated.
func (r competingRates) slope(curve *hypergeometricCurve, s *slope) {
	j, factor := r.integral()
	var inner slope
	if curve != nil {
		curve.at(r.lnZeta(), &inner)
	} else {
		j.slope(&inner)
	}
	a, q, b := r.a, r.q, r.b
	s.f = math.Log(q*factor) + inner.f
	if b <= a {
		s.setRates(&inner, iOtherShape, iFirstShape, iOtherRate, iFirstRate, a, b)
	} else {
		inner.g[jLnZeta]++ // of the factor ζ
		s.setRates(&inner, iFirstShape, iOtherShape, iFirstRate, iOtherRate, b, a)
	}
	s.g[iFirstShape] += 1 / q
	s.h[iFirstShape][iFirstShape] -= 1 / (q * q)
}

// setRates turns derivatives t by e, g and ln ζ = ln m - ln M into those by the
// variables of competingRates: e and g are shapes, but for a constant, and great and
// small the indices of the rates M and m.
func (s *slope) setRates(t *slope, e, g, great, small int, greatRate, smallRate float64) {
	s.g[e], s.g[g] = t.g[jE], t.g[jG]
	s.g[small], s.g[great] = t.g[jLnZeta]/smallRate, -t.g[jLnZeta]/greatRate

	set := func(i, j int, v float64) { s.h[max(i, j)][min(i, j)] = v }
	set(e, e, t.h[jE][jE])
	set(e, g, t.h[jG][jE])
	set(g, g, t.h[jG][jG])
	set(e, small, t.h[jLnZeta][jE]/smallRate)
	set(e, great, -t.h[jLnZeta][jE]/greatRate)
	set(g, small, t.h[jLnZeta][jG]/smallRate)
	set(g, great, -t.h[jLnZeta][jG]/greatRate)
	bend := t.h[jLnZeta][jLnZeta]
	set(small, small, (bend-t.g[jLnZeta])/(smallRate*smallRate))
	set(great, great, (bend+t.g[jLnZeta])/(greatRate*greatRate))
	set(great, small, -bend/(smallRate*greatRate))
}

// slope is ln J with derivatives by e, g and ln ζ.
func (j hypergeometric) slope(s *slope) {
	if j.quick() {
		j.seriesSlope(s)
	} else {
		j.panelSlope(s)
	}
}

// panelSlope is slope by panels and series, for z above nearZ. Under the integral
// each node has the derivatives of its logarithm.
func (j hypergeometric) panelSlope(s *slope) {
	*s = slope{}
	rest := j.overPanels(func(n hypergeometricNode) {
		d := [3]float64{jE: -n.lnGreat, jG: -n.theta, jLnZeta: -j.e * n.share}
		s.addExp(n.weight, &d)
		s.h[jLnZeta][jE] -= n.weight * n.share
		s.h[jLnZeta][jLnZeta] -= n.weight * j.e * n.share * (1 - n.share)
	})
	if rest.weight > 0 {
		j.addRest(rest, s)
	}
	s.toLog()
}

// addRest adds the part beyond the panels, weight times J at a ζ' that depends on
// ζ: ln ζ' = ln ζ + θ - ln(1 + ζ(e^θ-1)), θ being fixed.
func (j hypergeometric) addRest(rest hypergeometricNode, s *slope) {
	var t slope
	j.from(rest).seriesSlope(&t)
	weight, stay := rest.weight*math.Exp(t.f), 1-rest.share
	d := [3]float64{
		jE:      t.g[jE] - rest.lnGreat,
		jG:      t.g[jG] - rest.theta,
		jLnZeta: t.g[jLnZeta]*stay - j.e*rest.share,
	}
	s.addExp(weight, &d)
	s.h[jE][jE] += weight * t.h[jE][jE]
	s.h[jG][jE] += weight * t.h[jG][jE]
	s.h[jG][jG] += weight * t.h[jG][jG]
	s.h[jLnZeta][jE] += weight * (t.h[jLnZeta][jE]*stay - rest.share)
	s.h[jLnZeta][jG] += weight * t.h[jLnZeta][jG] * stay
	s.h[jLnZeta][jLnZeta] += weight * (t.h[jLnZeta][jLnZeta]*stay*stay - (t.g[jLnZeta]+j.e)*rest.share*stay)
}

// addExp adds weight = e^l where l has the gradient d and no curvature.
func (s *slope) addExp(weight float64, d *[3]float64) {
	s.f += weight
	for i, di := range d {
		s.g[i] += weight * di
		for j := range i + 1 {
			s.h[i][j] += weight * di * d[j]
		}
	}
}

// toLog turns a value with derivatives into its logarithm with derivatives.
func (s *slope) toLog() {
	for i := range s.g {
		s.g[i] /= s.f
	}
	for i := range s.g {
		for j := range i + 1 {
			s.h[i][j] = s.h[i][j]/s.f - s.g[i]*s.g[j]
		}
	}
	s.f = math.Log(s.f)
}

// seriesSlope is the series of J with derivatives, which build up along with its
// terms a_k = (e)_k/(c)_k z^k, c = w+1:
//
//	d ln a_k / de   = Σ_i 1/(e+i) - 1/(c+i) = up
//	d ln a_k / dg   = -Σ_i 1/(c+i)          = -down
//	d ln a_k / dlnζ = -kζ/z
//
// and likewise their derivatives. The sums are over b_k = a_k/z, k > 0, so that
// z = 0 is no special case.
func (j hypergeometric) seriesSlope(s *slope) {
	var f, fe, fg, fz, fee, fge, fgg, fze, fzg, fzz float64
	var up, down, upBend, downBend float64
	b := 1.0 // b_(k+1) / (z (e+k)/(c+k))
	for k := 1.0; k < mostTerms; k++ {
		top, bottom := j.e+k-1, j.w+k // e+i and c+i, i = k-1
		ie, ic := 1/top, 1/bottom
		gap := j.f * ie * ic
		up += gap
		down += ic
		upBend += gap * (ie + ic)
		downBend += ic * ic

		b *= top * ic
		before := b // b_k/z for k > 1
		if k > 1 {
			b *= j.z
		}
		kb := k * b
		f += b
		fe += b * up
		fg += b * down
		fz += kb
		fee += b * (up*up - upBend)
		fge += b * (downBend - up*down)
		fgg += b * (down*down + downBend)
		fze += kb * up
		fzg += kb * down
		fzz += k * ((k-1)*before - kb)
		// The second derivatives' terms are up to k² times as large.
		if k*kb < 1e-17*f {
			break
		}
	}
	*s = slope{f: 1 + j.z*f}
	s.g[jE], s.g[jG], s.g[jLnZeta] = j.z*fe, -j.z*fg, -j.zeta*fz
	s.h[jE][jE], s.h[jG][jE], s.h[jG][jG] = j.z*fee, j.z*fge, j.z*fgg
	s.h[jLnZeta][jE], s.h[jLnZeta][jG], s.h[jLnZeta][jLnZeta] = -j.zeta*fze, j.zeta*fzg, j.zeta*fzz
	s.toLog()
	s.f -= math.Log(j.w)
	for _, i := range [2]int{jE, jG} {
		s.g[i] -= 1 / j.w
		for k := range i + 1 {
			s.h[i][k] += 1 / (j.w * j.w)
		}
	}
}
