package clv

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// MinParam and MaxParam bound the parameters of a model. Beyond them customers
// differ either not at all or beyond recognition, and the models' formulas
// leave the range of a float64.
const (
	MinParam = 1e-12
	MaxParam = 1e12
)

// Param is one parameter of a model.
type Param struct {
	Name   string  // the papers' letter
	Value  float64 // in the model's unit where the parameter is a time
	StdErr float64 // standard error; NaN where unknown
}

// Model is a model of purchase counts with given parameters.
//
// Its methods take a row that passes CheckRow, a horizon h from 0 to MaxTime in
// model units, or +Inf, and a continuous rate of discount delta from 0 to
// MaxTime per model unit; anything else gives NaN. Models are values without
// state, safe for use by many goroutines. To score many rows use Score: it
// gives the same bits, faster.
type Model interface {
	// Name is the name that NewModel takes.
	Name() string
	// Params are the parameters in the papers' order, without standard errors.
	Params() []Param
	// LogLikelihood is log f(x, t_x, t), without the constant x! that some
	// papers add: comparable between models of one panel in one unit.
	LogLikelihood(x, tx, t float64) float64
	// PAlive is the probability of still being a customer at t.
	PAlive(x, tx, t float64) float64
	// CET is the number of purchases expected in (t, t+h]. For ever, at
	// h = +Inf, it is +Inf under some parameters.
	CET(h, x, tx, t float64) float64
	// DECT is CET with each purchase discounted by exp(-delta*(time after t)).
	// h = +Inf gives DERT, always finite when delta > 0.
	DECT(h, delta, x, tx, t float64) float64
	// AliveTime is the discounted time as a customer expected in (t, t+h], in
	// model units: the integral of exp(-delta*u) P(alive at t+u) over u in
	// (0, h]. h = +Inf as in DECT.
	AliveTime(h, delta, x, tx, t float64) float64
	// Expected is the number of repeat purchases expected of a new customer
	// within t of the first purchase.
	Expected(t float64) float64
	// after is what lies ahead of a customer who is alive after x repeat
	// purchases; only this package makes models.
	after(x float64) prospect
}

// NewModel makes a model from its name and its parameters by name. The error
// wraps ErrUnknownModel or ErrParameter and lists all that is wrong.
func NewModel(name string, params map[string]float64) (Model, error) {
	f, err := familyOf(name)
	if err != nil {
		return nil, err
	}
	theta, err := paramValues(paramNames(f.params), params)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f.build(theta), nil
}

// ModelNames lists the models of purchase counts, the best known first.
func ModelNames() []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.name
	}
	return names
}

// paramValues puts named parameters into the order of names, or says which are
// missing, unknown or out of range.
func paramValues(names []string, params map[string]float64) ([]float64, error) {
	var wrong []string
	theta := make([]float64, len(names))
	for i, name := range names {
		v, found := params[name]
		switch {
		case !found:
			wrong = append(wrong, name+" is missing")
		case !(v >= MinParam && v <= MaxParam):
			wrong = append(wrong, fmt.Sprintf("%s (%v) is not a number from %v to %v", name, v, MinParam, MaxParam))
		}
		theta[i] = v
	}
	unknown := make([]string, 0, len(params))
	for name := range params {
		if !slices.Contains(names, name) {
			unknown = append(unknown, fmt.Sprintf("%q is unknown", name))
		}
	}
	slices.Sort(unknown) // a map has no order, a message should
	wrong = append(wrong, unknown...)
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%w: %s; expected %s", ErrParameter, strings.Join(wrong, ", "), strings.Join(names, ", "))
	}
	return theta, nil
}

// namedParams pairs names with values, standard errors unknown.
func namedParams(names []string, values []float64) []Param {
	params := make([]Param, len(names))
	for i, name := range names {
		params[i] = Param{Name: name, Value: values[i], StdErr: math.NaN()}
	}
	return params
}
