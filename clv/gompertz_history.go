package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// gompertzHistory is what the time of the last purchase, and of the end, tell of
// customers with x purchases. It reads the chances to leave or to buy first off curves
// over time, whose pieces are made when first needed and do not depend on what they
// are needed for.
type gompertzHistory struct {
	gompertz
	x      float64
	ends   []float64     // of the pieces, the first beginning at 0
	pieces []*curvePiece // of ln P(leaves first) and ln P(buys first)
}

// historyOf implements sharer.
func (m gompertz) historyOf(x float64) history { return &gompertzHistory{gompertz: m, x: x} }

// logLikelihood implements history.
func (h *gompertzHistory) logLikelihood(tx, t float64) float64 {
	leaves, _ := h.lnChances(tx)
	_, buys := h.lnChances(t)
	return special.LnRising(h.r, h.x) + special.LnSum(h.lnStay(h.x, tx)+leaves, h.lnStay(h.x, t)+buys)
}

// pAlive implements history: the likelihood of being alive at t, Q(t), over that of
// the row.
func (h *gompertzHistory) pAlive(tx, t float64) float64 {
	silence := t - tx
	lnFall := (h.r+h.x)*math.Log1p(silence/(h.alpha+tx)) + h.s*lnGrown(h.b*silence, h.age(tx)) // of Q
	leaves, _ := h.lnChances(tx)
	_, buys := h.lnChances(t)
	return math.Exp(min(0, -special.LnSum(buys, lnFall+leaves)))
}

// lnChances are the logarithms of the chances that a customer alive right after x
// purchases in y leaves before buying again, and the other way round.
func (h *gompertzHistory) lnChances(y float64) (leaves, buys float64) {
	for len(h.ends) == 0 || h.ends[len(h.ends)-1] < y {
		low := 0.0
		if n := len(h.ends); n > 0 {
			low = h.ends[n-1]
		}
		h.ends = append(h.ends, min(low+h.pieceFrom(h.x, low), farthest))
		h.pieces = append(h.pieces, nil)
	}
	k := 0
	for h.ends[k] < y {
		k++
	}
	low := 0.0
	if k > 0 {
		low = h.ends[k-1]
	}
	width := h.ends[k] - low
	if h.pieces[k] == nil {
		h.pieces[k] = fitPiece(func(at float64) (leaves, buys float64) {
			leaves, buys = h.agingFrom(h.x, low+width*(1+at)/2).chances()
			return math.Log(leaves), math.Log(buys)
		})
	}
	return h.pieces[k].at(2*(y-low)/width - 1)
}
