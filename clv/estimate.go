package clv

import "math"

// Estimate is what maximum likelihood found, and how sure it is.
type Estimate struct {
	Params        []Param     // in the papers' order, with standard errors
	LogLikelihood float64     // at the fitted parameters, in the units of the data
	Customers     float64     // weight of the rows used
	Rows          int         // distinct rows used
	Covariance    [][]float64 // of Params; NaN where it does not exist
	AIC, BIC      float64     // BIC counts customers, not rows
	Iterations    int         // of the climb that was kept
	GradNorm      float64     // largest |dLL/d ln(parameter)| per customer
	Converged     bool        // a maximum that pins down every parameter
	Note          string      // what is wrong with the fit; empty where nothing is
}

// estimate describes a summit. units turn its parameters into those of the
// data; logLikelihood is that of row i there, at the parameters it is given.
func (h hill) estimate(s summit, names []string, units []float64, logLikelihood func(theta []float64) func(i int) float64) Estimate {
	theta := make([]float64, len(names))
	for i, v := range s.logs {
		theta[i] = math.Exp(v) * units[i]
	}
	e := Estimate{
		Params:        namedParams(names, theta),
		LogLikelihood: h.sumRows(logLikelihood(theta)),
		Customers:     h.customers,
		Rows:          len(h.weight),
		Covariance:    s.covariance(theta),
		Iterations:    s.steps,
		GradNorm:      s.gradNorm,
		Converged:     h.converged(s),
	}
	for i := range e.Params {
		e.Params[i].StdErr = math.Sqrt(e.Covariance[i][i])
	}
	// Akaike's and Schwarz's criteria.
	k := float64(len(names))
	e.AIC = 2*k - 2*e.LogLikelihood
	e.BIC = k*math.Log(h.customers) - 2*e.LogLikelihood
	if !e.Converged {
		e.Note = h.explain(s, names)
	}
	return e
}

// values are the parameters without their names.
func (e Estimate) values() []float64 {
	theta := make([]float64, len(e.Params))
	for i, p := range e.Params {
		theta[i] = p.Value
	}
	return theta
}
