package clv

import (
	"fmt"
	"math"
)

// PredictiveOptions say what to predict, and how a purchase varies in money.
type PredictiveOptions struct {
	Horizon float64 // model units from 0 to MaxTime, or +Inf for ever where Delta is above 0
	Delta   float64 // continuous rate of discount per model unit, from 0 to MaxTime
	Prices  Prices

	// Spend says how a customer's purchases vary in money; with nil each costs
	// just what is expected. SpendCovariance is of p, q and gamma.
	Spend           *GammaGamma
	SpendCovariance [][]float64

	Level   float64 // share of cases that an interval should hold, up to MaxLevel; 0 means DefaultLevel
	Workers int     // goroutines; below 1 means 1
}

const (
	// DefaultLevel is the level of an interval where none is given.
	DefaultLevel = 0.90
	// MaxLevel is the highest level: a tail of 1% is still ten of the thousand
	// futures that an interval is read from.
	MaxLevel = 0.99
)

// validate returns an error that wraps ErrParameter and names the first option
// that is wrong.
func (o PredictiveOptions) validate() error {
	if err := o.score().Validate(); err != nil {
		return err
	}
	if math.IsInf(o.Horizon, 1) && o.Delta == 0 {
		return fmt.Errorf("%w: horizon is +Inf, and delta 0; expected a finite horizon or a delta above 0", ErrParameter)
	}
	if !(o.Level > 0 && o.Level <= MaxLevel) {
		return fmt.Errorf("%w: level (%v) is not a number above 0 and up to %v", ErrParameter, o.Level, MaxLevel)
	}
	if err := o.Prices.Validate(); err != nil {
		return err
	}
	if o.Spend == nil {
		return nil
	}
	if _, err := paramValues(paramNames(gammaGammaParams), o.Spend.params()); err != nil {
		return fmt.Errorf("gamma-gamma: %w", err)
	}
	return validateSquare("spend covariance", o.SpendCovariance, len(gammaGammaParams))
}

// validateSquare checks the shape of a covariance that may be nil.
func validateSquare(what string, covariance [][]float64, n int) error {
	if covariance == nil {
		return nil
	}
	square := len(covariance) == n
	for _, row := range covariance {
		square = square && len(row) == n
	}
	if !square {
		return fmt.Errorf("%w: %s should have %d rows of %d numbers, as many as there are parameters", ErrParameter, what, n, n)
	}
	return nil
}

// score is what has to be scored for intervals of value.
func (o PredictiveOptions) score() ScoreOptions {
	return ScoreOptions{
		Horizon: o.Horizon, Delta: o.Delta, Workers: o.Workers,
		WithDECT: true, WithAliveTime: o.Prices.PerYearAlive != 0,
	}
}

// Predictive gives intervals of what customers will do: of each, and of all
// together. Three things make the future uncertain, and an interval holds all:
// chance, which averages out over customers; the error of the parameters, which all
// customers share; and which member of the blend is right.
//
// The expected values come from ScoreBlend, exactly. What is missing is the shape of
// the distribution around them. Given that a customer is alive, that shape
// depends on (x, t) only, and smoothly: so it is simulated once for each point
// of a fixed grid (cell), under parameters drawn from their own distribution,
// and read off in between. A customer's own distribution is then a mixture, for each
// member of the blend by its weight:
//
//	1 - P(alive)            has left: nothing,
//	P(alive) P(0)           alive, but buys nothing,
//	P(alive) (1 - P(0))     the shape, scaled to the customer's own mean.
//
// The grid, and the random numbers of each cell, depend on the members and the
// options alone. A customer gets the same bits alone, in a shard or in the
// whole, by any number of workers.
//
// An interval has equal tails: at level 0.9 the future lies below it with a chance of 5%
// and above it with a chance of 5%. The interval of a customer who will buy nothing with
// a chance of 5% or more begins at 0; with a chance of 95% or more it is [0, 0]. The
// expected value, a mean over a few large futures, can then lie above the interval.
//
// P(alive) is taken at the fitted parameters. Its own error changes a mixture in
// the second order only. The total includes it.
//
// A Predictive is safe for use by many goroutines. It keeps the cells that it
// has made, some ten kilobytes each, a few hundred for each member and a shop of
// some years.
//
// Sources: the mixture is the law of total probability; drawing parameters from
// their asymptotic normal distribution in logarithms follows King, Tomz and
// Wittenberg (2000), Making the Most of Statistical Analyses, American Journal of
// Political Science 44(2), https://doi.org/10.2307/2669316.
type Predictive struct {
	o           PredictiveOptions
	blend       *Blend
	forecasters []forecaster // of the blend's members
}

// forecaster is one member of a blend, with the error of its parameters and its cells.
type forecaster struct {
	model  *Model
	weight float64 // of the member
	spread paramSpread
	cells  *cellGrid
}

// lostTail is the weight of a discounted future that is not simulated: with horizon +Inf
// a future ends where a unit of money is worth a thousandth. Only the shape misses what
// comes later; the mean, from Score, does not. A shape that is read from enoughBuyers
// futures is off by some 1/√640 = 4% anyway.
const lostTail = 1e-3

// NewPredictive prepares intervals under a blend. The error wraps ErrParameter.
func NewPredictive(b *Blend, o PredictiveOptions) (*Predictive, error) {
	if o.Level == 0 {
		o.Level = DefaultLevel
	}
	if err := o.validate(); err != nil {
		return nil, fmt.Errorf("predictive: %w", err)
	}
	p := &Predictive{o: o, blend: b}
	for _, m := range b.members {
		spread := newParamSpread(m.Model, m.Covariance, o)
		p.forecasters = append(p.forecasters, forecaster{
			model: m.Model, weight: m.Weight, spread: spread, cells: newCellGrid(newCellMaker(m.Model, spread, o, b)),
		})
	}
	return p, nil
}

// reach is up to when futures are simulated, model units.
func (o PredictiveOptions) reach() float64 {
	if math.IsInf(o.Horizon, 1) {
		return min(-math.Log(lostTail)/o.Delta, MaxTime)
	}
	return o.Horizon
}

// ScoreOptions are those under which the scores should be made that Values and
// Total are given. Purchases needs no more than PAlive and CET.
func (p *Predictive) ScoreOptions() ScoreOptions { return p.o.score() }

// complete makes the scores of the members, unless they have all that values need.
func (p *Predictive) complete(panel Panel, s BlendScores) BlendScores {
	o := p.o.score()
	lacking := len(s.Members) != len(p.forecasters)
	for i := range s.Members {
		m := &s.Members[i]
		if o.Delta == 0 && m.DECT == nil {
			m.DECT = m.CET // nothing is discounted
		}
		lacking = lacking || m.PAlive == nil || m.CET == nil || m.DECT == nil || (m.AliveTime == nil && o.WithAliveTime)
	}
	if lacking {
		return ScoreBlend(p.blend, panel, o)
	}
	return s
}
