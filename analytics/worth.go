package analytics

import (
	"errors"
	"fmt"
	"math"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/clv"
)

// daysPerYear turns days into the years of rates and costs.
var daysPerYear = job.Year.Days()

// worth is what customers are and were worth. Where the lifetime model could
// not be fitted, what rests on it is NaN and is published empty.
type worth struct {
	panel             clv.Panel // in clv.unit
	fit               clv.Fit
	spendFit          clv.GammaGammaFit
	modelled, priced  bool // whether purchases and spend have a model
	pAlive, expected  []float64
	spend             []float64 // expected per purchase
	past, future, clv []float64
	chosen            string // how the model was chosen
	margin            float64
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
		chosen: "by clv.model in the job file",
	}
	n.worth = w
	if err := n.fitPurchases(workers); err != nil {
		return err
	}
	if err := n.fitSpend(workers); err != nil {
		return err
	}
	w.past = n.pastValue(hasCost)
	n.lookAhead(workers)
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
	return p
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

// notEnough are the ways in which a shop may be too young or too small for a
// model; the night goes on without it.
func notEnough(err error) bool {
	for _, class := range []error{clv.ErrNoRepeat, clv.ErrNoExposure, clv.ErrNoCustomers, clv.ErrNoSpend} {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}

// fitPurchases fits the model of when customers buy and when they leave.
func (n *night) fitPurchases(workers int) error {
	w := n.worth
	fit, err := clv.FitModel(n.job.CLV.Model, w.panel, workers)
	switch {
	case err == nil:
		w.fit, w.modelled = fit, true
		if fit.Note != "" {
			n.warn("clv: %s", fit.Note)
		}
	case errors.Is(err, clv.ErrNotIdentified):
		w.fit, w.modelled = fit, true
		n.warn("clv: %v; the values ahead rest on the best point found", err)
	case notEnough(err):
		n.warn("clv: no lifetime model: %v; p_alive, expected_purchases and future_value are empty, and clv is past value", err)
	default:
		return err
	}
	if w.modelled {
		n.warnOfDropout()
	}
	return nil
}

// warnOfDropout says where p_alive tells less than it seems to.
func (n *night) warnOfDropout() {
	switch n.worth.fit.Model.Name() {
	case "bg-nbd":
		n.warn("clv: bg-nbd takes every one-time buyer for alive, so that p_alive is 1 for them; mbg-nbd does not")
	case "nbd":
		n.warn("clv: nbd takes every customer for alive, so that p_alive is 1 for all; go by stage and decline for who is slipping away")
	}
}

// fitSpend fits the model of what a purchase comes to.
func (n *night) fitSpend(workers int) error {
	w := n.worth
	mean := repeatSpend(n.customers)
	fit, err := clv.FitGammaGamma(w.panel.X, mean, nil, workers)
	w.spend = make([]float64, n.customers.Len())
	switch {
	case errors.Is(err, clv.ErrNotIdentified):
		n.warn("clv: %v; expected_spend rests on the best point found", err)
	case notEnough(err):
		n.warn("clv: no spend model: %v; expected_spend is the customer's own mean per purchase day", err)
		for i := range w.spend {
			w.spend[i] = roundMoney(max(0, n.customers.Net[i].Float()/float64(n.customers.PurchaseDays[i])))
		}
		return nil
	case err != nil:
		return err
	case fit.Note != "":
		n.warn("clv: %s", fit.Note)
	}
	w.spendFit, w.priced = fit, true
	for i := range w.spend {
		w.spend[i] = roundMoney(fit.Model.ExpectedSpend(w.panel.X[i], mean[i]))
	}
	return nil
}

// repeatSpend is each customer's mean spend per repeat purchase day, 0 for
// those without. What a customer gives back is taken from all purchases alike:
// a return rarely says which purchase it undoes.
func repeatSpend(t *customers.Table) []float64 {
	mean := make([]float64, t.Len())
	for i := range mean {
		x, sold := float64(t.PurchaseDays[i]-1), t.Sold[i].Float()
		if x > 0 && sold > 0 {
			kept := max(0, t.Net[i].Float()/sold)
			mean[i] = t.Sold[i].Minus(t.FirstSold[i]).Float() / x * kept
		}
	}
	return mean
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

// lookAhead works out what each customer is expected to bring.
func (n *night) lookAhead(workers int) {
	w, c := n.worth, n.job.CLV
	w.future = make([]float64, n.customers.Len())
	if !w.modelled {
		return
	}
	p := prices(c, w.margin)
	horizon := math.Inf(1)
	if !c.Horizon.Unbounded() {
		horizon = c.Horizon.Days() / c.Unit.Days()
	}
	scores := clv.Score(w.fit.Model, w.panel, clv.ScoreOptions{
		Horizon: horizon, Delta: clv.ContinuousRate(c.DiscountRate, p.UnitsPerYear), Workers: workers,
		WithDECT: true, WithAliveTime: c.Costs.PerYearAlive != 0,
	})
	w.pAlive, w.expected = scores.PAlive, scores.CET
	for i := range w.future {
		alive := 0.0
		if scores.AliveTime != nil {
			alive = scores.AliveTime[i]
		}
		w.future[i] = roundMoney(clv.FutureValue(p, scores.DECT[i], alive, w.spend[i]))
	}
}

// warn notes something that readers of the result should know.
func (n *night) warn(format string, args ...any) {
	n.warnings = append(n.warnings, fmt.Sprintf(format, args...))
}
