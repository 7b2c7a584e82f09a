package main

import (
	"cmp"
	"fmt"
	"strconv"

	"clientele/analytics/compare"
	"clientele/analytics/publication/cause"
	"clientele/internal/figures"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// printDiff prints a report for programs or for people.
func printDiff(o diffOptions, r *compare.Report) error {
	movers, more := []compare.Mover(nil), 0
	if o.customers {
		movers, more = r.Movers(o.limit)
	}
	if o.json {
		return writeJSON(o.out, struct {
			*compare.Report
			Movers []compare.Mover `json:"movers,omitempty"`
			More   int             `json:"movers_left_out,omitempty"`
		}{r, movers, more})
	}
	p := &printer{w: o.out, in: wording.In(cmp.Or(o.language, r.Language))}
	if r.Old.AsOf == r.New.AsOf {
		p.say("diff.title_one_day", "name", r.Name, "as_of", r.New.AsOf, "old", r.Old.Path, "new", r.New.Path)
	} else {
		p.say("diff.title", "name", r.Name, "old", r.Old.AsOf, "new", r.New.AsOf)
	}
	p.line("")
	printTotals(p, r)
	printEquityLedger(p, r)
	printFlows(p, r)
	for _, k := range r.Kinds {
		printMigration(p, r, k)
	}
	printCauses(p, r)
	printCampaignChanges(p, r)
	printMovers(p, r, movers, more)
	printRuleChanges(p, r)
	return p.err
}

// kindTitle names a kind of groups, as the summary of a run does.
func kindTitle(p *printer, kind string) string { return p.in.SayOf("diff.kind", kind) }

func printTotals(p *printer, r *compare.Report) {
	rows := [][]any{{p.in.Say("summary.customers"), figure(thousands(r.Customers.Old)), figure(thousands(r.Customers.New)), figure(signed(r.Customers.New - r.Customers.Old))}}
	money := func(name string, c *compare.Change[money.Amount]) {
		if c != nil {
			if r.Currency != "" {
				name = p.in.Say("diff.in_currency", "what", name, "currency", r.Currency)
			}
			rows = append(rows, moneyRow(name, c.Old.Float(), c.New.Float()))
		}
	}
	money(p.in.Say("summary.revenue"), &r.Revenue)
	money(p.in.Say("diff.past_value"), r.PastValue)
	money(p.in.Say("diff.equity"), r.Equity)
	p.table([]any{"", r.Old.AsOf, r.New.AsOf, p.in.Say("diff.change")}, rows)
	p.line("")
}

// moneyRow is an amount on both nights, all three figures to the same place.
func moneyRow(name string, old, new float64) []any {
	format := figures.FormatOf(old, new)
	write := func(v float64) string { return format.Money(v) }
	change := write(new - old)
	if new > old {
		change = "+" + change
	}
	return []any{name, figure(write(old)), figure(write(new)), figure(change)}
}

func signed(n int64) string {
	if n > 0 {
		return "+" + thousands(n)
	}
	return thousands(n)
}

// printFlows says who is on one night only, and what they carry.
func printFlows(p *printer, r *compare.Report) {
	var rows [][]any
	for _, f := range []struct {
		what string
		compare.Flow
	}{{p.in.Say("diff.entered"), r.Entered}, {p.in.Say("diff.left"), r.Left}} {
		if f.Customers == 0 {
			continue
		}
		row := []any{f.what, figure(thousands(f.Customers)), amount(f.Revenue.Float())}
		if r.Equity != nil {
			row = append(row, amount(f.Equity.Float()))
		}
		var why []string
		for _, c := range f.Causes {
			why = append(why, p.in.Say("diff.because_of", "cause", c.Cause.In(p.in), "customers", c.Customers))
		}
		rows = append(rows, append(row, p.in.Row(why...)))
	}
	if len(rows) == 0 {
		p.say("diff.nobody")
		p.line("")
		return
	}
	header := []any{"", p.in.Say("summary.customers"), p.in.Say("summary.revenue")}
	if r.Equity != nil {
		header = append(header, p.in.Say("diff.equity_short"))
	}
	p.table(append(header, p.in.Say("diff.because")), rows)
	p.line("")
}

// printMigration prints the matrix of a kind: from its rows to its columns,
// which bear the numbers of the rows.
func printMigration(p *printer, r *compare.Report, k compare.Kind) {
	cells := map[[2]string]int64{}
	for _, m := range k.Moves {
		cells[[2]string{side(m.From), side(m.To)}] = m.Customers
	}
	keys, labels, named := []string{}, []string{}, r.Labels(p.in)
	for i, g := range k.Groups {
		keys = append(keys, "="+g.Name)
		labels = append(labels, fmt.Sprintf("%d %s", i+1, named.Of(g.Kind, g.Name)))
	}
	header := []any{p.in.Say("diff.from_to", "kind", kindTitle(p, k.Kind))}
	for i := range keys {
		header = append(header, strconv.Itoa(i+1))
	}
	anyLeft, anyEntered := false, false
	for _, m := range k.Moves {
		anyLeft, anyEntered = anyLeft || m.To == nil, anyEntered || m.From == nil
	}
	columns := keys
	if anyLeft {
		header, columns = append(header, p.in.Say("diff.left")), append(columns, "")
	}
	if anyEntered {
		keys, labels = append(keys, ""), append(labels, p.in.Say("diff.entered_row"))
	}
	rows := make([][]any, len(keys))
	for i, from := range keys {
		rows[i] = []any{labels[i]}
		for _, to := range columns {
			n := ""
			if count := cells[[2]string{from, to}]; count > 0 {
				n = thousands(count)
			}
			rows[i] = append(rows[i], figure(n))
		}
	}
	p.table(header, rows)
	p.say("diff.moved", "customers", p.counted(k.Moved, "customers"), "kind", kindTitle(p, k.Kind))
	p.line("")
}

// side tells groups, one of which has an empty name, from no group at all.
func side(name *string) string {
	if name == nil {
		return ""
	}
	return "=" + *name
}

// printCauses counts the movers of each kind by cause.
func printCauses(p *printer, r *compare.Report) {
	header, moved := []any{p.in.Say("diff.moved_because")}, int64(0)
	for _, k := range r.Kinds {
		header = append(header, kindTitle(p, k.Kind))
		if k.Kind == "tier" {
			header = append(header, p.in.Say("diff.up"), p.in.Say("diff.down"))
		}
		moved += k.Moved
	}
	if moved == 0 {
		return
	}
	var rows [][]any
	for _, because := range cause.All {
		row, found := []any{because.In(p.in)}, false
		for _, k := range r.Kinds {
			var n compare.CauseCount
			for _, c := range k.Causes {
				if c.Cause == because {
					n, found = c, true
				}
			}
			row = append(row, figure(thousands(n.Customers)))
			if k.Kind == "tier" {
				row = append(row, figure(thousands(n.Up)), figure(thousands(n.Down)))
			}
		}
		if found {
			rows = append(rows, row)
		}
	}
	p.table(header, rows)
	p.line("")
}

// printMovers lists customers.
func printMovers(p *printer, r *compare.Report, movers []compare.Mover, more int) {
	if len(movers) == 0 {
		return
	}
	labels := r.Labels(p.in)
	name := func(kind string, group *string) string {
		if group == nil {
			return ""
		}
		return labels.Of(kind, *group)
	}
	rows := make([][]any, len(movers))
	for i, m := range movers {
		rows[i] = []any{m.Customer, kindTitle(p, m.Kind), name(m.Kind, m.From), name(m.Kind, m.To), m.Cause.In(p.in)}
	}
	p.table([]any{p.in.Say("check.customer"), p.in.Say("diff.what"), p.in.Say("diff.from"), p.in.Say("diff.to"), p.in.Say("diff.because")}, rows)
	if more > 0 {
		p.say("diff.more", "more", more)
	}
	p.line("")
}

// printRuleChanges says what of the settings and the model is not what it was.
func printRuleChanges(p *printer, r *compare.Report) {
	if len(r.Settings) > 0 {
		rows := make([][]any, len(r.Settings))
		for i, c := range r.Settings {
			rows[i] = []any{c.Key, orNothing(p, c.Old), orNothing(p, c.New)}
		}
		p.table([]any{p.in.Say("diff.setting"), p.in.Say("diff.was"), p.in.Say("diff.is")}, rows)
		p.line("")
	}
	if r.CutPoints != nil {
		p.say("diff.cutpoints", "new", r.CutPoints.New, "old", r.CutPoints.Old)
	}
	if r.Model == nil {
		return
	}
	if r.Model.Old == r.Model.New {
		p.say("diff.model", "model", r.Model.New)
	} else {
		p.say("diff.model_was", "model", r.Model.New, "old", r.Model.Old)
	}
	rows := make([][]any, len(r.Params))
	for i, c := range r.Params {
		rows[i] = []any{c.Name, shortly(c.Old), shortly(c.New)}
	}
	p.table([]any{p.in.Say("diff.parameter"), r.Old.AsOf, r.New.AsOf}, rows)
}

func orNothing(p *printer, value *string) string {
	if value == nil {
		return p.in.Say("diff.not_set")
	}
	return *value
}

func shortly(v *float64) figure {
	if v == nil {
		return ""
	}
	return figure(figures.Digits(*v, 5))
}
