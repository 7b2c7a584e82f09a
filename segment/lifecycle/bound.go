package lifecycle

import (
	"slices"

	"clientele/internal/concurrent"
)

// bound sets the panel's bounds on the probability of going on as before. Of the
// customers whose momentum is below that of the rules, those are in decline whose
// probability is at most the bound. The bound is the largest one at which, in expectation,
// no more than FalseShare of them go on as before. Taking the smallest probabilities
// first makes the list as long as it can be.
func (m *model) bound(p *Purchases, picked []int, workers int) {
	again, once := m.list(p, picked, workers)
	m.panel.Again, m.panel.Once = m.mostGoingOn(again), m.mostGoingOn(once)
}

// mostUnchanged is the highest probability of being unchanged at which a repeat buyer may
// be in decline: that something has changed is then at least as likely. In a shop that
// hardly anybody leaves, a rare buyer who began with a few quick purchases has a low
// momentum too, and only this keeps such a customer off the list. A buyer of one purchase
// has no rhythm that could change.
const mostUnchanged = 0.5

// list gives the probabilities of going on as before of the picked customers who may be in
// decline, their momentum being below that of the rules: of repeat buyers, and of buyers
// of one purchase.
func (m *model) list(p *Purchases, picked []int, workers int) (again, once []float64) {
	day := m.panel.FittedOn
	now := m.line.at(day)
	found := make([]float64, len(picked))
	const above = -1
	concurrent.Ranges(len(picked), workers, func(from, to int) {
		c := customer{model: m}
		for at := from; at < to; at++ {
			days := p.daysOf(picked[at], day)
			c.set(&m.line, days, &Life{From: days[0]})
			found[at] = above
			if s := c.standing(now, m.rules.Momentum); c.mayDecline(&s) {
				found[at] = c.goesOn(&s)
			}
		}
	})
	for at, goesOn := range found {
		switch {
		case goesOn == above:
		case len(p.daysOf(picked[at], day)) == 1:
			once = append(once, goesOn)
		default:
			again = append(again, goesOn)
		}
	}
	return again, once
}

// mostGoingOn is the largest probability up to which the mean of a list is no more than
// FalseShare.
func (m *model) mostGoingOn(list []float64) float64 {
	slices.Sort(list)
	most, sum := m.rules.FalseShare, 0.0
	for i, goesOn := range list {
		if sum += goesOn; sum > m.rules.FalseShare*float64(i+1) {
			return most
		}
		most = max(most, goesOn)
	}
	return 1
}
