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

// story is how the customers of one model's table live.
type story struct {
	simulated string             // a model of package simulate
	by        map[string]float64 // its parameters, times in weeks
	// params are those at which the table is scored: the truth, where the model
	// itself was simulated.
	params map[string]float64
	// daysPerUnit is the length of the table's unit of time.
	daysPerUnit float64
	row         func(days []int, end int) (x, tx, t float64)
}

// paretoNBD and its kin give customers five to ten purchases each over two
// years; most, but not all, have gone by the end.
var paretoNBD = map[string]float64{"r": 0.8, "alpha": 22 / daysPerWeek, "s": 0.7, "beta": 260 / daysPerWeek}

var betaGeometric = map[string]float64{"r": 0.8, "alpha": 22 / daysPerWeek, "a": 0.8, "b": 4}

// stories are by model. A model without a story is not measured: those of regular
// purchases need gaps, which these tables do not have, and ggompertz-nbd gives way to
// pareto-nbd on a small one.
var stories = map[string]story{
	"pareto-nbd": continuous("pareto-nbd", paretoNBD),
	"bg-nbd":     continuous("bg-nbd", betaGeometric),
	"mbg-nbd":    continuous("mbg-nbd", betaGeometric),
	"nbd":        continuous("nbd", map[string]float64{"r": 0.8, "alpha": 10}),
	gammaGamma:   continuous("pareto-nbd", paretoNBD),
	"bg-bb":      discrete(map[string]float64{"alpha": 1.2035, "beta": 0.7497, "gamma": 0.6567, "delta": 2.7834}, opportunities),
	"sbg":        discrete(map[string]float64{"alpha": 0.704, "beta": 1.182}, renewals),
}

// continuous is the story of a model that can be simulated, by calendar days.
func continuous(model string, params map[string]float64) story {
	return story{simulated: model, by: params, params: params, daysPerUnit: daysPerWeek, row: dayGrained}
}

// discrete is the story of a model of opportunities, told by Pareto/NBD
// customers. They are scored at params, which the papers have.
func discrete(params map[string]float64, row func(days []int, end int) (x, tx, t float64)) story {
	return story{simulated: "pareto-nbd", by: paretoNBD, params: params, daysPerUnit: daysPerOpportunity, row: row}
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

// storyOf looks a model's story up.
func storyOf(model string) (story, error) {
	s, found := stories[model]
	if !found {
		return s, fmt.Errorf("--models: no customers are known for %q; expected some of %v", model, slices.Sorted(maps.Keys(stories)))
	}
	return s, nil
}

// options are those of the simulation: two years, with newcomers to the end.
func (s story) options(customers int) simulate.Options {
	o := simulate.Defaults()
	o.Customers, o.AcquisitionDays = customers, 0
	o.Model, o.Unit, o.Params = s.simulated, simulate.Week, s.by
	return o
}
