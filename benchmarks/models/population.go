package main

import (
	"fmt"
	"maps"
	"slices"

	"clientele/simulate"
)

// The panels are in weeks, but for the models of opportunities: there a unit is
// a month of 30 days since the first purchase.
const (
	daysPerWeek        = 7.
	daysPerOpportunity = 30.
	daysPerYear        = 365.25
)

// population is how the customers of one model's table buy and leave.
type population struct {
	simulated string             // a model of package simulate
	by        map[string]float64 // its parameters, times in weeks
	// params are those at which the table is scored: the truth, where the model
	// itself was simulated.
	params map[string]float64
	// daysPerUnit is the length of the table's unit of time.
	daysPerUnit float64
	row         func(days []int, end int) (x, tx, t float64)
}

// paretoNBD are the parameters of the simulation's default, in weeks: customers make five
// to ten purchases each over two years; most, but not all, have gone by the end.
// betaGeometric has the same rates of purchase.
var (
	paretoNBD     = inWeeks(simulate.Defaults().Params)
	betaGeometric = map[string]float64{"r": paretoNBD["r"], "alpha": paretoNBD["alpha"], "a": 0.8, "b": 4}
)

// inWeeks turns parameters of times in days, alpha and beta of pareto-nbd, into those of
// times in weeks.
func inWeeks(params map[string]float64) map[string]float64 {
	weeks := maps.Clone(params)
	for _, name := range []string{"alpha", "beta"} {
		weeks[name] /= daysPerWeek
	}
	return weeks
}

// populations are by model. A model without one is not measured: those of regular
// purchases need gaps, which these tables do not have, and ggompertz-nbd gives way to
// pareto-nbd on a small one.
var populations = map[string]population{
	"pareto-nbd": continuous("pareto-nbd", paretoNBD),
	"bg-nbd":     continuous("bg-nbd", betaGeometric),
	"mbg-nbd":    continuous("mbg-nbd", betaGeometric),
	"nbd":        continuous("nbd", map[string]float64{"r": 0.8, "alpha": 10}),
	gammaGamma:   continuous("pareto-nbd", paretoNBD),
	"bg-bb":      discrete(map[string]float64{"alpha": 1.2035, "beta": 0.7497, "gamma": 0.6567, "delta": 2.7834}, opportunities),
	"sbg":        discrete(map[string]float64{"alpha": 0.704, "beta": 1.182}, renewals),
}

// continuous is the population of a model that can be simulated, by calendar days.
func continuous(model string, params map[string]float64) population {
	return population{simulated: model, by: params, params: params, daysPerUnit: daysPerWeek, row: dayGrained}
}

// discrete is the population of a model of opportunities: customers of Pareto/NBD, whose
// purchases are counted by month. They are scored at params, which the papers have.
func discrete(params map[string]float64, row func(days []int, end int) (x, tx, t float64)) population {
	return population{simulated: "pareto-nbd", by: paretoNBD, params: params, daysPerUnit: daysPerOpportunity, row: row}
}

// dayGrained counts repeat purchase days, in weeks.
func dayGrained(days []int, end int) (x, tx, t float64) {
	first, last := days[0], days[len(days)-1]
	return float64(len(days) - 1), float64(last-first) / daysPerWeek, float64(end-first) / daysPerWeek
}

// opportunities counts the months with a purchase, the last such month and all
// months; the last one, which is not over, does not count.
func opportunities(days []int, end int) (x, tx, t float64) {
	const month = int(daysPerOpportunity)
	all := (end - days[0]) / month
	for _, day := range days[1:] {
		// Month 1 begins the day after the first purchase.
		if k := float64((day - days[0] + month - 1) / month); k > tx && k <= float64(all) {
			x, tx = x+1, k
		}
	}
	return x, tx, float64(all)
}

// renewals takes customers for subscribers, who renew each month until the last
// in which they bought something.
func renewals(days []int, end int) (x, tx, t float64) {
	_, last, all := opportunities(days, end)
	return last, last, all
}

// populationOf looks a model's population up.
func populationOf(model string) (population, error) {
	s, found := populations[model]
	if !found {
		return s, fmt.Errorf("--models: no customers are known for %q; expected some of %v", model, slices.Sorted(maps.Keys(populations)))
	}
	return s, nil
}

// options are those of the simulation: two years, with newcomers to the end.
func (s population) options(customers int) simulate.Options {
	o := simulate.Defaults()
	o.Customers, o.AcquisitionDays = customers, 0
	o.Model, o.Unit, o.Params = s.simulated, simulate.Week, s.by
	return o
}
