package pictures

import (
	"math"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/chart"
)

// curvePoints is how many points the curve of value has: it is drawn on some hundred
// pixels.
const curvePoints = 200

// valueCurve draws the share of all value that the best customers have together.
func (a *Album) valueCurve() (Picture, error) {
	c := a.night.Concentration
	if c == nil || c.Customers == 0 {
		return Picture{}, a.needs(ValueCurve, "pyramid")
	}
	if err := a.states(); err != nil {
		return Picture{}, err
	}
	cumulative := bestFirst(a.valuesOf(c.Value))
	n, total := len(cumulative), cumulative[len(cumulative)-1]
	p := Picture{Table: Table{Columns: []Column{a.column("customers"), a.column("share_of_customers"), a.column("share_of_value")}}}
	line := chart.Line{Hue: chart.Hue1, Points: []chart.Point{{X: 0, Y: 0}}}
	for i := 1; i <= min(n, curvePoints); i++ {
		k := i * n / min(n, curvePoints)
		of := 0.
		if total > 0 {
			of = cumulative[k-1] / total
		}
		line.Points = append(line.Points, chart.Point{X: float64(k) / float64(n), Y: of})
		p.Table.add(counted(k), share(float64(k)/float64(n)), share(of))
	}
	marks := chart.Points{Name: a.say.Say("pictures.curve.marks"), Hue: chart.Hue2, Points: []chart.Point{{X: 0.01, Y: c.Top1}, {X: 0.05, Y: c.Top5}, {X: 0.2, Y: c.Top20}}}
	p.Figure.Form = chart.XY{
		X:     chart.Axis{Title: a.say.Say("pictures.axis.best_customers"), Label: percentLabel, Max: 1},
		Y:     chart.Axis{Title: a.say.SayOf("pictures.axis.share_of", c.Value), Label: percentLabel, Max: max(1, line.Points[len(line.Points)-1].Y)},
		Lines: []chart.Line{line}, Points: []chart.Points{marks}, Rules: []chart.Rule{{Diagonal: true}}, Square: true,
	}
	return p, nil
}

// valuesOf are the values that the pyramid ranks customers by. Below 0 they count as
// nothing, as they do in run.json.
func (a *Album) valuesOf(value string) []float64 {
	all := make([]float64, a.now.Len())
	for i := range all {
		v := 0.
		switch value {
		case "net":
			v = a.now.Amounts(column.Net)[i].Float()
		case "future_value":
			v = a.now.Numbers(column.FutureValue)[i]
		case "past_value":
			v = a.now.Numbers(column.CLV)[i] - a.now.Numbers(column.FutureValue)[i]
		default:
			v = a.now.Numbers(column.CLV)[i]
		}
		if v > 0 { // and a number
			all[i] = v
		}
	}
	return all
}

// bestFirst are the sums of the best, the best two, the best three, ...
func bestFirst(values []float64) []float64 {
	slices.Sort(values)
	slices.Reverse(values)
	sum := 0.
	for i, v := range values {
		sum += v
		values[i] = sum
	}
	return values
}

// pyramid draws the share of value that each level has, beside its share of customers.
func (a *Album) pyramid() (Picture, error) {
	levels := a.groups("pyramid")
	if len(levels) == 0 {
		return Picture{}, a.needs(Pyramid, "pyramid")
	}
	p := Picture{Table: Table{Columns: []Column{a.label("level"), a.column("customers"), a.column("share"), a.column("past_value"), a.column("future_value"), a.column("share_of_value")}}}
	total := 0.
	for _, g := range levels {
		total += g.PastValue.Plus(g.FutureValue).Float()
	}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.share_of_all"), Label: percentLabel, Legend: []chart.Key{
		{Name: a.say.Say("pictures.legend.customers"), Hue: chart.Neutral}, {Name: a.say.Say("pictures.legend.value"), Hue: chart.Hue1},
	}}
	for _, g := range levels {
		of := math.NaN()
		if total > 0 {
			of = g.PastValue.Plus(g.FutureValue).Float() / total
		}
		p.Table.add(named(g.Name, g.Label), counted(g.Customers), share(g.Share), amount(g.PastValue), amount(g.FutureValue), share(of))
		rows.Rows = append(rows.Rows, chart.Row{Name: g.Label, Text: share(g.Share).Text, Bars: []chart.Span{{To: g.Share, Hue: chart.Neutral}}})
		if !math.IsNaN(of) {
			rows.Rows = append(rows.Rows, chart.Row{Joined: true, Text: share(of).Text, Bars: []chart.Span{{To: of, Hue: chart.Hue1, Text: g.Label + ": " + share(of).Text}}})
		}
	}
	p.Figure.Form = rows
	return p, nil
}
