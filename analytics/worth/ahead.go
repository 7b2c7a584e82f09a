package worth

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/money"
)

// valuer turns what models expect into money.
type valuer struct {
	valuation.Rules
	threads int
	baskets clv.Baskets
}

func (v *valuer) scoreOptions() clv.ScoreOptions { return v.ScoreOptions(v.threads) }

// value is what a customer brings who is expected to buy so often, discounted, and to be
// there for so many discounted units of time.
func (v *valuer) value(customer int, purchases, units float64) float64 {
	return v.Future(purchases, units, v.baskets.At(customer))
}

// lookAhead works out what each customer is expected to bring, and between what
// bounds.
func (w *Result) lookAhead(n night.Context, level publication.Level) error {
	w.Future = make([]float64, n.Customers.Len())
	if !w.Modelled() {
		return nil
	}
	o := w.valuer.scoreOptions()
	o.WithDECT, o.WithNone, o.NoneWithin = true, true, night.NextDays/w.valuer.UnitDays
	scores := clv.ScoreBlend(w.models.blend, w.Panel, o)
	w.PAlive, w.Expected = scores.PAlive, scores.CET
	w.PNext = make([]float64, len(w.PAlive))
	for i, none := range scores.None {
		w.PNext[i] = 1 - none
	}
	for i := range w.Future {
		w.Future[i] = w.valuer.value(i, scores.DECT[i], scores.AliveTime[i])
	}
	return w.bound(n, scores, level)
}

// bound works out the 90% intervals of each customer's future value and of
// customer equity.
func (w *Result) bound(n night.Context, s clv.BlendScores, level publication.Level) error {
	o := w.valuer.scoreOptions()
	options := clv.PredictiveOptions{Horizon: o.Horizon, Delta: o.Delta, Prices: w.valuer.Prices, Workers: o.Workers}
	if fit := w.spend.fit; fit != nil {
		options.Spend, options.SpendCovariance = &fit.Model, fit.Covariance
	}
	predictive, err := clv.NewPredictive(w.models.blend, options)
	if err != nil {
		return err
	}
	w.Low, w.High = predictive.Values(w.Panel, s, w.valuer.baskets)
	for i := range w.Low {
		w.Low[i], w.High[i] = money.Round(w.Low[i]), money.Round(w.High[i])
	}
	total := predictive.Total(w.Panel, s, clv.SpentOf(spendHistories(n.Customers)), w.valuer.baskets)
	w.cohorts = cohortForecasts{whole: total, level: level, purchases: s.DECT}
	leaves, of := n.Customers.Leaves()
	w.cohorts.parts = predictive.Parts(w.Panel, s, w.valuer.baskets, of, len(leaves))
	days := w.valuer.Days()
	past := w.cohorts.past(days)
	w.Bounds.Low, w.Bounds.High = total.Interval(clv.DefaultLevel, past)
	w.Bounds.Width = widthOf(total, past)
	w.warnOfWidth(n, level)
	return nil
}
