package customers

import (
	"slices"

	"clientele/internal/money"
)

// Spend is what is made of the amounts in the RFM window.
type Spend string

// Sum and mean subtract what was given back, in whichever order it was bought. Median and
// maximum are taken over single orders or days as they were bought, because exports
// seldom say which order a return belongs to.
const (
	SpendSum    Spend = "sum"    // bought less returned
	SpendMean   Spend = "mean"   // SpendSum over orders or purchase days
	SpendMedian Spend = "median" // of an even number, halfway between the two in the middle
	SpendMax    Spend = "max"
)

// single tells whether the spend needs single amounts.
func (s Spend) single() bool { return s == SpendMedian || s == SpendMax }

// perOrder tells whether single amounts are of orders, and a day may have several.
func (r Request) perOrder() bool { return r.RFMSpend.single() && r.HasOrders && !r.RFMByDay }

// addWindow adds what a customer did in the RFM window.
func (r *dayReader) addWindow() {
	var orders int64
	var net money.Amount
	request := &r.in.request
	for i := range r.done {
		d := &r.done[i]
		if d.day < r.rfmFrom {
			continue
		}
		net = net.Plus(d.net)
		switch {
		case request.RFMByDay && d.orders > 0:
			orders++
		default:
			orders += int64(d.orders)
		}
		if d.orders > 0 && request.RFMSpend.single() && !r.perOrder {
			r.singles = append(r.singles, d.sold)
		}
	}
	r.t.RFMOrders = append(r.t.RFMOrders, orders)
	r.t.RFMNet = append(r.t.RFMNet, spent(request.RFMSpend, net, orders, r.singles))
}

// spent is the spend in the window. Without an order in it the mean is the sum, which returns
// may have made negative, and the median and the maximum are zero.
func spent(s Spend, net money.Amount, orders int64, singles []money.Amount) money.Amount {
	switch {
	case s == SpendMean:
		return net.Over(max(1, orders))
	case !s.single():
		return net
	case len(singles) == 0:
		return money.Amount{}
	}
	slices.SortFunc(singles, func(a, b money.Amount) int { return a.Num().Cmp(b.Num()) })
	n := len(singles)
	if s == SpendMax {
		return singles[n-1]
	}
	// The half is taken where it rounds as money does.
	return singles[(n-1)/2].Plus(singles[n/2]).Over(2)
}
