package clv

import (
	"fmt"
	"math"
)

// Prices turn purchases, spend and time as a customer into money.
type Prices struct {
	Margin       float64 // share of spend that is profit, 0..1
	PerOrder     float64 // cost of serving one order, money
	PerYearAlive float64 // cost of keeping a customer for a year, money
	Acquisition  float64 // cost of winning the customer, money, once
	UnitsPerYear float64 // model time units in a year; > 0 where PerYearAlive is not 0
}

// Validate returns an error that wraps ErrParameter when a price is not finite
// or the length of a year is needed and missing.
func (p Prices) Validate() error {
	for _, v := range []Param{
		{Name: "margin", Value: p.Margin},
		{Name: "per_order", Value: p.PerOrder},
		{Name: "per_year_alive", Value: p.PerYearAlive},
		{Name: "acquisition", Value: p.Acquisition},
		{Name: "units_per_year", Value: p.UnitsPerYear},
	} {
		if math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			return fmt.Errorf("%w: prices: %s (%v) is not a finite number", ErrParameter, v.Name, v.Value)
		}
	}
	if p.PerYearAlive != 0 && p.UnitsPerYear <= 0 {
		return fmt.Errorf("%w: prices: units_per_year (%v) should be above 0", ErrParameter, p.UnitsPerYear)
	}
	return nil
}

// aliveCost is the cost of keeping a customer for some model units. Without a
// yearly cost the length of a year does not matter, nor does it have to be set.
func (p Prices) aliveCost(units float64) float64 {
	if p.PerYearAlive == 0 {
		return 0
	}
	return p.PerYearAlive * units / p.UnitsPerYear
}

// Basket is what a customer's next purchase is expected to come to.
type Basket struct {
	Spend  float64 // money
	Orders float64 // that a purchase is made of; 1 where each is counted by itself
}

// Baskets are a column of them. Orders nil: each purchase is one order.
type Baskets struct{ Spend, Orders []float64 }

// At is that of one customer.
func (b Baskets) At(i int) Basket {
	if b.Orders == nil {
		return Basket{Spend: b.Spend[i], Orders: 1}
	}
	return Basket{Spend: b.Spend[i], Orders: b.Orders[i]}
}

// FutureValue is the present value of a customer's margin less costs ahead:
//
//	(margin * spend - perOrder * orders) * dect - perYearAlive * aliveTime / unitsPerYear
//
// dect and aliveTime are the discounted purchases and the discounted time as a
// customer (in model units) over the horizon, each purchase a basket.
func FutureValue(p Prices, dect, aliveTime float64, each Basket) float64 {
	return (p.Margin*each.Spend-p.PerOrder*each.Orders)*dect - p.aliveCost(aliveTime)
}

// PastValue is a customer's margin less costs so far, undiscounted. netSpend is
// all spend less returns, orders the number of orders, years the time since the
// first of them.
func PastValue(p Prices, netSpend, orders, years float64) float64 {
	return p.Margin*netSpend - p.Acquisition - p.PerOrder*orders - p.PerYearAlive*years
}

// ContinuousRate is the continuous rate of discount per model unit that takes
// off as much in a year as perYear does at the year's end: ln(1+d)/unitsPerYear.
func ContinuousRate(perYear, unitsPerYear float64) float64 {
	return math.Log1p(perYear) / unitsPerYear
}
