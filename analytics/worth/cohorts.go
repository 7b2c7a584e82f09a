package worth

import (
	"clientele/analytics/publication"
	"clientele/clv"
)

// cohortForecasts are what is needed to say what groups of customers will bring, and how far
// that may be off. Groups are made of the leaves of [customers.Table.Leaves].
type cohortForecasts struct {
	whole     clv.TotalForecast // of customer equity
	level     publication.Level
	parts     []clv.TotalPart // by leaf
	purchases []float64       // by customer: expected within the horizon, discounted
}

// past is what earlier forecasts say of one that looks so many days ahead.
func (c *cohortForecasts) past(days float64) clv.Past {
	return clv.Past{Drift: c.level.Over(days), Tested: c.level.Days / days}
}

// Forecast is what some leaves together are expected to bring, and how far it may be off.
type Forecast struct {
	of    clv.TotalForecast
	worth *Result
}

// ForecastOf is the forecast of leaves together. There must be a lifetime model.
func (w *Result) ForecastOf(leaves []int32) Forecast {
	var sum clv.TotalPart
	for _, leaf := range leaves {
		sum = sum.Plus(w.cohorts.parts[leaf])
	}
	return Forecast{of: sum.Forecast(w.cohorts.whole), worth: w}
}

// Bounds are the 90% interval of future value.
func (f Forecast) Bounds() (low, high float64) {
	return f.of.Interval(clv.DefaultLevel, f.worth.cohorts.past(f.worth.valuer.Days()))
}

// Within are the 90% interval of what comes within some days, of which so much is expected.
func (f Forecast) Within(days, expected float64) (low, high float64) {
	sooner := f.of.Sooner(expected, days/f.worth.valuer.Days())
	return sooner.Interval(clv.DefaultLevel, f.worth.cohorts.past(days))
}

// HorizonDays is how far ahead value counts, in days; +Inf for ever.
func (w *Result) HorizonDays() float64 { return w.valuer.Horizon * w.valuer.UnitDays }
