package analytics

import (
	"fmt"
	"math"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/clv"
)

// daysPerYear turns days into the years of rates and costs.
var daysPerYear = job.Year.Days()

// worth is what customers are and were worth. Where there is no lifetime model,
// what rests on it is NaN and is published empty.
type worth struct {
	panel                 clv.Panel // in clv.unit
	choice                choice
	fits                  []clv.MemberFit
	blend                 *clv.Blend // of fits
	spendFit              clv.SpendFit
	modelled, priced      bool // whether purchases and spend have a model
	pAlive, expected      []float64
	pNext                 []float64 // chance of a purchase within nextDays
	spent                 []clv.SpendHistory
	spend                 []float64 // expected per purchase
	orders                []float64 // expected per purchase day; nil: an order costs nothing
	past, future, clv     []float64
	low, high             []float64 // of future: its 90% interval
	equityLow, equityHigh float64
	equityWidth           EquityWidth
	margin                float64
}

// moneyPlaces is to how many decimal places money that a model expects is
// rounded: as many as the ledger keeps, so that every sum of published values
// is exact.
const moneyPlaces = 1e6

func roundMoney(v float64) float64 { return math.Round(v*moneyPlaces) / moneyPlaces }

// value works out past and future value of every customer.
func (n *night) value(hasCost bool, workers int) error {
	c := n.job.CLV
	if c == nil {
		return nil
	}
	w := &worth{
		panel:  panelOf(n.customers, epochDays(n.asOf), c.Unit.Days()),
		margin: n.margin(hasCost),
	}
	n.worth = w
	if err := n.chooseModels(workers); err != nil {
		return err
	}
	if err := n.fitPurchases(workers); err != nil {
		return err
	}
	if err := n.fitSpend(workers); err != nil {
		return err
	}
	if err := n.ordersAhead(workers); err != nil {
		return err
	}
	w.past = n.pastValue(hasCost)
	if err := n.lookAhead(workers); err != nil {
		return err
	}
	w.clv = make([]float64, len(w.past))
	for i := range w.clv {
		w.clv[i] = roundMoney(w.past[i] + w.future[i])
	}
	return nil
}

// panelOf turns calendar days into model time.
func panelOf(t *customers.Table, today int32, unitDays float64) clv.Panel {
	p := clv.Panel{X: make([]float64, t.Len()), TX: make([]float64, t.Len()), T: make([]float64, t.Len())}
	for i := range t.ID {
		p.X[i] = float64(t.PurchaseDays[i] - 1)
		p.TX[i] = float64(t.LastDay[i]-t.FirstDay[i]) / unitDays
		p.T[i] = float64(today-t.FirstDay[i]) / unitDays
	}
	if t.Days != nil {
		p.LnGaps = lnGaps(t, unitDays)
	}
	return p
}

// lnGaps are the sums of the logarithms of each customer's gaps between purchase days,
// in model units.
func lnGaps(t *customers.Table, unitDays float64) []float64 {
	sums := make([]float64, t.Len())
	for i := range sums {
		days := t.Days[t.DayStart[i]:t.DayStart[i+1]]
		for j := 1; j < len(days); j++ {
			sums[i] += math.Log(float64(days[j]-days[j-1]) / unitDays)
		}
	}
	return sums
}

// margin is the share of spend that is profit: what the mapped costs leave of
// all that was sold or, without them, as the job file says.
func (n *night) margin(hasCost bool) float64 {
	if !hasCost {
		return n.job.CLV.Margin
	}
	var net, cost float64
	for i := range n.customers.ID {
		net += n.customers.Net[i].Float()
		cost += n.customers.Cost[i].Float()
	}
	if net <= 0 || cost >= net {
		n.warn("clv: costs are not below net spend (%.2f of %.2f), so the margin is 0 and no future purchase is worth anything", cost, net)
		return 0
	}
	return (net - cost) / net
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

// ordersAhead is how many orders each customer's next purchase day is expected to
// have, where an order costs something: what is counted behind is counted ahead.
func (n *night) ordersAhead(workers int) (err error) {
	if n.job.CLV.Costs.PerOrder == 0 {
		return nil
	}
	n.worth.orders, err = clv.OrdersPerPurchase(floats(n.customers.Orders), floats(n.customers.PurchaseDays), workers)
	return err
}

// baskets are what the next purchase of each customer is expected to come to.
func (w *worth) baskets() clv.Baskets { return clv.Baskets{Spend: w.spend, Orders: w.orders} }

// basket is that of one customer.
func (w *worth) basket(i int) clv.Basket {
	b := clv.Basket{Spend: w.spend[i], Orders: 1}
	if w.orders != nil {
		b.Orders = w.orders[i]
	}
	return b
}

// prices are the job's costs for clv.
func prices(c *job.CLV, margin float64) clv.Prices {
	return clv.Prices{
		Margin:       margin,
		PerOrder:     c.Costs.PerOrder,
		PerYearAlive: c.Costs.PerYearAlive,
		Acquisition:  c.Costs.Acquisition,
		UnitsPerYear: daysPerYear / c.Unit.Days(),
	}
}

// pastValue is margin less costs so far. Where costs are mapped, the margin is
// what they leave.
func (n *night) pastValue(hasCost bool) []float64 {
	p := prices(n.job.CLV, n.job.CLV.Margin)
	if hasCost {
		p.Margin = 1
	}
	today := epochDays(n.asOf)
	t := n.customers
	past := make([]float64, t.Len())
	for i := range past {
		earned := t.Net[i]
		if hasCost {
			earned = earned.Minus(t.Cost[i])
		}
		years := float64(today-t.FirstDay[i]) / daysPerYear
		past[i] = roundMoney(clv.PastValue(p, earned.Float(), float64(t.Orders[i]), years))
	}
	return past
}

// warn notes something that readers of the result should know.
func (n *night) warn(format string, args ...any) {
	n.warnings.Add(fmt.Sprintf(format, args...))
}
