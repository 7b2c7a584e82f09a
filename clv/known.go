package clv

import "math"

// Known is a customer's history under a model, with P(alive) worked out once. Its methods
// give what those of Model give, bit for bit, and save the time for P(alive) where several
// are asked.
type Known struct {
	model     *Model
	x, tx, t  float64
	pAlive    float64
	forbidden bool // CheckRow refuses the row: all is NaN
}

// Known is the history (x, t_x, t) under the model.
func (m *Model) Known(x, tx, t float64) Known {
	k := Known{model: m, x: x, tx: tx, t: t, pAlive: math.NaN(), forbidden: !m.family.validRow(x, tx, t)}
	if !k.forbidden {
		k.pAlive = m.pAlive(x, tx, t)
	}
	return k
}

// PAlive is Model.PAlive.
func (k Known) PAlive() float64 { return k.pAlive }

// LnSilence is Model.LnSilence.
func (k Known) LnSilence() float64 {
	if k.forbidden {
		return math.NaN()
	}
	return k.model.lnSilence(k.x, k.tx, k.t, k.pAlive)
}

// CET is Model.CET.
func (k Known) CET(h float64) float64 { return k.dect(h, 0) }

// dect is Model.DECT.
func (k Known) dect(h, delta float64) float64 {
	if k.forbidden || !validHorizon(h, delta) {
		return math.NaN()
	}
	o := outlookOf(k.model.process, k.x)
	purchases := mean(o.of(k.tx, k.t), func(j int) float64 {
		purchases, _ := o.by[j].ahead(h, delta, k.t)
		return purchases
	})
	return ifAlive(k.pAlive, purchases)
}

// PMF is Model.PMFAhead.
func (k Known) PMF(n, h float64) float64 {
	if k.forbidden || !validHorizon(h, 0) || math.IsInf(h, 1) || !validCount(n) {
		return math.NaN()
	}
	o := outlookOf(k.model.process, k.x)
	p := k.pAlive * mean(o.of(k.tx, k.t), func(j int) float64 { return o.by[j].pmf(n, h, k.t) })
	if n == 0 {
		p += 1 - k.pAlive
	}
	return min(p, 1)
}
