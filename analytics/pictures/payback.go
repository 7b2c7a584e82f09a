package pictures

import (
	"math"

	"clientele/analytics/publication"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// paybackMonths is how many months of first purchases the picture of payback has: two years
// are what fits on a page, and older ones have paid back or will not.
const paybackMonths = 24

// payback draws what the customers of each month have brought and are expected to bring,
// beside what winning them cost.
func (a *Album) payback() (Picture, error) {
	all, err := a.night.ReadWonMonths()
	if absent(err) {
		return Picture{}, a.needs(Payback, "clv")
	}
	if err != nil {
		return Picture{}, err
	}
	months := publication.NewestWon(all, paybackMonths)
	if len(months) == 0 {
		return Picture{}, a.needs(Payback, "acquisition")
	}
	p := Picture{Table: Table{Columns: []Column{
		a.label("month"), a.column("customers"), a.column("acquisition"), a.column("margin"), a.column("future_value"), a.label("payback"), a.label("payback_month"),
	}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.payback", "currency", a.currency()), Legend: []chart.Key{
		{Name: a.say.Say("pictures.legend.margin"), Hue: chart.Hue1}, {Name: a.say.Say("pictures.legend.margin_expected"), Hue: chart.Hue2},
	}}
	for _, m := range months {
		rows.Rows = append(rows.Rows, paybackRow(m))
		p.Table.add(texted(m.Month), counted(m.Customers), amount(m.Cost), amount(m.Margin), amount(m.Future), a.paybackCell(m.Payback), texted(m.PaidBack))
	}
	p.Figure.Form = rows
	return p, nil
}

func paybackRow(m publication.WonMonth) chart.Row {
	so, cost := m.Margin.Float(), m.Cost.Float()
	ahead := m.Margin.Plus(m.Future).Float()
	row := chart.Row{Name: m.Month, Marker: &cost, Text: m.PaidBack, Bars: []chart.Span{{To: so, Hue: chart.Hue1, Text: m.Month + ": " + figures.Money(so)}}}
	if ahead > so && so >= 0 {
		row.Bars = append(row.Bars, chart.Span{From: so, To: ahead, Hue: chart.Hue2, Text: m.Month + ": " + figures.Money(ahead)})
	}
	if !math.IsNaN(m.Low) && m.Payback != "seen" {
		row.Low, row.High = new(so+m.Low), new(so+m.High)
	}
	return row
}

// paybackCell is how a cohort pays back, as people call it.
func (a *Album) paybackCell(name string) Cell {
	if name == "" {
		return Cell{"", nothing}
	}
	return named(name, a.say.SayOf("asset.payback", name))
}
