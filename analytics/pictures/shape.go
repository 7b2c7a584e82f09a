package pictures

import (
	"math"

	"clientele/analytics/publication"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// repeatFrequency draws how many customers came back how often.
func (a *Album) repeatFrequency() (Picture, error) {
	e, err := a.evidenceOf(RepeatFrequency)
	if err != nil {
		return Picture{}, err
	}
	if len(e.Repeats) == 0 {
		return Picture{}, a.needs(RepeatFrequency, "evidence")
	}
	p := Picture{Table: Table{Columns: []Column{a.label("repeats"), a.column("customers"), a.column("expected_customers")}}}
	var pairs []pair
	known := true
	for i, r := range e.Repeats {
		name := orMore(r.Repeats, i == len(e.Repeats)-1)
		known = known && !math.IsNaN(float64(r.Expected))
		pairs = append(pairs, pair{name, float64(r.Expected), float64(r.Customers)})
		p.Table.add(texted(name), counted(r.Customers), number(float64(r.Expected), 1))
	}
	form := a.beside(pairs, a.say.Say("pictures.axis.repeats"), a.say.Say("pictures.axis.customers"))
	if !known {
		form.Bars = form.Bars[:1]
	}
	p.Figure.Form = form
	return p, nil
}

// gaps draws the days between purchases.
func (a *Album) gaps() (Picture, error) {
	e, err := a.evidenceOf(Gaps)
	if err != nil {
		return Picture{}, err
	}
	if e.Gaps == nil {
		return Picture{}, a.needs(Gaps, "nobody_back")
	}
	return a.histogram(e.Gaps, a.say.Say("pictures.axis.gap_days"), a.say.Say("pictures.axis.gaps")), nil
}

// spendDensity draws what customers spend on a purchase, and what the model of it expects.
func (a *Album) spendDensity() (Picture, error) {
	e, err := a.evidenceOf(SpendDensity)
	if err != nil {
		return Picture{}, err
	}
	if e.Spend == nil {
		return Picture{}, a.needs(SpendDensity, "nobody_back")
	}
	return a.histogram(e.Spend, a.say.Say("pictures.axis.spend_per_purchase", "currency", a.currency()), a.say.Say("pictures.axis.customers")), nil
}

// histogram draws bins, each by where it begins, and what a model expects of them.
func (a *Album) histogram(h *publication.Histogram, x, y string) Picture {
	p := Picture{Table: Table{Columns: []Column{a.column("from"), a.column("to"), a.column("count"), a.column("expected")}}}
	bars := chart.Bars{Name: a.say.Say("pictures.legend.happened"), Hue: chart.Hue1}
	line := chart.Line{Name: a.say.Say("pictures.legend.model"), Hue: chart.Hue2}
	axis := chart.Axis{Scale: chart.Names, Title: x}
	for i, b := range h.Bins {
		to, name := Cell{Text: nothing}, shortest(b.From)
		if b.To != nil {
			to = Cell{shortest(*b.To), shortest(*b.To)}
		} else if i == len(h.Bins)-1 {
			name += "+"
		}
		p.Table.add(Cell{shortest(b.From), shortest(b.From)}, to, counted(b.Count), number(float64(b.Expected), 1))
		axis.Names = append(axis.Names, name)
		bars.Points = append(bars.Points, chart.Point{X: float64(i), Y: float64(b.Count)})
		if v := float64(b.Expected); !math.IsNaN(v) {
			line.Points = append(line.Points, chart.Point{X: float64(i), Y: v})
		}
	}
	form := chart.XY{X: axis, Y: chart.Axis{Title: y, Zero: true}, Bars: []chart.Bars{bars}}
	if len(line.Points) > 0 {
		form.Lines = []chart.Line{line}
	} else {
		form.Bars[0].Name = ""
	}
	if at, inside := placeIn(h.Bins, h.Median); inside {
		form.Rules = []chart.Rule{{X: &at, Name: a.say.Say("pictures.rule.median", "median", figures.Rounded(h.Median, 0))}}
	}
	p.Figure.Form = form
	return p
}

// placeIn is where a value lies on an axis whose places are bins.
func placeIn(bins []publication.Bin, v float64) (at float64, inside bool) {
	for i, b := range bins {
		if b.To != nil && v >= b.From && v < *b.To {
			return float64(i) - 0.5 + (v-b.From)/(*b.To-b.From), true
		}
	}
	return 0, false
}
