package main

import (
	"cmp"
	"math"

	"clientele/benchmarks/studies/published"
	"clientele/clv"
)

// paces are what each customer bought in a quarter until the last purchase. They
// are this program's own, the same for whatever is judged by them.
type paces struct {
	own      []float64 // x/t_x; NaN of those who never came back
	former   []float64 // drawn towards the shop's
	momentum []float64 // published; else expected purchases over former
}

// paces draws the rate until the last purchase towards the shop's, as the rate of a
// customer who is alive by Pareto/NBD: (r + x)/(alpha + t_x).
//
// Source: Schmittlein, Morrison and Colombo (1987), Management Science 33(1).
func (f future) paces() paces {
	n := len(f.bought)
	p := paces{make([]float64, n), make([]float64, n), make([]float64, n)}
	r, alpha := math.NaN(), math.NaN()
	if fit, err := clv.FitModel("pareto-nbd", published.PanelOf(f.night.Customers), 1); fit.Model != nil || err == nil {
		for _, param := range fit.Model.Params() {
			switch param.Name {
			case "r":
				r = param.Value
			case "alpha":
				alpha = param.Value
			}
		}
	}
	for i, c := range f.night.Customers {
		p.own[i] = quarter / f.night.Model.Unit * c.X / c.TX
		p.former[i] = quarter / f.night.Model.Unit * (r + c.X) / (alpha + c.TX)
		p.momentum[i] = c.Momentum
		if math.IsNaN(c.Momentum) {
			p.momentum[i] = c.Expected / p.former[i]
		}
	}
	return p
}

// list is what became of those whom a rule calls in decline. Right is who bought
// less than half the own pace; it is counted of those who should have bought twice
// or more at it, since of others a quarter tells nothing.
type list struct {
	Called    int    `json:"called"`  // of all who had come back
	Bought    figure `json:"bought"`  // by those, in the quarter
	Pace      figure `json:"pace"`    // of those, for a quarter, drawn towards the shop's
	WentOn    int    `json:"went_on"` // of those: bought, and half that pace or more
	Known     int    `json:"known"`   // called, and should have bought twice or more
	Right     int    `json:"right"`   // of them
	Fell      int    `json:"fell"`    // right, whether called or not
	Customers int    `json:"customers"`
	Repeats   int    `json:"repeats"`
}

func (l list) precision() float64 { return float64(l.Right) / float64(l.Known) }

func (l list) recall() float64 { return float64(l.Right) / float64(l.Fell) }

func (l *list) merge(o list) {
	l.Called += o.Called
	l.Bought += o.Bought
	l.Pace += o.Pace
	l.WentOn += o.WentOn
	l.Known += o.Known
	l.Right += o.Right
	l.Fell += o.Fell
	l.Customers += o.Customers
	l.Repeats += o.Repeats
}

// caller is a rule that calls customers who came back.
type caller struct {
	name  string
	calls func(c published.Customer, momentum float64) bool
}

var callers = []caller{
	{"decline", func(c published.Customer, _ float64) bool { return c.Stage == "decline" }},
	{"decline or watch", func(c published.Customer, _ float64) bool { return c.Stage == "decline" || c.Decline == "watch" }},
	{"momentum < .3", func(_ published.Customer, momentum float64) bool { return momentum < .3 }},
	{"momentum < .5", func(_ published.Customer, momentum float64) bool { return momentum < .5 }},
	{"silent > 3 gaps", func(c published.Customer, _ float64) bool { return c.T-c.TX > 3*c.TX/c.X }},
}

func (f future) lists(p paces) map[string]list {
	out := map[string]list{}
	for _, rule := range callers {
		var l list
		for i, c := range f.night.Customers {
			if repeat(c) {
				l.add(rule.calls(c, p.momentum[i]), f.bought[i], p.own[i], p.former[i])
			}
		}
		l.Customers = len(f.night.Customers)
		out[rule.name] = l
	}
	return out
}

// add counts one customer who had come back.
func (l *list) add(called bool, bought, own, former float64) {
	const enough = 2 // purchases
	l.Repeats++
	fell := bought < own/2
	if own >= enough && fell {
		l.Fell++
	}
	if !called {
		return
	}
	l.Called++
	l.Bought += figure(bought)
	l.Pace += figure(former)
	if bought > 0 && bought >= former/2 {
		l.WentOn++
	}
	if own >= enough {
		l.Known++
		if fell {
			l.Right++
		}
	}
}

// paceEdges part customers by momentum.
var paceEdges = [...]float64{.1, .3, .5, .8, 1.2}

const paceBins = len(paceEdges) + 1

// paced compares momentum with what customers who had come back went on at.
type paced struct {
	Customers int    `json:"n"`
	Pace      figure `json:"pace"`     // former: by the publication if it has momentum
	Expected  figure `json:"expected"` // momentum times pace
	Bought    figure `json:"bought"`
}

func (f future) paceBins(p paces) (bins [paceBins]paced) {
	for i, c := range f.night.Customers {
		momentum, pace := p.momentum[i], p.former[i]
		if !repeat(c) || math.IsNaN(momentum) {
			continue
		}
		if !math.IsNaN(c.Momentum) && momentum > 0 {
			pace = c.Expected / momentum
		}
		at := 0
		for at < len(paceEdges) && momentum >= paceEdges[at] {
			at++
		}
		bins[at].merge(paced{1, figure(pace), figure(momentum * pace), figure(f.bought[i])})
	}
	return bins
}

func (b *paced) merge(o paced) {
	b.Customers += o.Customers
	b.Pace += o.Pace
	b.Expected += o.Expected
	b.Bought += o.Bought
}

// stage is what became of the customers of a stage and kind of decline, as they
// were published.
type stage struct {
	Customers int    `json:"n"`
	Came      int    `json:"came"` // bought in the quarter
	Bought    figure `json:"bought"`
	Expected  figure `json:"expected"`
}

func (f future) stages() map[string]stage {
	out := map[string]stage{}
	for i, c := range f.night.Customers {
		name := c.Stage
		if kind := cmp.Or(c.Decline, "none"); kind != "none" {
			name += ", " + kind
		}
		s := out[name]
		s.Customers++
		s.Bought += figure(f.bought[i])
		s.Expected += figure(c.Expected)
		if f.bought[i] > 0 {
			s.Came++
		}
		out[name] = s
	}
	return out
}
