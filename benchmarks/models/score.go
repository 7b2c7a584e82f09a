package main

import (
	"fmt"
	"math"
	"runtime"

	"clientele/benchmarks/process"
	"clientele/clv"
	"clientele/simulate"
)

// What scoring assumes of time and money. Lifetimes counts a year as twelve
// months of 30 days or 4.345 weeks.
const (
	horizonDays  = 364  // a year of whole weeks
	yearlyRate   = 0.1  // of discount
	margin       = 0.3  // of spend
	perYearAlive = 2    // money; so that time as a customer is asked for too
	paramError   = 0.05 // standard error of each parameter, as a share of it
)

// columns are what a customer is scored with.
type columns struct{ pAlive, cet, dert, spend, value, low, high []float64 }

// scored is what a program prints of a scoring, as JSON.
type scored struct {
	CPU, Wall float64 // seconds, from the table in memory to all columns
}

// variant is one way to score. Another is another line in the list.
type variant struct {
	name  string
	score func(s scorer, t table) columns
}

var variants = []variant{
	{name: "values", score: scorer.values},
	{name: "with intervals", score: scorer.intervals},
}

// scorer holds a model and what it is asked for.
type scorer struct {
	blend   *clv.Blend
	ahead   *clv.Predictive // intervals
	spend   clv.GammaGamma
	prices  clv.Prices
	horizon float64 // model units
	delta   float64 // per model unit
}

// newScorer makes the scorer of a model at its population's parameters, which every
// program is given.
func newScorer(model string) (scorer, error) {
	s, err := populationOf(model)
	if err != nil {
		return scorer{}, err
	}
	m, err := clv.NewModel(model, s.params)
	if err != nil {
		return scorer{}, err
	}
	unitsPerYear := daysPerYear / s.daysPerUnit
	spend := simulate.Defaults().Spend
	of := scorer{
		blend:   clv.Alone(m, covarianceOf(m.Params()...)),
		spend:   clv.GammaGamma{P: spend.P, Q: spend.Q, Gamma: spend.Gamma},
		prices:  clv.Prices{Margin: margin, PerYearAlive: perYearAlive, UnitsPerYear: unitsPerYear},
		horizon: math.Floor(horizonDays / s.daysPerUnit),
		delta:   clv.ContinuousRate(yearlyRate, unitsPerYear),
	}
	of.ahead, err = clv.NewPredictive(of.blend, clv.PredictiveOptions{
		Horizon: of.horizon, Delta: of.delta, Prices: of.prices,
		Spend: &of.spend, SpendCovariance: covarianceOf(
			clv.Param{Value: spend.P}, clv.Param{Value: spend.Q}, clv.Param{Value: spend.Gamma}), Workers: runtime.NumCPU(),
	})
	return of, err
}

// covarianceOf are parameters known to paramError, each for itself.
func covarianceOf(params ...clv.Param) [][]float64 {
	cov := make([][]float64, len(params))
	for i, p := range params {
		cov[i] = make([]float64, len(params))
		stdErr := paramError * p.Value
		cov[i][i] = stdErr * stdErr
	}
	return cov
}

// values computes all columns: P(alive), purchases within a year (CET),
// discounted ones for ever (DERT), spend per purchase, and the value of a year.
func (s scorer) values(t table) columns {
	c, _ := s.scoresAndValues(t)
	return c
}

// intervals computes the same and the 90% interval of each value.
func (s scorer) intervals(t table) columns {
	c, of := s.scoresAndValues(t)
	c.low, c.high = s.ahead.Values(t.Panel, of, clv.Baskets{Spend: c.spend})
	return c
}

func (s scorer) scoresAndValues(t table) (columns, clv.BlendScores) {
	o := clv.ScoreOptions{
		Horizon: s.horizon, Delta: s.delta, Workers: runtime.NumCPU(), WithDECT: true, WithDERT: true, WithAliveTime: true,
	}
	of := clv.ScoreBlend(s.blend, t.Panel, o)
	c := columns{pAlive: of.PAlive, cet: of.CET, dert: of.DERT}
	c.spend, c.value = make([]float64, t.Len()), make([]float64, t.Len())
	for i, x := range t.X {
		c.spend[i] = s.spend.ExpectedSpend(x, t.meanSpend[i])
		c.value[i] = clv.FutureValue(s.prices, of.DECT[i], of.AliveTime[i], clv.Basket{Spend: c.spend[i], Orders: 1})
	}
	return c, of
}

// score scores the table at path and leaves what other programs know too,
// P(alive), CET and spend, at out.
func score(v variant, model, path, out string) (scored, error) {
	s, err := newScorer(model)
	if err != nil {
		return scored{}, err
	}
	t, err := readTable(path)
	if err != nil {
		return scored{}, err
	}
	clock := process.StartClock()
	c := v.score(s, t)
	took := clock.Read()
	return scored{CPU: took.CPU.Seconds(), Wall: took.Wall.Seconds()}, writeColumns(out, c.pAlive, c.cet, c.spend)
}

// variantOf looks a way to score up.
func variantOf(name string) (variant, error) {
	for _, v := range variants {
		if v.name == name {
			return v, nil
		}
	}
	return variant{}, fmt.Errorf("unknown way to score %q", name)
}
