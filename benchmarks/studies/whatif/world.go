package main

import (
	"math"

	"clientele/simulate"
)

// world is a truth: a law and its parameters, in days.
type world struct {
	name, model string
	params      map[string]float64
	// lost is the chance that a purchase is the last, where a coin decides; else customers leave
	// at a rate of their own.
	coin bool
}

// worlds are those of the study. In the first customers leave by the clock, in the others by a
// coin after each purchase.
var worlds = []world{
	{"clock", "pareto-nbd", map[string]float64{"r": 0.9, "alpha": 40, "s": 0.8, "beta": 400}, false},
	{"coin", "bg-nbd", map[string]float64{"r": 0.9, "alpha": 40, "a": 0.8, "b": 5}, true},
	{"coin at once", "mbg-nbd", map[string]float64{"r": 0.9, "alpha": 40, "a": 0.8, "b": 6}, true},
}

// change is one that is made after the night.
type change struct {
	name      string
	retention float64 // relative, of a year's; 0: none
	frequency float64 // likewise
}

// changes are those of the study; the first is none, for comparison.
var changes = []change{
	{name: "none"},
	{name: "retention +5%", retention: 0.05},
	{name: "retention -10%", retention: -0.10},
	{name: "frequency +20%", frequency: 0.20},
	{name: "retention +5%, frequency +20%", retention: 0.05, frequency: 0.20},
}

// The rest of the truth.
const (
	margin  = 0.4
	rate    = 0.10 // discount a year
	horizon = 730  // days
	year    = 365.25
	window  = 28 // days in which purchases are counted, now and a year on
)

// delta is the discount per day.
var delta = math.Log1p(rate) / year

// options are those of a shop's history, which ends the day before the night.
func (w world) options(o options, seed uint64) simulate.Options {
	s := simulate.Defaults()
	s.Customers, s.Seed = o.customers, seed
	s.Model, s.Params = w.model, w.params
	s.End = night.AddDate(0, 0, -1)
	s.Start = s.End.AddDate(-2, 0, 1)
	s.AcquisitionDays = 0
	return s
}
