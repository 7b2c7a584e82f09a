package clv

import "math"

// paretoHistory implements history: the chance of leaving first after the last purchase
// depends on (x, t_x) alone, and that of buying first after a silence on (x, t). Most of the
// time goes into these two, and many customers share one of them.
type paretoHistory struct {
	pareto
	x      float64
	leaves map[float64]float64 // by t_x
	t      float64             // of buys; NaN: none yet
	buys   float64
}

// historyOf implements sharer.
func (m pareto) historyOf(x float64) history {
	return &paretoHistory{pareto: m, x: x, leaves: map[float64]float64{}, t: math.NaN()}
}

func (h *paretoHistory) logLikelihood(tx, t float64) float64 {
	return h.pareto.logLikelihood(h.x, tx, t)
}

func (h *paretoHistory) pAlive(tx, t float64) float64 {
	leaves, known := h.leaves[tx]
	if !known {
		leaves = h.leavesFirst(h.x, tx)
		h.leaves[tx] = leaves
	}
	return h.pAliveGiven(h.x, tx, t, leaves, h.buysAt)
}

// buysAt is the chance of buying first at t.
func (h *paretoHistory) buysAt(t float64) float64 {
	if h.t != t { // rows come in the order of t
		h.t, h.buys = t, h.buysFirst(h.x, t)
	}
	return h.buys
}
