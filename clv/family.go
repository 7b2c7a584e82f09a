package clv

import (
	"fmt"
	"strings"
)

// family is one kind of model: all that fitting and building it by name need.
// A new model is a new family in the list below.
type family struct {
	name   string
	params []string // the papers' letters, in the papers' order
	// times lists the parameters that are times, by index: they scale with the
	// unit of the panel.
	times []int
	// build makes the model; theta is in the order of params and in range.
	build func(theta []float64) Model
	// likelihood is the log-likelihood of a merged panel with derivatives.
	likelihood func(p Panel) likelihood
	// starts are points to begin a fit from, the most hopeful first, for times
	// in multiples of the mean t and a given number of repeat purchases per
	// customer.
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
