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

// Model is a model of purchase counts with given parameters. NewModel and
// FitModel make them.
//
// Its methods take a row that passes CheckRow, a horizon h from 0 to MaxTime in
// model units, or +Inf, and a continuous rate of discount delta from 0 to
// MaxTime per model unit; anything else gives NaN. A new customer is the row
// (0, 0, 0). Models are values without state, safe for use by many goroutines.
// To score many rows use Score: it gives the same bits, faster.
type Model struct {
	family family
	theta  []float64 // in the order of family.params
	process
}

// Name is the name that NewModel takes.
func (m *Model) Name() string { return m.family.name }

// Params are the parameters in the papers' order, without standard errors.
func (m *Model) Params() []Param { return namedParams(paramNames(m.family.params), m.theta) }

// CheckRow returns an error wrapping ErrRow when (x, t_x, t) cannot be a
// customer's history under this model, and nil when it can.
func (m *Model) CheckRow(x, tx, t float64) error { return m.family.checkRow(x, tx, t) }

// CheckRowOf is CheckRow of the named model, whatever its parameters; of a name
// that ModelNames does not list, an error wrapping ErrUnknownModel.
func CheckRowOf(name string, x, tx, t float64) error {
	f, err := familyOf(name)
	if err != nil {
		return err
	}
	return f.checkRow(x, tx, t)
}

// LogLikelihood is log f(x, t_x, t), without the constant x! that some papers
// add: comparable between models of one panel in one unit. A model of regular
// purchases that knows nothing of their gaps takes a mean over all that add up to
// t_x; Score knows more where the panel has LnGaps.
func (m *Model) LogLikelihood(x, tx, t float64) float64 {
	if !m.family.validRow(x, tx, t) {
		return math.NaN()
	}
	return m.logLikelihood(x, tx, t)
}

// Gradient is LogLikelihood with its derivatives by the parameters, in the order
// of Params; NaN by a whole number.
func (m *Model) Gradient(x, tx, t float64) (logLikelihood float64, gradient []float64) {
	gradient = make([]float64, len(m.theta))
	for i := range gradient {
		gradient[i] = math.NaN()
	}
	if !m.family.validRow(x, tx, t) {
		return math.NaN(), gradient
	}
	one := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{t}, Weight: []float64{1}}
	s := m.family.likelihood(one).sum(m.theta[m.family.fixed:], 1)
	copy(gradient[m.family.fixed:], s.g[:])
	return s.f, gradient
}

// PAlive is the probability of still being a customer at t.
func (m *Model) PAlive(x, tx, t float64) float64 {
	return m.Known(x, tx, t).PAlive()
}

// PAliveAt is the probability of still being a customer h after t.
func (m *Model) PAliveAt(h, x, tx, t float64) float64 {
	if !m.family.validRow(x, tx, t) || !validHorizon(h, 0) {
		return math.NaN()
	}
	o := outlookOf(m.process, x)
	return m.pAlive(x, tx, t) * mean(o.of(tx, t), func(j int) float64 { return o.by[j].survival(h, t) })
}

// CET is the number of purchases expected in (t, t+h]. For ever, at h = +Inf,
// it is +Inf under some parameters.
func (m *Model) CET(h, x, tx, t float64) float64 { return m.DECT(h, 0, x, tx, t) }

// DECT is CET with each purchase discounted by exp(-delta*(time after t)).
// h = +Inf gives DERT, always finite when delta > 0.
func (m *Model) DECT(h, delta, x, tx, t float64) float64 {
	return m.Known(x, tx, t).dect(h, delta)
}

// AliveTime is the discounted time as a customer expected in (t, t+h], in model
// units: the integral of exp(-delta*u) P(alive at t+u) over u in (0, h], or its
// sum where time is counted in opportunities. h = +Inf as in DECT.
func (m *Model) AliveTime(h, delta, x, tx, t float64) float64 {
	if !m.family.validRow(x, tx, t) || !validHorizon(h, delta) {
		return math.NaN()
	}
	o := outlookOf(m.process, x)
	time := mean(o.of(tx, t), func(j int) float64 {
		_, time := o.by[j].ahead(h, delta, t)
		return time
	})
	return ifAlive(m.pAlive(x, tx, t), time)
}

// Expected is the number of repeat purchases expected of a new customer within
// t of the first purchase.
func (m *Model) Expected(t float64) float64 { return m.CET(t, 0, 0, 0) }

// PMF is the probability that a new customer makes n repeat purchases within t
// of the first.
func (m *Model) PMF(n, t float64) float64 { return m.PMFAhead(n, t, 0, 0, 0) }

// PMFAhead is the probability of n purchases in (t, t+h], h finite.
func (m *Model) PMFAhead(n, h, x, tx, t float64) float64 {
	return m.Known(x, tx, t).PMF(n, h)
}

// NewModel makes a model from its name and its parameters by name. The error
// wraps ErrUnknownModel or ErrParameter and lists all that is wrong.
func NewModel(name string, params map[string]float64) (*Model, error) {
	f, err := familyOf(name)
	if err != nil {
		return nil, err
	}
	theta, err := f.values(params)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f.model(theta), nil
}

// values puts parameters by name into the order of the family's, or says what is
// wrong with them.
func (f family) values(params map[string]float64) ([]float64, error) {
	theta, err := paramValues(paramNames(f.params), params)
	if err != nil {
		return nil, err
	}
	for i, p := range f.params[:f.fixed] {
		if v := theta[i]; !(v >= 1 && v <= p.whole && v == math.Trunc(v)) {
			return nil, fmt.Errorf("%w: %s (%v) is not a whole number from 1 to %v", ErrParameter, p.name, v, p.whole)
		}
	}
	return theta, nil
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
