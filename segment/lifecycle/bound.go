package lifecycle

import (
	"slices"

	"clientele/internal/concurrent"
)

// bound lets so many of those below the momentum of the rules be called that no more than
// FalseShare of them go on as before, in expectation: those first whose chance of that is
// smallest, which makes the list as long as it can be.
func (j *judge) bound(p *Purchases, picked []int, workers int) {
	again, once := j.list(p, picked, workers)
	j.panel.Again, j.panel.Once = j.mostGoingOn(again), j.mostGoingOn(once)
}

// list gives the chances of going on of all whose momentum is below that of the rules.
func (j *judge) list(p *Purchases, picked []int, workers int) (again, once []float64) {
	day := j.panel.FittedOn
	now := j.line.at(day)
	found := make([]float64, len(picked))
	const above = -1
	concurrent.Ranges(len(picked), workers, func(from, to int) {
		c := course{judge: j}
		for at := from; at < to; at++ {
			days := p.daysOf(picked[at], day)
			c.begin(&j.line, days, &Life{From: days[0]})
			found[at] = above
			if s := c.stand(now, j.rules.Momentum); s.momentum < j.rules.Momentum {
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

// mostGoingOn is the largest chance of going on up to which the mean of a list is no more
// than FalseShare.
func (j *judge) mostGoingOn(list []float64) float64 {
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
