package clv

import (
	"errors"
	"fmt"
)

// OrdersModel says how many orders a customer's next purchase is expected to be made of,
// where a purchase is a day that may have several. The orders of a day beyond the first
// come at a rate of the customer's own, Poisson(λ) a day, and λ ~ Gamma(r, alpha) over
// customers, which is NBD with days for time:
//
//	1 + (r + orders - days)/(alpha + days),
//
// the customer's own mean, shrunk to that of all the more, the fewer purchases there are.
type OrdersModel struct {
	r, alpha float64
	same     float64 // above 0: what is expected of everybody
}

// FitOrders fits it to the orders and the purchase days of customers. Errors wrap ErrRow.
func FitOrders(orders, days []float64, workers int) (OrdersModel, error) {
	if len(orders) != len(days) {
		return OrdersModel{}, fmt.Errorf("orders: %w: %d customers with orders and %d with days", ErrRow, len(orders), len(days))
	}
	p := Panel{X: make([]float64, len(days)), TX: make([]float64, len(days)), T: days}
	for i := range days {
		p.X[i] = orders[i] - days[i]
	}
	fit, err := FitModel("nbd", p, workers)
	switch {
	case errors.Is(err, ErrNoRepeat), errors.Is(err, ErrNoCustomers): // nobody ever placed two a day
		return OrdersModel{same: 1}, nil
	case errors.Is(err, ErrNotIdentified): // what all do is all there is to know
		var placed, on float64
		for i := range days {
			placed, on = placed+orders[i], on+days[i]
		}
		return OrdersModel{same: placed / on}, nil
	case err != nil:
		return OrdersModel{}, fmt.Errorf("orders: %w", err)
	}
	return OrdersModel{r: fit.Model.theta[iR], alpha: fit.Model.theta[iAlpha]}, nil
}

// PerPurchase is what is expected of a customer with so many orders on so many days.
func (m OrdersModel) PerPurchase(orders, days float64) float64 {
	if m.same > 0 {
		return m.same
	}
	return 1 + (m.r+(orders-days))/(m.alpha+days)
}

// OrdersPerPurchase is what OrdersModel, fitted to customers, expects of each of them.
// Errors are those of FitOrders.
func OrdersPerPurchase(orders, days []float64, workers int) ([]float64, error) {
	m, err := FitOrders(orders, days, workers)
	if err != nil {
		return nil, err
	}
	each := make([]float64, len(days))
	for i := range each {
		each[i] = m.PerPurchase(orders[i], days[i])
	}
	return each, nil
}
