package backtest

import (
	"math"

	"clientele/clv"
)

// MoneyForecast is what a split predicted of the money that its customers would bring,
// and what they brought.
type MoneyForecast struct {
	Origin           int32 // last day of calibration
	Expected, Actual float64
	// Purchases is by how much the forecast of purchases was off, ln(actual/expected).
	Purchases float64
}

// Error is by how much the forecast was off, as a logarithm: ln(actual/expected).
func (m MoneyForecast) Error() float64 { return math.Log(m.Actual / m.Expected) }

// perPurchase is the part of the error that is not of purchases.
func (m MoneyForecast) perPurchase() float64 { return m.Error() - m.Purchases }

// forecastMoney says what the customers of a split were expected to spend, and what
// they spent: together, and each. Each is nil where spend has no model, or there is no
// money.
func (s shop) forecastMoney(t trial, predicted []float64, workers int) (m MoneyForecast, each []customerMoney) {
	m.Origin = t.origin
	var histories []clv.SpendHistory
	for i, cell := range t.cellOf {
		if cell == nobody {
			continue
		}
		b := s.buyers[i]
		bought := float64(len(b.ahead(t.origin, t.end)))
		for customer := range b.spend {
			spent, after := b.money(customer, t.origin, t.end)
			histories = append(histories, spendHistory(spent))
			m.Actual += after
			each = append(each, customerMoney{customers: 1, purchases: predicted[t.cells[cell].row], bought: bought, spent: after})
		}
	}
	fit, err := clv.FitSpend(histories, nil, workers)
	if err != nil {
		return m, nil
	}
	model := fit.SpendModel()
	for i, h := range histories {
		each[i].expected = each[i].purchases * model.Expected(h)
		m.Expected += each[i].expected
	}
	if !(m.Expected > 0 && m.Actual > 0) {
		return m, nil
	}
	return m, each
}

// spendHistory is what the spend on a customer's purchase days says of the next.
func spendHistory(spend []float64) clv.SpendHistory {
	h := clv.SpendHistory{First: spend[0], Repeats: float64(len(spend) - 1), FirstUnpaid: !(spend[0] > 0)}
	for _, v := range spend[1:] {
		if v > 0 {
			h.Paid++
			h.Mean += v
		}
	}
	if h.Paid > 0 {
		h.Mean /= h.Paid
	}
	return h
}

const (
	// usualError is the standard deviation of the logarithmic error of forecasts of
	// money that is assumed of a shop without past forecasts. It lies between the
	// smallest and the largest of the four real shops of benchmarks/studies/realshops.
	usualError = 0.20
	// usualWeight is how many splits that assumption counts as. Two are fewer than the
	// three or four splits of a shop of a year (MaxOrigins), so that a shop's own
	// errors soon count for more.
	usualWeight = 2
)

// Level is how far forecasts of a shop are off. All of it is in logarithms.
type Level struct {
	// Pace is by how much more customers buy than the models expect, in all splits: the
	// time ahead runs exp(Pace) times as fast as they say.
	Pace float64
	// Spend is by how much more a purchase comes to.
	Spend float64
	// Variance is that of forecasts of money around both, over Days.
	Variance float64
	Days     int32 // that the splits looked ahead
}

// mostPace bounds the pace: a shop that buys four times what was expected has changed
// its export, and not its customers.
var mostPace = math.Log(4)

// shrunkMean is the mean of errors, shrunk towards 0 the more, the less they agree: with
// K errors of mean ē and variance s²,
//
//	ē max(0, 1 - s²/(K ē²)),
//
// and half of a single one.
//
// Source: James and Stein (1961), Estimation with Quadratic Loss, Berkeley Symposium 1,
// in its positive-part form (Baranchik 1964).
func shrunkMean(errors []float64) float64 {
	k := float64(len(errors))
	switch k {
	case 0:
		return 0
	case 1:
		return errors[0] / 2
	}
	mean, squares := 0., 0.
	for _, e := range errors {
		mean += e / k
	}
	for _, e := range errors {
		squares += (e - mean) * (e - mean) / (k - 1)
	}
	if mean == 0 {
		return 0
	}
	return mean * max(0, 1-squares/(k*mean*mean))
}

// Level learns from the splits with enough purchases. The pace is the shrunkMean of
// their errors in purchases. Their errors in spend per purchase last, on real shops, and
// are shrunk by the number of splits alone. So is the variance of money around both: with
// errors e_s of K splits,
//
//	spend = ē K/(K+1),  variance = (2 usualError² + Σ (e_s - pace - spend)²)/(2 + K).
func (r *Report) Level() Level {
	l := Level{Days: r.Holdout}
	l.Pace = min(max(shrunkMean(r.Purchases), -mostPace), mostPace)
	k := float64(len(r.Money))
	for _, m := range r.Money {
		l.Spend += m.perPurchase() / (k + 1)
	}
	squares := usualWeight * usualError * usualError
	for _, m := range r.Money {
		off := m.Error() - l.Pace - l.Spend
		squares += off * off
	}
	l.Variance = squares / (usualWeight + k)
	return l
}
