package clv

import (
	"errors"
	"fmt"
)

// OrdersPerPurchase is how many orders each customer's next purchase is expected
// to be made of, where a purchase is a day that may have several. The orders of a
// day beyond the first come at a rate of the customer's own, Poisson(λ) a day, and
// λ ~ Gamma(r, alpha) over customers, which is NBD with days for time:
//
//	1 + (r + orders - days)/(alpha + days),
//
// the customer's own mean, shrunk to that of all the more, the fewer purchases there are.
// Errors wrap ErrRow.
func OrdersPerPurchase(orders, days []float64, workers int) ([]float64, error) {
	if len(orders) != len(days) {
		return nil, fmt.Errorf("orders: %w: %d customers with orders and %d with days", ErrRow, len(orders), len(days))
	}
	p := Panel{X: make([]float64, len(days)), TX: make([]float64, len(days)), T: days}
	for i := range days {
		p.X[i] = orders[i] - days[i]
	}
	each := make([]float64, len(days))
	fit, err := FitModel("nbd", p, workers)
	switch {
	case errors.Is(err, ErrNoRepeat), errors.Is(err, ErrNoCustomers): // nobody ever placed two a day
		for i := range each {
			each[i] = 1
		}
		return each, nil
	case errors.Is(err, ErrNotIdentified): // what all do is all there is to know
		var placed, on float64
		for i := range each {
			placed, on = placed+orders[i], on+days[i]
		}
		for i := range each {
			each[i] = placed / on
		}
		return each, nil
	case err != nil:
		return nil, fmt.Errorf("orders: %w", err)
	}
	r, alpha := fit.Model.theta[iR], fit.Model.theta[iAlpha]
	for i := range each {
		each[i] = 1 + (r+p.X[i])/(alpha+p.T[i])
	}
	return each, nil
}
