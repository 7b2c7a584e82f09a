package segment

import (
	"cmp"
	"slices"
)

// listed is one customer of the list of a night.
type listed struct {
	momentum float64
	goesOn   float64 // see course.goesOn
	wentOn   float64 // of a night in the past: 1 or more where the customer did, else 0
}

// bound lowers the thresholds of the panel until no more of those called go on as
// before, in expectation, than may. What is expected is held against what became of
// those who would have been called a quarter and two quarters ago.
func (j *stageJudge) bound(p *Purchases, picked []int, workers int) {
	day := j.panel.FittedOn
	again, once := j.list(p, picked, day, workers)
	var againWas, onceWas []listed
	for _, ago := range []int32{quarter, 2 * quarter} {
		a, o := j.list(p, picked, day-ago, workers)
		againWas, onceWas = append(againWas, a...), append(onceWas, o...)
	}
	j.panel.Again = j.threshold(again, excess(againWas))
	j.panel.Once = j.threshold(once, excess(onceWas))
}

// list is who would be called on a night if nothing bounded it, in the order of momentum.
func (j *stageJudge) list(p *Purchases, picked []int, night int32, workers int) (again, once []listed) {
	found := make([]listed, len(picked))
	now := j.line.at(night)
	eachShare(len(picked), workers, func(from, to int) {
		c := course{stageJudge: j}
		for at := from; at < to; at++ {
			days := p.daysOf(picked[at], night)
			found[at].momentum = 1
			if len(days) == 0 {
				continue
			}
			c.begin(&j.line, days, &Life{From: days[0]})
			s := c.stand(now, j.rules.Momentum)
			if !(s.momentum < j.rules.Momentum) {
				continue
			}
			found[at] = listed{momentum: s.momentum, goesOn: c.goesOn(&s)}
			if n, chance := c.wanted(&s); len(p.daysOf(picked[at], night+quarter))-len(days) >= n {
				found[at].wentOn = 1 / chance
			}
		}
	})
	for at, f := range found {
		switch {
		case f.momentum >= j.rules.Momentum:
		case len(p.daysOf(picked[at], night)) == 1:
			once = append(once, f)
		default:
			again = append(again, f)
		}
	}
	for _, list := range [][]listed{again, once} {
		slices.SortFunc(list, func(a, b listed) int {
			return cmp.Or(cmp.Compare(a.momentum, b.momentum), cmp.Compare(a.goesOn, b.goesOn), cmp.Compare(a.wentOn, b.wentOn))
		})
	}
	return again, once
}

// excess is how many times as many went on as before as was expected, 1 at least, drawn
// towards that by excessWeight customers.
func excess(of []listed) float64 {
	expected, were := float64(excessWeight), float64(excessWeight)
	for _, f := range of {
		expected += f.goesOn
		were += f.wentOn
	}
	return max(1, were/expected)
}

// excessWeight is the weight, in customers who go on, of the belief that as many do as is
// expected: two, so that a single one who comes back does not empty the list.
const excessWeight = 2

// threshold is the largest momentum below which no more than FalseShare of a list go on,
// if so many times as many do as is expected.
func (j *stageJudge) threshold(list []listed, excess float64) float64 {
	sum, most := 0.0, j.rules.Momentum
	if len(list) > 0 {
		most = 0
	}
	for i, f := range list {
		if sum += excess * f.goesOn; sum > j.rules.FalseShare*float64(i+1) {
			continue
		}
		most = j.rules.Momentum
		if i+1 < len(list) {
			most = list[i+1].momentum
		}
	}
	return most
}
