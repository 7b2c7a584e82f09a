package modeltable

import (
	"errors"
	"fmt"

	"clientele/clv"
	"clientele/internal/wording"
)

// SpendModel is the name of the model of spend, which may be fitted alone.
const SpendModel = "gamma-gamma"

// ModelNames are the models that Fit knows.
func ModelNames() []string { return append(clv.ModelNames(), SpendModel) }

// FitOptions say what to fit to a table.
type FitOptions struct {
	Model   string // one of ModelNames
	Unit    string // of the table's times
	K       int    // holds the k of a model that has one; 0: the likeliest, by the column litt
	Workers int
}

// Fit fits a model to a table. A table with spend gets a model of spend beside a
// model of purchases, if any row tells of spend. The warnings say what is wrong with
// a fit that can nevertheless be used, and what could not be fitted beside it.
func Fit(t *Table, o FitOptions) (clv.File, []string, error) {
	if o.Model == SpendModel {
		return fitSpendAlone(t, o.Unit, o.Workers)
	}
	if err := t.checkFor(o.Model); err != nil {
		return clv.File{}, nil, err
	}
	fit, err := clv.FitModelWith(o.Model, t.Panel, clv.FitOptions{K: o.K, Workers: o.Workers})
	if errors.Is(err, clv.ErrNoGaps) {
		return clv.File{}, nil, t.fail("has no column %q, by which the k of %s is found: the sum of the natural logarithms of a customer's gaps between purchases, in the unit of t; add it, or give k", gapsColumn, o.Model)
	}
	warnings, err := usable(fit.Note, err)
	if err != nil {
		return clv.File{}, nil, t.fail("%v", err)
	}
	file := clv.NewFile(o.Unit, fit)
	if t.Spend == nil {
		return file, warnings, nil
	}
	spend, more, err := t.fitSpend(o.Workers)
	switch {
	case errors.Is(err, clv.ErrNoSpend), errors.Is(err, clv.ErrMoneyUnit):
		more = []string{fmt.Sprintf("no model of spend: %v", err)}
	case err != nil:
		return clv.File{}, nil, t.fail("%v", err)
	}
	file.Spend = spend
	return file, append(warnings, more...), nil
}

// checkFor refuses a table with a row that no customer of the model can have.
func (t *Table) checkFor(model string) error {
	for i := range t.ID {
		if err := clv.CheckRowOf(model, t.Panel.X[i], t.Panel.TX[i], t.Panel.T[i]); err != nil {
			return rowError(t.place(i), err)
		}
	}
	return nil
}

func fitSpendAlone(t *Table, unit string, workers int) (clv.File, []string, error) {
	if t.Spend == nil {
		return clv.File{}, nil, t.fail("has no column %q, which %s is fitted to", "spend", SpendModel)
	}
	spend, warnings, err := t.fitSpend(workers)
	if err != nil {
		return clv.File{}, nil, t.fail("%v", err)
	}
	return alone(*spend, unit), warnings, nil
}

func (t *Table) fitSpend(workers int) (*clv.SpendFile, []string, error) {
	of := make([]clv.SpendHistory, len(t.Spend))
	for i := range of {
		of[i] = t.spendHistory(i)
	}
	fit, err := clv.FitSpend(of, t.Panel.Weight, workers)
	warnings, err := usable(fit.Note, err)
	if err != nil {
		return nil, nil, err
	}
	if fit.Unpaid > 0 {
		warnings = append(warnings, fmt.Sprintf(
			"%v of %v customers who came back have a spend of 0 or less: no model of spend can learn from them, and expected_spend is what others spend times the chance that they pay",
			fit.Unpaid, fit.Repeat))
	}
	return clv.NewSpendFile(fit), warnings, nil
}

// spendHistory is what a row says of spend. It says nothing of the first purchase,
// nor which of the others brought the mean: all, or none where it is 0 or less.
func (t *Table) spendHistory(i int) clv.SpendHistory {
	h := clv.SpendHistory{Mean: t.Spend[i], Repeats: t.Panel.X[i]}
	if h.Mean > 0 {
		h.Paid = h.Repeats
	}
	return h
}

// usable turns what is wrong with a fit into a warning, if it may be used.
func usable(note wording.Message, err error) (warnings []string, failed error) {
	switch {
	case errors.Is(err, clv.ErrNotIdentified):
		return []string{err.Error()}, nil
	case err != nil:
		return nil, err
	case !note.IsZero():
		return []string{note.String()}, nil
	}
	return nil, nil
}

// alone is a model file with a model of spend only.
func alone(s clv.SpendFile, unit string) clv.File {
	return clv.File{
		Model: SpendModel, Unit: unit, Params: s.Params, StdErrors: s.StdErrors,
		LogLikelihood: s.LogLikelihood, Customers: s.Customers, AIC: s.AIC, BIC: s.BIC, Note: s.Note,
		Held: s.Held, Order: s.Order, Covariance: s.Covariance, Paying: s.Paying,
	}
}
