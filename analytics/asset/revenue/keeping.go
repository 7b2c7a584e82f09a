package revenue

import (
	"slices"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// servingCosts tells whether a job says what keeping a customer costs.
func servingCosts(c *job.CLV) bool {
	return c != nil && (c.Costs.PerOrder > 0 || c.Costs.PerYearAlive > 0)
}

// keepingOf is what winning customers of the last year cost beside keeping those who were
// won before it and bought in it; nil unless the job says what both cost.
func keepingOf(n night.Context, winning func(customer int) money.Amount) *publication.Keeping {
	if winning == nil || !servingCosts(n.Job.CLV) {
		return nil
	}
	t := n.Customers
	year := calendar.Period{Months: 12}
	from := year.Before(n.Today()) + 1
	k := &publication.Keeping{From: calendar.TimeOf(from).Format(time.DateOnly)}
	var won money.Amount
	var orders int64
	for i, first := range t.FirstDay {
		if first >= from {
			k.Won++
			won = won.Plus(winning(i))
			continue
		}
		end := t.DayStart[i+1]
		since, _ := slices.BinarySearch(t.Days[t.DayStart[i]:end], from)
		placed := t.Sales.Orders[t.DayStart[i]+int64(since) : end]
		if len(placed) > 0 {
			k.Kept++
		}
		for _, of := range placed {
			orders += int64(of)
		}
	}
	tellKeeping(k, won, n.Job.CLV.Costs, orders)
	return k
}

// tellKeeping says what one customer costs either way, given what winning all of them cost,
// and the orders of those kept.
func tellKeeping(k *publication.Keeping, won money.Amount, costs job.Costs, orders int64) {
	if k.Won > 0 {
		each := won.Over(k.Won)
		k.Winning = &each
	}
	kept := money.FromFloat(costs.PerOrder*float64(orders) + costs.PerYearAlive*float64(k.Kept))
	if k.Kept > 0 {
		each := kept.Over(k.Kept)
		k.Serving = &each
	}
	if k.Winning == nil || k.Serving == nil || k.Serving.Float() <= 0 {
		return
	}
	ratio := k.Winning.Float() / k.Serving.Float()
	saved := money.FromFloat(float64(k.Kept) * k.Winning.Float()).Minus(kept)
	k.Ratio, k.Saved = &ratio, &saved
}
