package modeltable

import (
	"errors"
	"fmt"

	"clientele/analytics/ledger"
	"clientele/clv"
)

// SpendModel is the name of the model of spend, which may be fitted alone.
const SpendModel = "gamma-gamma"

// ModelNames are the models that Fit knows.
func ModelNames() []string { return append(clv.ModelNames(), SpendModel) }

// Fit fits a model of ModelNames to a table whose times are in unit. A table
// with spend gets a model of spend beside a model of purchases. The warnings
// say what is wrong with a fit that can nevertheless be used.
func Fit(t *Table, model, unit string, workers int) (clv.File, []string, error) {
	var warnings []string
	usable := func(err error) error {
		if errors.Is(err, clv.ErrNotIdentified) {
			warnings = append(warnings, err.Error())
			return nil
		}
		if err != nil {
			return &ledger.DataError{Path: t.path, Message: err.Error()}
		}
		return nil
	}
	var spend *clv.SpendFile
	if t.Spend != nil {
		fit, err := clv.FitGammaGamma(t.Panel.X, t.Spend, t.Panel.Weight, workers)
		if err := usable(err); err != nil {
			return clv.File{}, nil, err
		}
		if fit.Note != "" && len(warnings) == 0 {
			warnings = append(warnings, fit.Note)
		}
		spend = clv.NewSpendFile(fit)
	}
	if model == SpendModel {
		if spend == nil {
			return clv.File{}, nil, &ledger.DataError{Path: t.path, Message: fmt.Sprintf("has no column %q, which %s is fitted to", "spend", SpendModel)}
		}
		return alone(*spend, unit), warnings, nil
	}
	fit, err := clv.FitModel(model, t.Panel, workers)
	if err := usable(err); err != nil {
		return clv.File{}, nil, err
	}
	if fit.Note != "" && err == nil {
		warnings = append(warnings, fit.Note)
	}
	file := clv.NewFile(unit, fit)
	file.Spend = spend
	return file, warnings, nil
}

// alone is a model file with a model of spend only.
func alone(s clv.SpendFile, unit string) clv.File {
	return clv.File{
		Model: SpendModel, Unit: unit, Params: s.Params, StdErrors: s.StdErrors,
		LogLikelihood: s.LogLikelihood, Customers: s.Customers, AIC: s.AIC, BIC: s.BIC, Note: s.Note,
		Held: s.Held, Order: s.Order, Covariance: s.Covariance,
	}
}
