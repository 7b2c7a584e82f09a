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

// Cohorts are the forecasts of groups of customers by how they were won. There must be a
// lifetime model.
func (w *Result) Cohorts() Cohorts { return Cohorts{w} }

// Cohorts are forecasts of leaves.
type Cohorts struct{ worth *Result }

// of is the forecast of leaves together.
func (c Cohorts) of(leaves []int32) clv.TotalForecast {
	var sum clv.TotalPart
	for _, leaf := range leaves {
		sum = sum.Plus(c.worth.cohorts.parts[leaf])
	}
	return sum.Forecast(c.worth.cohorts.whole)
}

// Bounds are the 90% interval of the future value of leaves together.
func (c Cohorts) Bounds(leaves []int32) (low, high float64) {
	if len(leaves) == len(c.worth.cohorts.parts) {
		return c.worth.Bounds.Low, c.worth.Bounds.High
	}
	return c.of(leaves).Interval(clv.DefaultLevel, c.worth.cohorts.past(c.worth.valuer.Days()))
}

// Within are the 90% interval of what they bring within some days, of which so much is
// expected.
func (c Cohorts) Within(leaves []int32, days, expected float64) (low, high float64) {
	sooner := c.of(leaves).Sooner(expected, days/c.worth.valuer.Days())
	return sooner.Interval(clv.DefaultLevel, c.worth.cohorts.past(days))
}

// Margin is what the customers of each wanted leaf are expected to bring until some days
// ahead, undiscounted; of says which leaf each customer is in.
func (c Cohorts) Margin(of []int32, wanted []bool, days []float64) [][]float64 {
	return c.worth.marginAhead(of, wanted, days)
}

// HorizonDays is how far ahead value counts, in days; +Inf for ever.
func (c Cohorts) HorizonDays() float64 { return c.worth.valuer.Horizon * c.worth.valuer.UnitDays }
