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
		WithDECT: true, WithAliveTime: true,
	}
	scores := clv.ScoreBlend(w.blend(), w.panel, o)
	w.pAlive, w.expected = scores.PAlive, scores.CET
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

// bound works out the 90% intervals of each customer's future value and of
// customer equity.
func (n *night) bound(p clv.Prices, o clv.ScoreOptions, s clv.Scores) error {
	w := n.worth
	options := clv.PredictiveOptions{
		Horizon: o.Horizon, Delta: o.Delta, Prices: p, Covariance: w.fit.Covariance, Workers: o.Workers,
	}
	if w.priced {
		options.Spend, options.SpendCovariance = &w.spendFit.Model, w.spendFit.Covariance
	}
	predictive, err := clv.NewPredictive(w.fit.Model, options)
	if err != nil {
		return err
	}
	w.low, w.high = predictive.Values(w.panel, s, w.baskets())
	for i := range w.low {
		w.low[i], w.high[i] = roundMoney(w.low[i]), roundMoney(w.high[i])
	}
	w.equityLow, w.equityHigh = predictive.Total(w.panel, s, w.spentSoFar(), w.baskets())
	return nil
}
