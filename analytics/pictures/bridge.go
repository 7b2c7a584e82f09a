package pictures

import (
	"clientele/analytics/explain"
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
	if err := a.both(); err != nil {
		return Picture{}, err
	}
	change, err := explain.ChangeOfEquity(a.night, a.before, a.now, a.then)
	if err != nil {
		return Picture{}, err
	}
	b := bridge{album: a, at: change.Was, format: figures.FormatOf(change.Was.Float(), change.Is.Float())}
	b.table.Columns = []Column{a.label("line"), a.column("amount")}
	b.total(a.say.Say("pictures.equity.on", "day", a.before.AsOf), "opening", change.Was)
	b.step("new", a.say.Say("pictures.bridge.new"), change.New)
	b.step("gone", a.say.Say("pictures.bridge.gone"), change.Gone)
	for _, part := range change.Parts {
		b.step(string(part.Cause), part.Cause.In(a.say), part.FutureValue)
	}
	b.total(a.say.Say("pictures.equity.on", "day", a.night.AsOf), "closing", change.Is)
	title := a.currency()
	if change.Sampled > 0 {
		title = a.say.Say("pictures.equity.sampled", "currency", title, "customers", change.Sampled)
	}
	last := &b.rows[len(b.rows)-1]
	last.Low, last.High = new(a.night.Equity.Low.Float()), new(a.night.Equity.High.Float())
	return Picture{Table: b.table, Figure: chart.Figure{Form: chart.Rows{
		Rows: b.rows, Title: title, Broken: b.broken(change.Is), Legend: []chart.Key{
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

// step adds what one cause came to; none for nothing.
func (b *bridge) step(line, name string, by money.Amount) {
	if by == (money.Amount{}) {
		return
	}
	to, hue, sign := b.at.Plus(by), chart.Up, "+"
	if by.Float() < 0 {
		hue, sign = chart.Down, ""
	}
	b.table.add(named(line, name), amount(by))
	b.rows = append(b.rows, chart.Row{
		Name: name, Text: sign + b.format.Money(by.Float()), Bars: []chart.Span{{From: b.at.Float(), To: to.Float(), Hue: hue}},
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
