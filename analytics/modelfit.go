package analytics

import (
	"errors"
	"math"

	"clientele/analytics/history"
	"clientele/clv"
)

// emptyWithoutModel is what readers miss on a night without a lifetime model.
const emptyWithoutModel = "p_alive, expected_purchases and future_value are empty, and clv is past value"

// notEnough are the ways in which a shop may be too young or too small for a
// model; the night goes on without it.
func notEnough(err error) bool {
	for _, class := range []error{clv.ErrNoRepeat, clv.ErrNoExposure, clv.ErrNoCustomers, clv.ErrNoSpend, clv.ErrMoneyUnit, clv.ErrNotIdentified} {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}

// fitPurchases fits the models of when customers buy and when they leave.
func (n *night) fitPurchases(workers int) error {
	w := n.worth
	if w.choice.refused != "" {
		n.warn("clv: no lifetime model: %s; %s; to have numbers all the same, name a model in clv.model", w.choice.refused, emptyWithoutModel)
		return nil
	}
	weights := w.choice.stacking.At(epochDays(n.asOf)).Weights
	var (
		fits []clv.MemberFit
		last error
	)
	for _, name := range n.candidates() {
		if weights[name] == 0 {
			continue
		}
		fit, err := clv.FitVariant(name, w.panel, clv.FitOptions{Start: n.lastParams(name), Workers: workers})
		switch {
		case err == nil:
			fits = append(fits, clv.MemberFit{Fit: fit, Weight: weights[name]})
		case notEnough(err):
			last = err
		default:
			return err
		}
	}
	if len(fits) == 0 {
		w.choice.refused = last.Error()
		n.warn("clv: no lifetime model: %v; %s", last, emptyWithoutModel)
		return nil
	}
	var err error
	if w.fits, w.blend, err = blendOf(fits, math.Exp(n.level().Pace)); err != nil {
		return err
	}
	w.modelled = true
	n.warnOfModel()
	return nil
}

// lastParams are the parameters of the same model on the night before, where the
// climb may start; the summit is the same without them.
func (n *night) lastParams(model string) map[string]float64 {
	if n.previous == nil || n.previous.Model == nil {
		return nil
	}
	return n.previous.Model.ParamsOf(model)
}

// warnOfModel says where the model that the job file names tells less than it seems to,
// and where nothing is known of how well a blend predicts.
func (n *night) warnOfModel() {
	w := n.worth
	if w.choice.on == "" {
		if note := w.fits[0].Note; note != "" {
			n.warn("clv: %s", note)
		}
	}
	if w.choice.untested != "" {
		n.warn("clv: no backtest can tell yet how well the models predict this shop, so that intervals are wide: %s", w.choice.untested)
	}
	if w.choice.drifted != "" {
		n.warn("clv: %s; intervals allow for it", w.choice.drifted)
	}
	if len(w.fits) > 1 {
		return
	}
	switch w.fits[0].Model.Name() {
	case "bg-nbd":
		n.warn("clv: bg-nbd takes every one-time buyer for alive, so that p_alive is 1 for them; mbg-nbd does not")
	case "nbd":
		n.warn("clv: nbd takes every customer for alive, so that p_alive is 1 for all; go by p_next and stage for who is slipping away")
	}
}

// fitSpend fits the model of what a purchase comes to.
func (n *night) fitSpend(workers int) error {
	w := n.worth
	w.spent = spendHistories(n.customers)
	fit, err := clv.FitSpend(w.spent, nil, workers)
	w.spend = make([]float64, n.customers.Len())
	switch {
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
	model, drift := fit.SpendModel(), math.Exp(n.level().Spend)
	for i := range w.spend {
		w.spend[i] = roundMoney(drift * model.Expected(w.spent[i]))
	}
	n.warnOfUnpaid(fit)
	return nil
}

// level is how far forecasts of the shop are off, as of tonight.
func (n *night) level() history.Level {
	return n.worth.choice.stacking.At(epochDays(n.asOf)).Level
}

// manyUnpaid is the share of the customers who came back from which those who
// never paid are worth a warning: where one in a hundred gets free goods, what all
// bring is off by less than anything else in the model.
const manyUnpaid = 0.01

// warnOfUnpaid says whom the model of spend could not learn from, and what they
// are given instead.
func (n *night) warnOfUnpaid(fit clv.SpendFit) {
	if fit.Unpaid == 0 || fit.Unpaid < manyUnpaid*fit.Repeat {
		return
	}
	sum := 0.0
	for i, h := range n.worth.spent {
		if h.Repeats > 0 && h.Paid == 0 {
			sum += n.worth.spend[i]
		}
	}
	n.warn("clv: %v of %v customers who came back brought no money by it (amounts of 0, or all given back): "+
		"they are left out of the spend model; their expected_spend, %.2f on average, is what others spend times the chance that they pay",
		fit.Unpaid, fit.Repeat, sum/fit.Unpaid)
}
