package cohorts

import (
	"slices"

	"clientele/analytics/job"
	"clientele/internal/money"
)

// curve is what leaves are expected to bring until some days ahead, and between these in
// proportion to the time.
type curve struct {
	days   []float64
	margin [][]float64 // by leaf; nil: not asked for
}

// monthsAhead are the months until which the forecast is asked for. Later on it bends less.
// Where value counts for ever, ten years are looked at.
var monthsAhead = []float64{1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24, 30, 36, 48, 60, 84, 120}

// daysPerMonth turns months into days.
var daysPerMonth = job.Year.Days() / 12

// daysAhead are these months, up to the horizon.
func daysAhead(horizon float64) (days []float64) {
	for _, m := range monthsAhead {
		if m*daysPerMonth >= horizon {
			return append(days, horizon)
		}
		days = append(days, m*daysPerMonth)
	}
	return days
}

// lookAhead finds what the groups cost, and asks for the curves of those that have not paid
// it back.
func (p *payer) lookAhead(groups []*group) {
	p.costs = map[*group]money.Amount{}
	wanted := make([]bool, p.leaves.n)
	for _, g := range groups {
		if !g.oneMonth() {
			continue
		}
		p.costs[g] = g.cost()
		if _, has := p.paidBack(g, p.costs[g]); has || p.costs[g] == (money.Amount{}) {
			continue
		}
		for _, number := range g.numbers() {
			wanted[number] = true
		}
	}
	if p.ahead == nil || !slices.Contains(wanted, true) {
		return
	}
	p.curve.days = daysAhead(p.ahead.HorizonDays())
	p.curve.margin = p.ahead.Margin(p.leaves.of, wanted, p.curve.days)
}

// reach is how far the curves go, in days.
func (c *curve) reach() float64 {
	if len(c.days) == 0 {
		return 0
	}
	return c.days[len(c.days)-1]
}

// at is what leaves together are expected to bring until some days ahead.
func (c *curve) at(leaves []int32, days float64) (sum float64) {
	k, _ := slices.BinarySearch(c.days, days)
	k = min(k, len(c.days)-1)
	before, from := 0., 0.
	if k > 0 {
		before = c.days[k-1]
	}
	share := (days - before) / (c.days[k] - before)
	for _, leaf := range leaves {
		if from = 0; k > 0 {
			from = c.margin[leaf][k-1]
		}
		sum += from + share*(c.margin[leaf][k]-from)
	}
	return sum
}
