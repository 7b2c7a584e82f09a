package segment

import "slices"

// bound lets so many of those below the momentum of the rules be called that no more than
// FalseShare of them go on as before, in expectation: those first whose chance of that is
// smallest, which makes the list as long as it can be.
func (j *stageJudge) bound(p *Purchases, picked []int, workers int) {
	again, once := j.list(p, picked, workers)
	j.panel.Again, j.panel.Once = j.mostGoingOn(again), j.mostGoingOn(once)
}

// mostUnchanged is how probable it may be that a repeat buyer of the list has not changed:
// it is more likely than not that something has. Where hardly anybody leaves, the shop's
// rare buyers come below every momentum after a few quick purchases, and it is by this
// that they stay off the list. A buyer of one purchase has no rhythm that could change.
const mostUnchanged = 0.5

// list gives the chances of going on of all who may be called: whose momentum is below
// that of the rules.
func (j *stageJudge) list(p *Purchases, picked []int, workers int) (again, once []float64) {
	day := j.panel.FittedOn
	now := j.line.at(day)
	found := make([]float64, len(picked))
	const above = -1
	eachShare(len(picked), workers, func(from, to int) {
		c := course{stageJudge: j}
		for at := from; at < to; at++ {
			days := p.daysOf(picked[at], day)
			c.begin(&j.line, days, &Life{From: days[0]})
			found[at] = above
			s := c.stand(now, j.rules.Momentum)
			if !(s.momentum < j.rules.Momentum) {
				continue
			}
			if of := c.chances(&s); len(days) == 1 || of.unchanged <= mostUnchanged {
				found[at] = of.goesOn
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

// mostGoingOn is the largest chance of going on up to which the mean of a list is no more
// than FalseShare.
func (j *stageJudge) mostGoingOn(list []float64) float64 {
	slices.Sort(list)
	most, sum := j.rules.FalseShare, 0.0
	for i, goesOn := range list {
		if sum += goesOn; sum > j.rules.FalseShare*float64(i+1) {
			return most
		}
		most = max(most, goesOn)
	}
	return 1
}
