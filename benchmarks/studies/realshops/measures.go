package main

import (
	"math"
	"slices"
)

// published are the runs that have a total.
func (s setResult) published() []run {
	return slices.DeleteFunc(slices.Clone(s.Runs), func(r run) bool { return r.Money.refused() })
}

// quarters are the runs that look a quarter ahead.
func (s setResult) quarters() []run {
	return slices.DeleteFunc(slices.Clone(s.Runs), func(r run) bool { return r.Days != quarter })
}

// over is the mean of a figure over runs.
func over(runs []run, of func(r run) float64) float64 {
	values := make([]float64, len(runs))
	for i, r := range runs {
		values[i] = of(r)
	}
	return mean(values)
}

// ofPublished is the mean over the runs that have a total.
func ofPublished(of func(t total) float64) func(s setResult) float64 {
	return func(s setResult) float64 {
		return over(s.published(), func(r run) float64 { return of(r.Money) })
	}
}

// areaBy is the area of a rule on the nights that have a model, so that all rules
// rank the same customers.
func areaBy(name string, of func(r returning) map[string]figure) func(s setResult) float64 {
	return func(s setResult) float64 {
		return over(s.quarters(), func(r run) float64 {
			areas := of(r.Return)
			if _, modelled := areas["p_next"]; !modelled {
				return math.NaN()
			}
			return float64(areas[name])
		})
	}
}

func ofAll(r returning) map[string]figure { return r.Area }

func ofRepeats(r returning) map[string]figure { return r.AreaRepeats }

func ofRuns(of func(r run) figure) func(s setResult) float64 {
	return func(s setResult) float64 {
		return over(s.Runs, func(r run) float64 { return float64(of(r)) })
	}
}

func ofQuarters(of func(r run) figure) func(s setResult) float64 {
	return func(s setResult) float64 {
		return over(s.quarters(), func(r run) float64 { return float64(of(r)) })
	}
}

var totals = []measure{
	{"runs", "%.0f", func(s setResult) float64 { return float64(len(s.Runs)) }, true},
	{"refused", "%.0f", func(s setResult) float64 { return float64(len(s.Runs) - len(s.published())) }, true},
	{"inside its 90% interval", "%.2f", ofPublished(func(t total) float64 {
		if t.inside() {
			return 1
		}
		return 0
	}), false},
	{"mean abs ln error", "%.3f", ofPublished(func(t total) float64 { return math.Abs(t.miss()) }), false},
	{"bias", "%+.1f%%", ofPublished(func(t total) float64 { return 100 * math.Expm1(t.miss()) }), false},
	{"half-width", "%.3f", ofPublished(total.halfWidth), false},
	{"interval score", "%.2f", ofPublished(total.score), false},
}

// apart is ln(expected/actual) of purchases.
func apart(r run) float64 { return math.Log(float64(r.Purchases.Expected / r.Purchases.Actual)) }

var counts = []measure{
	{"log score", "%.4f", ofRuns(func(r run) figure { return r.Purchases.LogScore }), false},
	{"mean abs ln error of all", "%.3f", ofRuns(func(r run) figure { return figure(math.Abs(apart(r))) }), false},
	{"bias of all", "%+.1f%%", ofRuns(func(r run) figure { return figure(100 * math.Expm1(apart(r))) }), false},
	{"abs errors over purchases", "%.3f", ofRuns(func(r run) figure { return r.Purchases.Error / r.Purchases.Actual }), false},
}

var customers = []measure{
	{"inside", "%.3f", ofRuns(func(r run) figure { return r.Intervals.Inside }), false},
	{"below", "%.3f", ofRuns(func(r run) figure { return r.Intervals.Below }), false},
	{"above", "%.3f", ofRuns(func(r run) figure { return r.Intervals.Above }), false},
	{"`future_low` > 0", "%.3f", ofRuns(func(r run) figure { return r.Intervals.Promised }), false},
	{"`future_high` = 0", "%.3f", ofRuns(func(r run) figure { return r.Intervals.Nothing }), false},
}

var returns = []measure{
	{"calibration error, all nights", "%.4f", func(s setResult) float64 {
		var all [10]tenth
		for _, r := range s.quarters() {
			for i := range all {
				all[i].merge(r.Return.Tenths[i])
			}
		}
		return gap(all)
	}, false},
	{"of single nights", "%.4f", ofQuarters(func(r run) figure { return r.Return.Calibration }), false},
	{"log loss", "%.4f", ofQuarters(func(r run) figure { return r.Return.LogLoss }), false},
	{"area by p_next", "%.4f", areaBy("p_next", ofAll), false},
	{"by the best rule", "%.4f", func(s setResult) float64 { return s.best().value }, false},
	{"p_next apart from model.json", "%.1g", ofQuarters(func(r run) figure { return r.Return.Apart }), false},
}

// ruled is a rule and its area.
type ruled struct {
	name  string
	value float64
}

// simple are the rules that need no model.
var simple = []string{"days silent", "purchases", "own rate", "of the last 91 days", "of the last 182 days"}

// best is the rule without a model that ranks best over a set's quarters.
func (s setResult) best() ruled {
	best := ruled{value: math.NaN()}
	for _, name := range simple {
		v := areaBy(name, ofAll)(s)
		if math.IsNaN(best.value) || v > best.value {
			best = ruled{name, v}
		}
	}
	return best
}

var steadiness = []measure{
	{"mean abs change of p_alive", "%.4f", func(s setResult) float64 { return s.Still.Alive.mean() }, false},
	{"of p_next", "%.4f", func(s setResult) float64 { return s.Still.Next.mean() }, false},
	{"rank correlation of spend", "%.3f", ofRuns(func(r run) figure { return r.SpendRank }), false},
	{"in decline on any of 26 Sundays", "%.3f", func(s setResult) float64 {
		return float64(s.Flutter.Called) / float64(s.Flutter.Customers)
	}, false},
	{"of them out again without a purchase", "%.3f", func(s setResult) float64 {
		return float64(s.Flutter.Left) / float64(s.Flutter.Called)
	}, false},
}

var risks = []measure{
	{"customers", "%.0f", func(s setResult) float64 {
		return over(s.Runs, func(r run) float64 { return float64(r.AtRisk.Customers) })
	}, false},
	{"expected, of the former pace", "%.2f", ofRuns(func(r run) figure { return r.AtRisk.share(r.AtRisk.Expected) }), false},
	{"spent, of the former pace", "%.2f", ofRuns(func(r run) figure { return r.AtRisk.share(r.AtRisk.Actual) }), false},
}
