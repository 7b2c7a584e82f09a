package main

import (
	"fmt"

	"clientele/analytics/asset/whatif"
	"clientele/internal/figures"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/internal/terminal"
)

// printWhatif prints what would become of a shop.
func printWhatif(p *printer, r *whatif.Report) {
	p.say("whatif.title", "name", r.Name, "as_of", r.AsOf)
	if r.Where == "" {
		p.say("whatif.all", "customers", thousands(int64(r.Customers)))
	} else {
		p.say("whatif.some", "concerned", thousands(int64(r.Concerned)), "customers", thousands(int64(r.Customers)), "where", r.Where)
	}
	p.line("")
	printMoves(p, r.Changes)
	p.line("")
	printOutcomes(p, r)
	if len(r.Alone) > 1 {
		p.line("")
		printAlone(p, r)
	}
	p.line("")
	p.say("whatif.means", "horizon", r.Span.In(p.in), "won", thousands(r.Winning.Customers),
		"now", amount(r.Winning.Now.Float()).String(), "then", amount(r.Winning.Then.Float()).String())
	printFive(p, r.Five)
}

// printMoves prints what was asked and what came of it.
func printMoves(p *printer, all []whatif.Moved) {
	rows, capped := make([][]any, len(all)), false
	for i, m := range all {
		rows[i] = []any{p.in.SayOf("whatif.moves", m.What), m.Asked, moved(p, m.What, m.Now), moved(p, m.What, m.Then)}
		capped = capped || m.Capped
	}
	p.table([]any{p.in.Say("whatif.head.change"), p.in.Say("whatif.head.asked"), p.in.Say("whatif.head.now"), p.in.Say("whatif.head.then")}, rows)
	if capped {
		p.say("whatif.capped")
	}
}

// moved is a number of something that changes, in its own way.
func moved(p *printer, what string, v float64) figure {
	switch what {
	case whatif.Frequency:
		return figure(p.in.Say("whatif.times", "n", fmt.Sprintf("%.2f", v)))
	case whatif.Acquisition:
		return cents(v)
	default:
		return percent(v)
	}
}

// printOutcomes prints both sums with their intervals.
func printOutcomes(p *printer, r *whatif.Report) {
	interval := p.in.Say("whatif.head.interval")
	p.table([]any{
		"", p.in.Say("whatif.head.now"), interval, p.in.Say("whatif.head.then"), interval, p.in.Say("whatif.head.more"), interval, p.in.Say("whatif.head.share"),
	}, [][]any{
		outcomeRow(p, p.in.Say("whatif.head.equity"), r.Equity),
		outcomeRow(p, p.in.Say("whatif.head.profit"), r.Profit),
	})
}

func outcomeRow(p *printer, name string, o whatif.Outcome) []any {
	row := []any{name}
	for _, f := range []whatif.Figure{o.Now, o.Then, o.Change} {
		row = append(row, wholeMoney(f.Value), figure(string(wholeMoney(f.Low))+" – "+string(wholeMoney(f.High))))
	}
	return append(row, signedPercent(p, o.Share))
}

// wholeMoney writes a sum of many customers without cents.
func wholeMoney(a money.Amount) figure {
	const whole figures.MoneyFormat = "#,###."
	return figure(whole.Money(a.Float()))
}

// signedPercent writes a change of something as a share of it, if it is no loss.
func signedPercent(p *printer, share number.Float) figure {
	switch {
	case !share.Known():
		return figure(p.in.Say("whatif.loss"))
	case share < 0:
		return percent(float64(share))
	}
	return "+" + percent(float64(share))
}

// printAlone prints what each change does without the others, and what they do together.
func printAlone(p *printer, r *whatif.Report) {
	rows := make([][]any, 0, len(r.Alone)+1)
	for _, a := range r.Alone {
		rows = append(rows, []any{p.in.SayOf("whatif.moves", a.What), a.Asked, wholeMoney(a.Equity), wholeMoney(a.Profit)})
	}
	rows = append(rows, []any{p.in.Say("whatif.together"), "", wholeMoney(r.Equity.Change.Value), wholeMoney(r.Profit.Change.Value)})
	p.table([]any{p.in.Say("whatif.head.alone"), p.in.Say("whatif.head.asked"), p.in.Say("whatif.head.equity"), p.in.Say("whatif.head.profit")}, rows)
}

// printFive compares with what is said of five points more retention.
func printFive(p *printer, f *whatif.Five) {
	if f == nil {
		p.say("whatif.five.nobody")
		return
	}
	values := []any{
		"now", string(percent(f.Now)), "then", string(percent(f.Then)), "equity", string(signedPercent(p, f.Equity)),
		"profit", string(signedPercent(p, f.Profit)), "textbook", string(signedPercent(p, f.Textbook)),
	}
	verdict := "not"
	if f.Equity >= 1 {
		verdict = "doubles"
	}
	p.write(terminal.Text(p.in.SayOf("whatif.five", verdict, values...)))
}
