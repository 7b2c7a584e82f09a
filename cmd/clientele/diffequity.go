package main

import (
	"clientele/analytics/asset/equity"
	"clientele/analytics/compare"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// printEquityLedger prints what moved customer equity, of all customers, in lines that add up
// to the cent; of a night without a lifetime model the opening is nothing. Groups are in the
// JSON.
func printEquityLedger(p *printer, r *compare.Report) {
	if r.EquityLedger == nil {
		return
	}
	lines := r.EquityLedger.Ledger.Total()
	if lines == (equity.Lines{}) { // there never was a model
		return
	}
	var moves []equity.Line
	amounts := []money.Amount{lines[equity.Opening]}
	for _, line := range equity.All {
		if line.Movement() && lines[line] != (money.Amount{}) {
			moves, amounts = append(moves, line), append(amounts, lines[line])
		}
	}
	write := func(v float64) figure { return figure(figures.MoneyFormat("#,###.##").Money(v)) }
	shown := money.Shown(amounts)
	rows := [][]any{{equity.On(p.in, r.Old.AsOf), write(shown[0])}}
	for i, line := range moves {
		rows = append(rows, []any{"  " + line.In(p.in), write(shown[i+1])})
	}
	rows = append(rows, []any{equity.On(p.in, r.New.AsOf), write(lines[equity.Closing].Cents() / money.CentsPerUnit)})
	title := p.in.Say("diff.equity_ledger")
	if r.Currency != "" {
		title = p.in.Say("diff.in_currency", "what", title, "currency", r.Currency)
	}
	p.table([]any{title, p.in.Say("diff.change")}, rows)
	switch nights := r.EquityLedger.Nights; {
	case nights > 1:
		p.say("diff.equity_nights", "nights", nights)
	case nights == 0:
		p.say("diff.equity_direct")
	}
	p.line("")
}
