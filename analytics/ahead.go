package analytics

import (
	"math"

	"clientele/clv"
)

// lookAhead works out what each customer is expected to bring, and between what
// bounds.
func (n *night) lookAhead(workers int) error {
	w, c := n.worth, n.job.CLV
	w.future = make([]float64, n.customers.Len())
	if !w.modelled {
		return nil
	}
	p := prices(c, w.margin)
	o := clv.ScoreOptions{
		Horizon: n.horizon(), Delta: clv.ContinuousRate(c.DiscountRate, p.UnitsPerYear), Workers: workers,
		WithDECT: true, WithAliveTime: true, WithNone: true, NoneWithin: nextDays / c.Unit.Days(),
	}
	scores := clv.ScoreBlend(w.blend, w.panel, o)
	w.pAlive, w.expected = scores.PAlive, scores.CET
	w.pNext = make([]float64, len(w.pAlive))
	for i, none := range scores.None {
		w.pNext[i] = 1 - none
	}
	for i := range w.future {
		w.future[i] = roundMoney(clv.FutureValue(p, scores.DECT[i], scores.AliveTime[i], w.basket(i)))
	}
	return n.bound(p, o, scores)
}

// horizon is how far ahead value counts, in model units; +Inf for ever.
func (n *night) horizon() float64 {
	c := n.job.CLV
	if c.Horizon.Unbounded() {
		return math.Inf(1)
	}
	return c.Horizon.Days() / c.Unit.Days()
}

// nextDays is how far ahead p_next looks: a quarter.
const nextDays = 91

// bound works out the 90% intervals of each customer's future value and of
// customer equity.
func (n *night) bound(p clv.Prices, o clv.ScoreOptions, s clv.BlendScores) error {
	w := n.worth
	options := clv.PredictiveOptions{Horizon: o.Horizon, Delta: o.Delta, Prices: p, Workers: o.Workers}
	if w.priced {
		options.Spend, options.SpendCovariance = &w.spendFit.Model, w.spendFit.Covariance
	}
	predictive, err := clv.NewPredictive(w.blend, options)
	if err != nil {
		return err
	}
	w.low, w.high = predictive.Values(w.panel, s, w.baskets())
	for i := range w.low {
		w.low[i], w.high[i] = roundMoney(w.low[i]), roundMoney(w.high[i])
	}
	total := predictive.Total(w.panel, s, clv.SpentOf(w.spent), w.baskets())
	days := n.forecastDays()
	past := clv.Past{Drift: n.level().Over(days), Tested: n.level().Days / days}
	w.equityLow, w.equityHigh = total.Interval(clv.DefaultLevel, past)
	w.equityWidth = widthOf(total, past)
	n.warnOfWidth()
	return nil
}

// forecastDays is how far ahead the money lies that equity counts, in days: up to the
// horizon or, with a discount, to where a unit of money has lost most of its worth.
func (n *night) forecastDays() float64 {
	c := n.job.CLV
	days := n.horizon() * c.Unit.Days()
	if c.DiscountRate > 0 {
		days = min(days, 1/clv.ContinuousRate(c.DiscountRate, daysPerYear))
	}
	return days
}
