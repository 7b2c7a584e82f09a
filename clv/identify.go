package clv

import (
	"fmt"
	"math"
	"slices"

	"clientele/internal/figures"
	"clientele/internal/wording"
)

// limit is a way in which parameters may run to 0 or to infinity while the
// log-likelihood stays as it is, and what the model becomes there. Data near it
// do not tell the parameters that run.
type limit struct {
	// runs says how fast each log parameter runs, in the order of params.
	runs []float64
	// ridge says that the limit depends on how the parameters that run stand to
	// each other, so that only one of them need be held and the others are fitted.
	ridge bool
	where string          // the limit in the papers' letters
	means wording.Message // what such customers do
	model string          // name of the simpler model there; empty: it has none
}

// leadsOn reports whether the limit is a model of its own.
func (l limit) leadsOn() bool {
	_, err := familyOf(l.model)
	return err == nil
}

// said is the limit and what it means.
func (l limit) said() wording.Message {
	return wording.Of("model.limit", "where", l.where, "means", l.means)
}

// sign is what data show when a parameter runs to a bound, in the words of the catalogue.
func sign(name string) wording.Message { return wording.OfFamily("sign", name) }

// oneRate is the limit of a family whose first parameters are r and alpha.
var oneRate = limit{runs: []float64{1, 1}, ridge: true, where: "r, alpha → ∞", means: sign("all_customers_buy_at_one_rate")}

// nbdLimits are those of r and alpha.
var nbdLimits = []limit{oneRate}

// betaGeometricLimits are those of r, alpha, a and b.
var betaGeometricLimits = []limit{
	{runs: []float64{iA: -1, iB: 1}, where: "a/b → 0", means: sign("nobody_leaves"), model: "nbd"},
	{runs: []float64{iA: 1, iB: -1}, where: "b/a → 0", means: sign("all_customers_leave_at_the_first_chance")},
	oneRate,
	{runs: []float64{iA: 1, iB: 1}, ridge: true, where: "a, b → ∞", means: sign("all_customers_leave_with_one_probability")},
	{runs: []float64{iA: -1, iB: -1}, ridge: true, where: "a, b → 0", means: sign("customers_leave_at_the_first_chance_or_never")},
}

// gammaGammaLimits are those of p, q and gamma.
var gammaGammaLimits = []limit{
	{runs: []float64{iP: 1, iGamma: -1}, ridge: true, where: "p → ∞", means: sign("a_customer_s_purchases_all_cost_the_same")},
	{runs: []float64{iQ: 1, iGamma: 1}, ridge: true, where: "q, gamma → ∞", means: sign("all_customers_spend_alike")},
}

const (
	// reductionTolerance is the log-likelihood by which a model may be better
	// than a simpler one and still give way to it, once the data identify its
	// parameters weakly. A likelihood ratio statistic of twice this, 1, has a
	// p-value of 0.61 at two degrees of freedom; AIC asks four times as much.
	reductionTolerance = 0.5
	// holdTolerance is the log-likelihood that a parameter held at a limit may
	// cost: what a search leaves where all is flat. A limit that costs more is none, since
	// the log-likelihood does not rise all the way to it.
	holdTolerance = flatGain
)

// within reports whether a log-likelihood is lower than another by no more than
// a tolerance, and what rounding may add.
func within(tolerance, lower, f float64) bool {
	return f-lower <= tolerance+10*roundingNoise*math.Abs(f)
}

// optimum is the outcome of a search.
type optimum struct {
	objective // with some parameters held, perhaps
	point     // a maximum in the others, if converged
	family    family
	notes     []wording.Message // what is wrong with it, and why it is used
}

// note is what there is to say about the optimum.
func (p optimum) note() (all wording.Message) {
	for _, n := range p.notes {
		all = all.And(n)
	}
	return all
}

// identify makes the best of a point at which the data do not determine all parameters.
// It looks for a simpler model that is as good, else for a limit, and holds parameters
// where it makes no difference until the data determine the others.
func (t problem) identify(h objective, s point) optimum {
	var simpler []optimum
	var to []limit
	for _, l := range t.family.limits {
		simple, ok := t.simpler(l)
		if !ok {
			continue
		}
		if within(reductionTolerance, simple.slope.f, s.slope.f) {
			simple.notes = slices.Insert(simple.notes, 0, t.reduction(l, s.slope.f-simple.slope.f))
			return simple
		}
		simpler, to = append(simpler, simple), append(to, l)
	}
	p := t.holdUntilIdentified(optimum{objective: h, point: s, family: t.family})
	for i, simple := range simpler {
		// AIC charges 1 for a parameter.
		if lower := p.slope.f - simple.slope.f; lower < float64(len(p.free)-len(simple.free)) {
			p.notes = append(p.notes, wording.Of("model.by_aic", "means", to[i].means, "model", to[i].model, "lower", shortly(lower)))
		}
	}
	if len(p.heldNames()) == 0 {
		return p.compareWithLimits()
	}
	return p
}

// reduction says why the model that a limit leads to takes the family's place. It
// claims the limit only where nothing before it is better.
func (t problem) reduction(l limit, gain float64) wording.Message {
	if within(holdTolerance, -gain, 0) {
		return l.said().And(wording.Of("model.reduced_at_limit", "family", t.family.name, "model", l.model))
	}
	return wording.Of("model.reduced", "family", t.family.name, "model", l.model, "means", l.means, "gain", shortly(gain))
}

// shortly is a difference of log-likelihoods, of which two digits tell enough.
func shortly(v float64) string { return fmt.Sprintf("%.2g", v) }

// compareWithLimits compares an optimum in all parameters, some of them weakly
// identified, with the limits. A limit with a higher log-likelihood takes its place.
// Where the curvature is small, a limit with about the same log-likelihood is noted:
// the data then hardly tell the parameters.
func (p optimum) compareWithLimits() optimum {
	var notes []wording.Message
	for _, l := range p.family.limits {
		if l.leadsOn() {
			continue
		}
		at := p.holdAtLimit(l)
		lower := p.slope.f - at.slope.f
		if lower < -holdTolerance && at.converged(at.point) {
			return at
		}
		if p.curvature < curvatureTolerance && lower < float64(len(p.free)-len(at.free)) {
			notes = append(notes, wording.Of("model.hardly", "means", l.means, "lower", shortly(max(lower, 0))))
		}
	}
	p.notes = append(p.notes, notes...)
	return p
}

// holdUntilIdentified holds parameters, and looks for better starts, until the data
// determine the others or none is left.
func (t problem) holdUntilIdentified(p optimum) optimum {
	for searched := false; !p.converged(p.point) && len(p.heldNames()) < len(p.params); {
		if next, ok := t.holdLimit(p); ok {
			p = next
			continue
		}
		if !searched {
			searched = true
			if next, ok := t.searchGrid(p); ok {
				p = next
				continue
			}
		}
		p = p.holdLoosest()
	}
	return p
}

// simpler is the optimum of the model that a limit leads to, if it has one.
func (t problem) simpler(l limit) (optimum, bool) {
	f, err := familyOf(l.model)
	if err != nil {
		return optimum{}, false
	}
	t.family = f
	return t.search(nil), true
}

// holdLimit looks for a limit that costs no log-likelihood, and holds what runs
// there. A limit that leaves nothing else open goes before one that does. One
// that leads to a simpler model has been tried, and found to cost too much.
func (t problem) holdLimit(p optimum) (best optimum, found bool) {
	for _, l := range t.family.limits {
		if l.leadsOn() || p.holdsAny(l) {
			continue
		}
		at := p.holdAtLimit(l)
		if !within(holdTolerance, at.slope.f, p.slope.f) {
			continue
		}
		if at.converged(at.point) {
			return at, true
		}
		if !found {
			best, found = at, true
		}
	}
	return best, found
}

// holdsAny reports whether a parameter that should run is held.
func (p optimum) holdsAny(l limit) bool {
	for i, run := range l.runs {
		if run != 0 && p.held[i] {
			return true
		}
	}
	return false
}

// holdAtLimit follows a limit to the bounds, holds the parameters that run there, and
// fits the others. On a ridge it holds only the one that gets to its bound first.
func (p optimum) holdAtLimit(l limit) optimum {
	first, far := 0, math.Inf(1)
	distance := make([]float64, len(p.logs))
	var all []int
	for i, run := range l.runs {
		if run == 0 {
			continue
		}
		edge := p.high[i]
		if run < 0 {
			edge = p.low[i]
		}
		all = append(all, i)
		if distance[i] = (edge - p.logs[i]) / run; distance[i] < far {
			first, far = i, distance[i]
		}
	}
	if l.ridge {
		p.low, p.high = slices.Clone(p.low), slices.Clone(p.high)
		for _, i := range all {
			distance[i] = far
			p.widen(i)
		}
		all = []int{first}
	}
	logs := slices.Clone(p.logs)
	for i, run := range l.runs {
		logs[i] += distance[i] * run
	}
	p = p.holdAt(logs, all...)
	p.notes = append(slices.Clip(p.notes), l.said().And(wording.Of("model.no_difference", "held", p.holds(all...))))
	return p
}

// ratioRoom is how far beyond its bound a parameter may go when another one is held at
// a bound: on a ridge the ratio of the two is fitted.
const ratioRoom = 1e3

// widen gives a parameter ratioRoom.
func (h objective) widen(i int) {
	h.low[i] = max(h.low[i]-math.Log(ratioRoom), math.Log(MinParam/h.unitOf(i)))
	h.high[i] = min(h.high[i]+math.Log(ratioRoom), math.Log(MaxParam/h.unitOf(i)))
}

// holdAt holds parameters at logs, rounded as they will be published, and fits the
// others.
func (p optimum) holdAt(logs []float64, which ...int) optimum {
	logs = slices.Clone(logs)
	for _, i := range which {
		logs[i] = math.Log(rounded(math.Exp(logs[i])*p.unitOf(i), heldDigits) / p.unitOf(i))
	}
	p.objective = p.holding(which...)
	steps := p.steps
	p.point = p.maximise(logs)
	p.steps += steps
	return p
}

// holds says where parameters are held.
func (p optimum) holds(which ...int) []wording.Message {
	at := make([]wording.Message, len(which))
	for k, i := range which {
		how := "next"
		if k == 0 {
			how = "first"
		}
		at[k] = wording.OfFamily("model.held", how, "param", p.params[i].name, "value", figures.Digits(math.Exp(p.logs[i])*p.unitOf(i), 3))
	}
	return at
}

// holdLoosest holds the parameters at their bounds or, if there are none, the
// one that moves most in the flattest direction, at the nearest whole power of e.
func (p optimum) holdLoosest() optimum {
	which, why := p.atBound(p.point), make([]wording.Message, 0, len(p.params))
	logs := slices.Clone(p.logs)
	for _, i := range which {
		why = append(why, p.explainBound(p.point, i))
	}
	if len(which) == 0 {
		largestError := p.free[0]
		for _, i := range p.free {
			if math.Abs(p.flattest[i]) > math.Abs(p.flattest[largestError]) {
				largestError = i
			}
		}
		which, why = []int{largestError}, append(why, wording.Of("model.flat", "params", p.along(p.flattest)))
		logs[largestError] = math.Round(logs[largestError])
	}
	p = p.holdAt(logs, which...)
	p.notes = append(append(slices.Clip(p.notes), why...), wording.Of("model.all_held", "held", p.holds(which...)))
	return p
}

// along names the parameters that a direction changes most.
func (h objective) along(direction []float64) string {
	const minor = 0.1
	var moved []int
	for i, v := range direction {
		if math.Abs(v) >= minor {
			moved = append(moved, i)
		}
	}
	return h.names(moved)
}
