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
}

// Error is by how much the forecast was off, as a logarithm: ln(actual/expected).
func (m MoneyForecast) Error() float64 { return math.Log(m.Actual / m.Expected) }

// forecastMoney says what the customers of a split were expected to spend, and what
// they spent. ok is false where spend has no model.
func (s shop) forecastMoney(t trial, predicted []float64, workers int) (m MoneyForecast, ok bool) {
	m.Origin = t.origin
	var (
		histories []clv.SpendHistory
		ahead     []float64 // purchases expected
	)
	for i, cell := range t.cellOf {
		b := s.buyers[i]
		known, until := countUpTo(b.days, t.origin), countUpTo(b.days, t.end)
		for _, spend := range b.spend {
			histories = append(histories, spendHistory(spend[:known]))
			ahead = append(ahead, predicted[t.cells[cell].row])
			for _, v := range spend[known:until] {
				m.Actual += v
			}
		}
	}
	fit, err := clv.FitSpend(histories, nil, workers)
	if err != nil {
		return m, false
	}
	model := fit.SpendModel()
	for i, h := range histories {
		m.Expected += ahead[i] * model.Expected(h)
	}
	return m, m.Expected > 0 && m.Actual > 0
}

// spendHistory is what the spend on a customer's purchase days says of the next.
func spendHistory(spend []float64) clv.SpendHistory {
	h := clv.SpendHistory{Repeats: float64(len(spend) - 1), FirstUnpaid: !(spend[0] > 0)}
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
	// usualError is how far forecasts of money are off, as a standard deviation of
	// their logarithm, in a shop of which that is not known yet. On the four real
	// shops of the studies it is about as much.
	usualError = 0.15
	// usualWeight is how many splits that counts as.
	usualWeight = 2
)

// MoneyError is how far forecasts of a shop's money are off: what all splits missed
// in one direction, and how they vary around that. Both are logarithms.
type MoneyError struct {
	Shift    float64 // to be added to the logarithm of a forecast
	Variance float64 // around that, over Days
	Days     int32   // that the splits looked ahead
}

// MoneyError learns from the splits with enough purchases, shrunk to what is usual
// by how few they are: with e_s the errors of K splits,
//
//	shift = ē K/(K+1),  variance = (2 usualError² + Σ (e_s - shift)²)/(2 + K).
func (r *Report) MoneyError() MoneyError {
	var sum, k float64
	for _, m := range r.Money {
		sum += m.Error()
		k++
	}
	e := MoneyError{Days: r.Holdout}
	if k > 0 {
		e.Shift = sum / (k + 1)
	}
	squares := usualWeight * usualError * usualError
	for _, m := range r.Money {
		off := m.Error() - e.Shift
		squares += off * off
	}
	e.Variance = squares / (usualWeight + k)
	return e
}

// Over is the variance of a forecast of so many days: what a shop drifts in a time
// adds up.
func (e MoneyError) Over(days float64) float64 {
	if e.Days == 0 {
		return e.Variance
	}
	return e.Variance * max(1, days/float64(e.Days))
}
