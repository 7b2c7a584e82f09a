// Package valuation turns what a customer did, and what models expect, into money, by the
// rules of a job. The stage worth values all customers by it, and who reads a publication
// can value one of them again.
package valuation

import (
	"math"

	"clientele/analytics/job"
	"clientele/clv"
	"clientele/internal/money"
)

// Rules are a job's rules of value.
type Rules struct {
	Prices   clv.Prices
	UnitDays float64 // of a model unit
	Horizon  float64 // how far ahead value counts, in model units; +Inf for ever
	Rate     float64 // discount per year
}

// daysPerYear turns days into the years of rates and costs.
var daysPerYear = job.Year.Days()

// Of are the rules of a job under a margin: the share of spend that is profit.
func Of(c *job.CLV, margin float64) Rules {
	return Rules{
		Prices: clv.Prices{
			Margin:       margin,
			PerOrder:     c.Costs.PerOrder,
			PerYearAlive: c.Costs.PerYearAlive,
			Acquisition:  c.Costs.Acquisition.Each, // of each customer their own where these differ: see Winning
			UnitsPerYear: daysPerYear / c.Unit.Days(),
		},
		UnitDays: c.Unit.Days(), Horizon: horizon(c), Rate: c.DiscountRate,
	}
}

// horizon is how far ahead value counts, in model units; +Inf for ever.
func horizon(c *job.CLV) float64 {
	if c.Horizon.Unbounded() {
		return math.Inf(1)
	}
	return c.Horizon.Days() / c.Unit.Days()
}

// ScoreOptions are what models are asked.
func (r Rules) ScoreOptions(workers int) clv.ScoreOptions {
	return clv.ScoreOptions{
		Horizon: r.Horizon, Delta: clv.ContinuousRate(r.Rate, r.Prices.UnitsPerYear), Workers: workers, WithAliveTime: true,
	}
}

// mostYears bounds how far ahead the money of an endless horizon is taken to lie: a working
// life, beyond which no customer is one. It keeps the interval of a value finite that hardly
// anything is taken off; a discount of 3.4% a year or more never reaches it.
const mostYears = 30

// Days is how far ahead the money lies that equity counts, in days: up to the horizon or,
// with a discount, to where a unit of money has lost most of its worth; for ever, no further
// than a customer may be one.
func (r Rules) Days() float64 {
	days := r.Horizon * r.UnitDays
	if math.IsInf(days, 1) {
		days = mostYears * daysPerYear
	}
	if r.Rate > 0 {
		days = min(days, 1/clv.ContinuousRate(r.Rate, daysPerYear))
	}
	return days
}

// Future is what a customer brings who is expected to buy so often, discounted, and to be
// there for so many discounted units of time.
func (r Rules) Future(purchases, units float64, each clv.Basket) float64 {
	return money.Round(clv.FutureValue(r.Prices, purchases, units, each))
}

// SoFar are the rules by which past value goes: where mapped costs are taken off what was
// earned, all that is left is margin.
func SoFar(c *job.CLV, hasCost bool) Rules {
	margin := c.Margin
	if hasCost {
		margin = 1
	}
	return Of(c, margin)
}

// Margin is what customers have brought together, before what winning them cost: earned and
// orders are theirs, and so are days, those since the first purchase of each.
func (r Rules) Margin(earned money.Amount, orders, days int64) money.Amount {
	r.Prices.Acquisition = 0
	return money.FromFloat(clv.PastValue(r.Prices, earned.Float(), float64(orders), float64(days)/daysPerYear))
}

// Past is what a customer has brought: earned is what was bought less returned, or what
// mapped costs leave of it, and days have passed since the first purchase.
func (r Rules) Past(earned money.Amount, orders int64, days int32) float64 {
	return money.Round(clv.PastValue(r.Prices, earned.Float(), float64(orders), float64(days)/daysPerYear))
}

// Winning are the rules for a customer whom it cost so much to win, where customers differ.
func (r Rules) Winning(cost money.Amount) Rules {
	r.Prices.Acquisition = cost.Float()
	return r
}

// DayMargin is what a purchase day brought, by the rules of past value: the margin on what
// the day earned less what its orders cost. What a customer costs whatever they buy
// (acquisition, and each year) is in none of it. Without lifetime values (nil) all that the
// day earned is margin. hasCost tells that mapped costs are taken off what it earned.
func DayMargin(c *job.CLV, hasCost bool) func(earned money.Amount, orders int32) money.Amount {
	prices := clv.Prices{Margin: 1}
	if c != nil {
		prices.PerOrder = c.Costs.PerOrder
		if !hasCost {
			prices.Margin = c.Margin
		}
	}
	return func(earned money.Amount, orders int32) money.Amount {
		if prices == (clv.Prices{Margin: 1}) {
			return earned
		}
		return money.FromFloat(clv.PastValue(prices, earned.Float(), float64(orders), 0))
	}
}

// InUnitOf are the same rules for models whose time has the unit of others.
func (r Rules) InUnitOf(other Rules) Rules {
	scale := r.UnitDays / other.UnitDays
	r.Horizon *= scale
	r.Prices.UnitsPerYear *= scale
	r.UnitDays = other.UnitDays
	return r
}
