package worth

import "clientele/clv"

// AtPace works out what customers would be worth at a rate of purchases a year:
//
//	(margin × spend − per_order × orders) × rate × years − per_year_alive × years
//
// over the discounted years ahead that a customer has who has just bought, so that the
// silence of one who has not does not count. There must be a lifetime model.
func (w *Result) AtPace(rate []float64) []float64 {
	justBought := clv.Panel{X: w.Panel.X, TX: w.Panel.TX, T: w.Panel.TX}
	ahead := clv.ScoreBlend(w.models.blend, justBought, w.valuer.scoreOptions()).AliveTime
	values := make([]float64, len(ahead))
	for i, units := range ahead {
		purchases := rate[i] * units / w.valuer.Prices.UnitsPerYear
		values[i] = w.valuer.value(i, purchases, units)
	}
	return values
}
