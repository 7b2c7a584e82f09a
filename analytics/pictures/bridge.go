package pictures

import (
	"errors"

	"clientele/analytics/bridge"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// equityBridge draws the walk from the customer equity of the night before to tonight's.
func (a *Album) equityBridge() (Picture, error) {
	if a.before == nil {
		return Picture{}, a.needs(EquityBridge, "before")
	}
	e, err := bridge.Of(a.night, a.before)
	if errors.Is(err, bridge.ErrNone) {
		return Picture{}, a.needs(EquityBridge, "model")
	}
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{a.label("cause"), a.column("amount"), a.column("customers")}}}
	rows := chart.Rows{Title: a.currency(), Broken: true}
	total := func(as string, value, low, high float64) {
		rows.Rows = append(rows.Rows, chart.Row{
			Name: as, Strong: true, Text: figures.Money(value), Bars: []chart.Span{{To: value, Hue: chart.Neutral}}, Low: ptr(low), High: ptr(high),
		})
	}
	before, after := a.before.Equity, a.night.Equity
	total(a.before.AsOf, before.Value.Float(), before.Low.Float(), before.High.Float())
	p.Table.add(texted(a.before.AsOf), amount(e.Before), counted(a.before.Customers))
	at := e.Before
	for _, l := range e.Lines {
		name := a.say.SayOf("pictures.cause", string(l.Cause))
		to := at.Plus(l.Amount)
		hue := chart.Up
		if l.Amount.Float() < 0 {
			hue = chart.Down
		}
		rows.Rows = append(rows.Rows, chart.Row{Name: name, Text: signedMoney(l.Amount.Float()), Bars: []chart.Span{{From: at.Float(), To: to.Float(), Hue: hue}}})
		who := Cell{"", nothing}
		if l.Cause != bridge.Time && l.Cause != bridge.Model {
			who = counted(l.Customers)
		}
		p.Table.add(named(string(l.Cause), name), amount(l.Amount), who)
		at = to
	}
	total(a.night.AsOf, after.Value.Float(), after.Low.Float(), after.High.Float())
	p.Table.add(texted(a.night.AsOf), amount(e.After), counted(a.night.Customers))
	p.Figure.Form = rows
	return p, nil
}

func signedMoney(v float64) string {
	if v > 0 {
		return "+" + figures.Money(v)
	}
	return figures.Money(v)
}
