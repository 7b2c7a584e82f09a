package clv

import (
	"math"

	"clientele/internal/wording"
)

// Estimate is what maximum likelihood found, and how sure it is.
type Estimate struct {
	// Params are in the papers' order, with standard errors of the parameters
	// as they stand, from the curvature at the maximum. Digits below a
	// thousand-millionth of a standard error, all else equal, are rounded away.
	Params        []Param
	Held          []string        // parameters that the data do not tell, held where Note says; AIC and BIC do not count them
	LogLikelihood float64         // at the fitted parameters, in the units of the data
	Customers     float64         // weight of the rows used
	Rows          int             // distinct rows used
	Covariance    [][]float64     // of Params; NaN for those held, and where it does not exist
	AIC, BIC      float64         // BIC counts customers, not rows
	Iterations    int             // of the search that was kept
	Evaluations   int             // of the log-likelihood of all rows, by all searches
	GradNorm      float64         // largest |dLL/d ln(parameter)| per customer, of those not held
	Converged     bool            // a maximum that pins down every parameter not held
	Note          wording.Message // what is wrong with the fit; empty where nothing is

	data fingerprint
}

// estimate describes a refined optimum in the unit of the data. The likelihood has a
// density for each of densities events, whose measure is that of the objective's unit:
// a purchase's time, or a mean spend.
func (p optimum) estimate(theta []float64, s point, densities float64) Estimate {
	e := Estimate{
		Params:        namedParams(paramNames(p.params), theta),
		Held:          p.heldNames(),
		LogLikelihood: s.slope.f - densities*math.Log(p.unit),
		Customers:     p.customers,
		Rows:          len(p.weight),
		Covariance:    s.covariance(theta),
		Iterations:    s.steps,
		Evaluations:   *p.evaluations,
		GradNorm:      s.gradNorm,
		Converged:     p.refined(s),
		Note:          p.note(),
	}
	for i := range e.Params {
		e.Params[i].StdErr = math.Sqrt(e.Covariance[i][i])
	}
	k := float64(len(theta) - len(e.Held))
	e.AIC = 2*k - 2*e.LogLikelihood
	e.BIC = k*math.Log(p.customers) - 2*e.LogLikelihood
	return e
}

// fingerprint tells panels apart whatever the unit of their times.
type fingerprint struct {
	meanX float64
	meanT float64 // model units
	tx    float64 // mean t_x, in multiples of the mean t
}
