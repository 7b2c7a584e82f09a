package campaign

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"clientele/segment/experiment"
)

// Budgets says what budgets for all campaigns together would bring tonight, in place of the
// budgets that campaigns have of their own. Nothing of it is to be remembered.
//
// Every customer counts for the first campaign, by priority and name, that may contact them
// and does not expect a loss. Money goes to those of the most expected margin less cost per
// unit of cost, whatever the campaign, and then to those of whom nothing was measured. No
// share goes by lot. Arms are those that [Decide] would draw.
func Budgets(r Rules, n Night, before Memory, budgets []float64) ([]Curve, error) {
	if err := validate(r, n, before); err != nil {
		return nil, err
	}
	for _, budget := range budgets {
		if !amount(budget) {
			return nil, fmt.Errorf("campaign: a budget must be a number of at least 0, and not %g", budget)
		}
	}
	d := newDecision(r, n, before)
	d.drawHoldout()
	ladder := d.ladder()
	curves := make([]Curve, len(budgets))
	for k, budget := range budgets {
		curves[k] = ladder.at(budget)
	}
	return curves, nil
}

// ladder is all contacts that tonight allows, in the order in which money pays them.
type ladder struct {
	rungs []rung
	// beyond is what a unit of money brings when all are paid: at best a loss.
	beyond float64
}

// rung is one contact, and the sums up to it and with it.
type rung struct {
	margin, cost float64 // margin is NaN where it is not known
	spent        float64
	expected     float64
	unmeasured   int64
}

// brings is the margin per unit of money. What costs nothing is first.
func (g rung) brings() float64 {
	if g.cost == 0 {
		return math.Inf(1)
	}
	return g.margin / g.cost
}

// ladder asks campaign by campaign who is contacted where money is no object.
func (d *decision) ladder() *ladder {
	l := &ladder{}
	var losses []offer
	for _, c := range d.campaigns {
		if !c.running(d.night.Day) {
			continue
		}
		may, _ := d.eligible(c)
		draws := experiment.NewDraws(d.rules.Seed, c.Name)
		for _, i := range may {
			margin := d.uplift(c, i)
			if margin < c.Cost {
				losses = append(losses, offer{i, margin / c.Cost})
				continue
			}
			d.taken[i] = true
			if draws.Of(d.night.ID[i]) >= c.Control {
				l.rungs = append(l.rungs, rung{margin: margin, cost: c.Cost})
			}
		}
	}
	for _, o := range losses {
		if !d.taken[o.customer] {
			l.beyond = max(l.beyond, o.brings)
		}
	}
	l.climb()
	return l
}

// offer is a contact that would not bring its cost.
type offer struct {
	customer int32
	brings   float64 // per unit of money
}

// climb puts contacts in order and adds them up.
func (l *ladder) climb() {
	slices.SortStableFunc(l.rungs, func(a, b rung) int { return cmp.Compare(b.brings(), a.brings()) }) // NaN is last
	var sum rung
	for k, g := range l.rungs {
		sum.spent += g.cost
		if math.IsNaN(g.margin) {
			sum.unmeasured++
		} else {
			sum.expected += g.margin
		}
		l.rungs[k].spent, l.rungs[k].expected, l.rungs[k].unmeasured = sum.spent, sum.expected, sum.unmeasured
	}
}

// at is as far up as the budget pays.
func (l *ladder) at(budget float64) Curve {
	const hair = 1e-9 // relative: the error of adding up a million prices is smaller
	paid := sort.Search(len(l.rungs), func(k int) bool { return l.rungs[k].spent > budget*(1+hair) })
	curve := Curve{Budget: budget, Contacts: int64(paid), NextUnitBrings: l.beyond}
	if paid > 0 {
		top := l.rungs[paid-1]
		curve.Cost, curve.Expected, curve.Unmeasured = top.spent, top.expected, top.unmeasured
	}
	if paid < len(l.rungs) {
		curve.NextUnitBrings = l.rungs[paid].brings()
	}
	return curve
}
