package worth

import (
	"fmt"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/clv"
	"clientele/internal/money"
)

// spending is what a purchase of each customer is expected to come to, and the model
// that says so; nil where there is none.
type spending struct {
	fit      *clv.SpendFit
	expected []float64
}

// spendHistories are what customers' purchase days say of what the next will come
// to. What a customer gives back is taken from all purchases alike: a return rarely
// says which purchase it undoes. Who gave back all that was bought, or more, has
// paid for nothing.
func spendHistories(t *customers.Table) []clv.SpendHistory {
	of := make([]clv.SpendHistory, t.Len())
	for i := range of {
		h := clv.SpendHistory{Repeats: float64(t.PurchaseDays[i] - 1), FirstUnpaid: true}
		if net := t.Net[i].Float(); net > 0 {
			h.Paid = float64(t.PaidDays[i])
			if t.FirstSold[i].Float() > 0 {
				h.Paid--
				h.FirstUnpaid = false
				h.First = t.FirstSold[i].Float() * t.KeptShare(i)
			}
			if h.Paid > 0 {
				h.Mean = t.Sold[i].Minus(t.FirstSold[i]).Float() / h.Paid * t.KeptShare(i)
			}
		}
		of[i] = h
	}
	return of
}

// fitSpend fits the model of what a purchase comes to. Forecasts of the shop were off by
// a factor.
func fitSpend(n night.Context, factor float64) (spending, error) {
	t := n.Customers
	s, histories := spending{expected: make([]float64, t.Len())}, spendHistories(t)
	fit, err := clv.FitSpend(histories, nil, n.Threads)
	switch {
	case notEnough(err):
		n.Warn("warning.no_spend_model", "why", clv.Said(err))
		for i := range s.expected {
			s.expected[i] = money.Round(max(0, t.Net[i].Float()/float64(t.PurchaseDays[i])))
		}
		return s, nil
	case err != nil:
		return s, err
	case !fit.Note.IsZero():
		n.Warn("warning.clv", "note", fit.Note)
	}
	s.fit = &fit
	model := fit.SpendModel()
	for i := range s.expected {
		s.expected[i] = money.Round(factor * model.Expected(histories[i]))
	}
	s.warnOfUnpaid(n, histories)
	return s, nil
}

// manyUnpaid is the share of the customers who came back from which those who
// never paid are worth a warning: where one in a hundred gets free goods, what all
// bring is off by less than anything else in the model.
const manyUnpaid = 0.01

// warnOfUnpaid says whom the model of spend could not learn from, and what they
// are given instead.
func (s *spending) warnOfUnpaid(n night.Context, histories []clv.SpendHistory) {
	if s.fit.Unpaid == 0 || s.fit.Unpaid < manyUnpaid*s.fit.Repeat {
		return
	}
	sum := 0.0
	for i, h := range histories {
		if h.Repeats > 0 && h.Paid == 0 {
			sum += s.expected[i]
		}
	}
	n.Warn("warning.unpaid", "unpaid", fmt.Sprint(s.fit.Unpaid), "repeat", fmt.Sprint(s.fit.Repeat), "mean", fmt.Sprintf("%.2f", sum/s.fit.Unpaid))
}

// baskets are what the next purchase of each customer is expected to come to: spend, and
// orders where they cost something, as what is counted behind is counted ahead.
func baskets(n night.Context, spend []float64) (b clv.Baskets, err error) {
	b.Spend = spend
	if n.Job.CLV.Costs.PerOrder != 0 {
		b.Orders, err = clv.OrdersPerPurchase(customers.Floats(n.Customers.Orders), customers.Floats(n.Customers.PurchaseDays), n.Threads)
	}
	return b, err
}
