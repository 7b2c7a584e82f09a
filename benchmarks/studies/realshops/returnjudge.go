package main

import (
	"math"

	"clientele/benchmarks/studies/published"
)

// returning is how well it was known who would buy at all.
type returning struct {
	Calibration figure `json:"calibration"`
	LogLoss     figure `json:"log_loss"`
	// Area is that under the ROC curve of "any purchase", by what customers are
	// ranked by: of all, and of those who had come back.
	Area        map[string]figure `json:"area"`
	AreaRepeats map[string]figure `json:"area_repeats"`
	// Apart is the largest difference of p_next and the chance by model.json.
	Apart figure `json:"apart"`
	// Tenths are customers by their chance, below .1, below .2 and so on: one night
	// has too few to tell a gap of .01 from chance, all nights of a set have more.
	Tenths [10]tenth `json:"tenths"`
}

// tenth is what came of customers of about one chance.
type tenth struct {
	Customers int    `json:"n"`
	Stated    figure `json:"stated"` // sum of chances
	Came      int    `json:"came"`
}

func (t *tenth) merge(o tenth) {
	t.Customers += o.Customers
	t.Stated += o.Stated
	t.Came += o.Came
}

// tenths counts customers by their chance.
func tenths(chance []float64, outcome []bool) (of [10]tenth) {
	for i, p := range chance {
		one := tenth{1, figure(p), 0}
		if outcome[i] {
			one.Came = 1
		}
		of[min(int(p*10), 9)].merge(one)
	}
	return of
}

// gap is the mean difference between stated chances and what came.
func gap(of [10]tenth) float64 {
	gaps, n := 0., 0
	for _, t := range of {
		gaps += math.Abs(float64(t.Stated) - float64(t.Came))
		n += t.Customers
	}
	return gaps / float64(n)
}

// ranking is a rule that ranks customers, the likeliest to buy highest.
type ranking struct {
	name    string
	repeats bool // of those who came back only
	of      func(v visits, n published.Night, c published.Customer) float64
}

// rankings are what p_next must beat. NaN: not in this publication.
var rankings = []ranking{
	{"p_alive", false, func(_ visits, _ published.Night, c published.Customer) float64 { return c.PAlive }},
	{"expected purchases", false, func(_ visits, _ published.Night, c published.Customer) float64 { return c.Expected }},
	{"momentum", false, func(_ visits, _ published.Night, c published.Customer) float64 { return c.Momentum }},
	{"days silent", false, func(_ visits, n published.Night, c published.Customer) float64 { return -float64(n.Day - c.LastDay) }},
	{"purchases", false, func(_ visits, _ published.Night, c published.Customer) float64 { return c.X }},
	{"own rate", false, func(_ visits, _ published.Night, c published.Customer) float64 { return c.X / max(c.T, 1) }},
	{"of the last 91 days", false, lately(91)},
	{"of the last 182 days", false, lately(182)},
	{"silence over own gap", true, func(_ visits, _ published.Night, c published.Customer) float64 { return -(c.T - c.TX) / (c.TX / c.X) }},
	{"decline_p", true, func(_ visits, _ published.Night, c published.Customer) float64 { return c.DeclineP }},
}

// lately counts purchases of the last days.
func lately(days int32) func(v visits, n published.Night, c published.Customer) float64 {
	return func(v visits, n published.Night, c published.Customer) float64 {
		purchases, _ := v.between(c.ID, n.Day-days, n.Day)
		return purchases
	}
}

// next is the published chance of any purchase, and without one the model's.
func (f future) next() []float64 {
	if f.days == quarter && f.any != nil && !math.IsNaN(f.night.Customers[0].PNext) {
		return f.column(func(c published.Customer) float64 { return c.PNext })
	}
	return f.any
}

func (v visits) returning(f future) returning {
	none := figure(math.NaN())
	r := returning{Calibration: none, LogLoss: none, Apart: none, Area: map[string]figure{}, AreaRepeats: map[string]figure{}}
	came := make([]bool, len(f.bought))
	for i, n := range f.bought {
		came[i] = n > 0
	}
	next := f.next()
	if next != nil {
		r.Calibration, r.LogLoss = figure(calibration(next, came)), figure(logLoss(next, came))
		r.Tenths = tenths(next, came)
		r.addArea("p_next", f, next, came, false)
		r.Apart = 0
		for i := range next {
			r.Apart = max(r.Apart, figure(math.Abs(next[i]-f.any[i])))
		}
	}
	for _, rule := range rankings {
		score := f.column(func(c published.Customer) float64 { return rule.of(v, f.night, c) })
		r.addArea(rule.name, f, score, came, rule.repeats)
	}
	return r
}

// addArea adds the areas of a score; one that is not given to all has none among
// all.
func (r returning) addArea(name string, f future, score []float64, came []bool, repeatsOnly bool) {
	if r.Area[name] = figure(math.NaN()); !repeatsOnly {
		r.Area[name] = figure(area(score, came))
	}
	var of []float64
	var who []bool
	for i, c := range f.night.Customers {
		if repeat(c) {
			of, who = append(of, score[i]), append(who, came[i])
		}
	}
	r.AreaRepeats[name] = figure(area(of, who))
}
