package main

import (
	"errors"
	"runtime"
	"slices"

	"clientele/benchmarks/process"
	"clientele/clv"
)

// gammaGamma is the model of spend, which clv.ModelNames does not list.
const gammaGamma = "gamma-gamma"

// allModels are the models that have a population, the best known first.
func allModels() []string {
	known := slices.DeleteFunc(clv.ModelNames(), func(name string) bool {
		_, found := populations[name]
		return !found
	})
	return append(known, gammaGamma)
}

// fitted is what a program prints of a fit, as JSON.
type fitted struct {
	CPU, Wall float64            // seconds, from the table in memory to the result
	Params    map[string]float64 // by the papers' letters, in the units of the table
	// LogLikelihood is what the program makes of its own result: the sum over
	// customers, without constants, in the units of the table.
	LogLikelihood float64 `json:"log_likelihood"`
	Note          string  // what the program says is wrong with the fit
}

// fit fits a model to the table at path.
func fit(model, path string) (fitted, error) {
	t, err := readTable(path)
	if err != nil {
		return fitted{}, err
	}
	clock := process.StartClock()
	e, err := t.fit(model)
	took := clock.Read()
	if err != nil && !errors.Is(err, clv.ErrNotIdentified) {
		return fitted{}, err
	}
	f := fitted{CPU: took.CPU.Seconds(), Wall: took.Wall.Seconds(), LogLikelihood: e.LogLikelihood, Note: e.Note.String()}
	f.Params = make(map[string]float64)
	for _, p := range e.Params {
		f.Params[p.Name] = p.Value
	}
	return f, nil
}

func (t table) fit(model string) (clv.Estimate, error) {
	if model == gammaGamma {
		f, err := clv.FitGammaGamma(t.X, t.meanSpend, nil, runtime.NumCPU())
		return f.Estimate, err
	}
	f, err := clv.FitModel(model, t.Panel, runtime.NumCPU())
	return f.Estimate, err
}

// logLikelihood is the log-likelihood of the table at path under a model with
// parameters that another program found.
func logLikelihood(model, path string, params map[string]float64) (float64, error) {
	t, err := readTable(path)
	if err != nil {
		return 0, err
	}
	if model == gammaGamma {
		return t.spendLogLikelihood(params)
	}
	m, err := clv.NewModel(model, params)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, v := range clv.Score(m, t.Panel, clv.ScoreOptions{WithLogLikelihood: true, Workers: runtime.NumCPU()}).LogLikelihood {
		sum += v
	}
	return sum, nil
}

// spendLogLikelihood is the log-likelihood of the customers who say something
// about spend.
func (t table) spendLogLikelihood(params map[string]float64) (float64, error) {
	g, err := clv.NewGammaGamma(params["p"], params["q"], params["gamma"])
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for i, m := range t.meanSpend {
		if m > 0 {
			sum += g.LogLikelihood(t.X[i], m)
		}
	}
	return sum, nil
}
