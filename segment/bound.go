package segment

import (
	"cmp"
	"slices"
)

// listed is one customer of the list of a night.
type listed struct{ momentum, goesOn float64 }

// bound lowers the thresholds of the panel until no more of those called go on as
// before, in expectation, than may.
func (j *stageJudge) bound(p *Purchases, picked []int, workers int) {
	again, once := j.list(p, picked, workers)
	j.panel.Again, j.panel.Once = j.threshold(again), j.threshold(once)
}

// list is who would be called if nothing bounded it, in the order of momentum.
func (j *stageJudge) list(p *Purchases, picked []int, workers int) (again, once []listed) {
	found := make([]listed, len(picked))
	day := j.panel.FittedOn
	now := j.line.at(day)
	eachShare(len(picked), workers, func(from, to int) {
		c := course{stageJudge: j}
		for at := from; at < to; at++ {
			days := p.daysOf(picked[at], day)
			c.begin(&j.line, days, &Life{From: days[0]})
			s := c.stand(now, j.rules.Momentum)
			found[at].momentum = s.momentum
			if s.momentum < j.rules.Momentum {
				found[at].goesOn = c.goesOn(&s)
			}
		}
	})
	for at, f := range found {
		switch {
		case !(f.momentum < j.rules.Momentum):
		case len(p.daysOf(picked[at], day)) == 1:
			once = append(once, f)
		default:
			again = append(again, f)
		}
	}
	for _, list := range [][]listed{again, once} {
		slices.SortFunc(list, func(a, b listed) int {
			return cmp.Or(cmp.Compare(a.momentum, b.momentum), cmp.Compare(a.goesOn, b.goesOn))
		})
	}
	return again, once
}

// threshold is the largest momentum below which no more than FalseShare of a list go on.
func (j *stageJudge) threshold(list []listed) float64 {
	sum, most := 0.0, j.rules.Momentum
	if len(list) > 0 {
		most = 0
	}
	for i, f := range list {
		if sum += f.goesOn; sum > j.rules.FalseShare*float64(i+1) {
			continue
		}
		most = j.rules.Momentum
		if i+1 < len(list) {
			most = list[i+1].momentum
		}
	}
	return most
}
