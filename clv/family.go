package clv

import (
	"fmt"
	"slices"
	"strings"

	"clientele/internal/wording"
)

// parameter describes one parameter of a model.
type parameter struct {
	name string // the papers' letter
	// scales says that the parameter is in the unit of the data, of time or of
	// money, and not a pure number.
	scales bool
	// rate says that the parameter is per unit of time.
	rate bool
	// whole is above 0 for a whole number from 1 to there.
	whole float64
	// low and high say what it means when a fit runs to that bound.
	low, high wording.Message
}

// paramNames are the papers' letters of parameters.
func paramNames(params []parameter) []string {
	names := make([]string, len(params))
	for i, p := range params {
		names[i] = p.name
	}
	return names
}

// family is one kind of model: all that fitting it and making it by name need.
// A new model is a new family in the list below.
type family struct {
	name   string
	params []parameter // in the papers' order
	// fixed is how many of params, the first ones, no fit moves: whole numbers, with
	// a family for each (at). Likelihood, starts and limits are in those that follow.
	fixed   int
	fixedAt []float64 // their values, where the family has them
	// at is the family whose fixed parameter has one value. It is nil where the
	// parameter has one, and where there is none.
	at func(k int) family
	// process is the model's stochastic process at theta, in the order of params and in
	// range.
	process func(theta []float64) process
	// refuses says why a row that passes CheckRow cannot be a history under this
	// model, and is empty where it can; nil: none is refused.
	refuses func(x, tx, t float64) string
	// likelihood is the log-likelihood of a merged panel with derivatives.
	likelihood func(p Panel) likelihood
	// starts are points to begin a fit from, the likeliest first, for times
	// in multiples of the mean t and meanX repeat purchases per customer.
	starts func(meanX float64) [][]float64
	// limits are the ways in which data may leave parameters open, the simplest
	// first. Those that lead to a simpler model should come before the others.
	limits []limit
}

// families are in the order of ModelNames.
var families = []family{
	paretoFamily,
	gompertzFamily,
	betaGeometricFamily("bg-nbd", 0),
	betaGeometricFamily("mbg-nbd", 1),
	nbdFamily,
	condensedFamily("bg-cnbd-k", 0),
	condensedFamily("mbg-cnbd-k", 1),
	bgbbFamily(),
	sbgFamily(),
}

// familyOf looks a model up by its name.
func familyOf(name string) (family, error) {
	for _, f := range families {
		if f.name == name {
			return f, nil
		}
	}
	return family{}, fmt.Errorf("%w %q; expected one of %s", ErrUnknownModel, name, strings.Join(ModelNames(), ", "))
}

// free are the parameters that a fit moves.
func (f family) free() []parameter { return f.params[f.fixed:] }

// in is the parameter's unit, where one of time, or of money, is this long.
func (p parameter) in(unit float64) float64 {
	switch {
	case p.scales:
		return unit
	case p.rate:
		return 1 / unit
	default:
		return 1
	}
}

// model makes the model at theta, in the order of params and in range.
func (f family) model(theta []float64) *Model {
	if f.at != nil {
		f = f.at(int(theta[0]))
	}
	return &Model{family: f, theta: slices.Clone(theta), process: f.process(theta)}
}

// validRow reports whether checkRow accepts a row, without making an error.
func (f family) validRow(x, tx, t float64) bool {
	return validRow(x, tx, t) && (f.refuses == nil || f.refuses(x, tx, t) == "")
}

// checkRow returns an error wrapping ErrRow when (x, t_x, t) cannot be a
// customer's history under the model.
func (f family) checkRow(x, tx, t float64) error {
	if err := CheckRow(x, tx, t); err != nil {
		return err
	}
	if f.refuses != nil {
		if why := f.refuses(x, tx, t); why != "" {
			return fmt.Errorf("%w: %s: %s", ErrRow, f.name, why)
		}
	}
	return nil
}

// checkPanel returns an error that names the first row of a valid panel that
// this model refuses.
func (f family) checkPanel(p Panel) error {
	if f.refuses == nil {
		return nil
	}
	for i := range p.X {
		if err := f.checkRow(p.X[i], p.TX[i], p.T[i]); err != nil {
			return fmt.Errorf("panel row %d: %w", i, err)
		}
	}
	return nil
}
