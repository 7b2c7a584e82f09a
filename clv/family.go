package clv

import (
	"fmt"
	"strings"
)

// parameter describes one parameter of a model.
type parameter struct {
	name string // the papers' letter
	// scales says that the parameter is in the unit of the data, of time or of
	// money, and not a pure number.
	scales bool
	// low and high say what it means when a fit runs to that bound.
	low, high string
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
	// build makes the model; theta is in the order of params and in range.
	build func(theta []float64) Model
	// likelihood is the log-likelihood of a merged panel with derivatives.
	likelihood func(p Panel) likelihood
	// starts are points to begin a fit from, the most hopeful first, for times
	// in multiples of the mean t and meanX repeat purchases per customer.
	starts func(meanX float64) [][]float64
}

// families are in the order of ModelNames.
var families = []family{
	betaGeometricFamily("bg-nbd", 0),
	betaGeometricFamily("mbg-nbd", 1),
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
