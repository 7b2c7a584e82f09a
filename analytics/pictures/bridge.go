package pictures

import (
	"clientele/analytics/asset/equity"
	"clientele/internal/chart"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// equityBridge draws what moved customer equity since the night before.
func (a *Album) equityBridge() (Picture, error) {
	if err := a.follows(EquityBridge); err != nil {
		return Picture{}, err
	}
	if a.night.Equity == nil {
		return Picture{}, a.needs(EquityBridge, "model")
	}
	if a.before.Equity == nil {
		return Picture{}, a.needs(EquityBridge, "model_before")
	}
	ledger, err := equity.Of(a.before, a.night)
	if err != nil {
		return Picture{}, err
	}
	lines := ledger.Total()
	opening, closing := lines[equity.Opening], lines[equity.Closing]
	var moves []equity.Line
	amounts := []money.Amount{opening}
	for _, line := range equity.All {
		if line.Movement() && lines[line] != (money.Amount{}) {
			moves, amounts = append(moves, line), append(amounts, lines[line])
		}
	}
	shown := money.Shown(amounts) // as `diff` prints them: to the cent they add up
	b := bridge{album: a, at: opening, format: figures.FormatOf(opening.Float(), closing.Float())}
	b.table.Columns = []Column{a.label("line"), a.column("amount")}
	b.total(a.say.Say("pictures.equity.on", "day", a.before.AsOf), equity.Opening.String(), opening)
	for i, line := range moves {
		b.step(line.String(), line.In(a.say), lines[line], shown[i+1])
	}
	b.total(a.say.Say("pictures.equity.on", "day", a.night.AsOf), equity.Closing.String(), closing)
	last := &b.rows[len(b.rows)-1]
	last.Low, last.High = new(a.night.Equity.Low.Float()), new(a.night.Equity.High.Float())
	return Picture{Table: b.table, Figure: chart.Figure{Form: chart.Rows{
		Rows: b.rows, Title: a.currency(), Broken: b.broken(closing), Legend: []chart.Key{
			{Name: a.say.Say("pictures.legend.more"), Hue: chart.Up}, {Name: a.say.Say("pictures.legend.less"), Hue: chart.Down},
		},
	}}}, nil
}

// bridge is a row of bars of which each begins where the one before ended.
type bridge struct {
	album  *Album
	rows   []chart.Row
	table  Table
	at     money.Amount
	format figures.MoneyFormat
}

// total adds the whole, at one end.
func (b *bridge) total(name, line string, value money.Amount) {
	b.table.add(named(line, name), amount(value))
	b.rows = append(b.rows, chart.Row{Name: name, Strong: true, Text: b.format.Money(value.Float()), Bars: []chart.Span{{To: value.Float(), Hue: chart.Neutral}}})
}

// step adds what one cause came to, and what is shown of it.
func (b *bridge) step(line, name string, by money.Amount, shown float64) {
	to, hue, sign := b.at.Plus(by), chart.Up, "+"
	if by.Float() < 0 {
		hue, sign = chart.Down, ""
	}
	b.table.add(named(line, name), amount(by))
	b.rows = append(b.rows, chart.Row{
		Name: name, Text: sign + b.format.Money(shown), Bars: []chart.Span{{From: b.at.Float(), To: to.Float(), Hue: hue}},
	})
	b.at = to
}

// broken tells that all steps are small beside the whole, so that they can be seen only
// where what lies below them is left out.
func (b *bridge) broken(whole money.Amount) bool {
	low := whole.Float()
	for _, r := range b.rows {
		for _, s := range r.Bars {
			if s.Hue != chart.Neutral {
				low = min(low, s.From, s.To)
			}
		}
	}
	return low > whole.Float()/2
}
