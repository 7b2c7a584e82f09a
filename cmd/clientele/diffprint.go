package main

import (
	"fmt"
	"strconv"
	"strings"

	"clientele/analytics/compare"
	"clientele/internal/figures"
	"clientele/internal/money"
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
	p := &printer{w: o.out}
	if r.Old.AsOf == r.New.AsOf {
		p.line("%s as of %s, from %s to %s", r.Name, r.New.AsOf, r.Old.Path, r.New.Path)
	} else {
		p.line("%s from %s to %s", r.Name, r.Old.AsOf, r.New.AsOf)
	}
	p.line("")
	printTotals(p, r)
	printFlows(p, r)
	for _, k := range r.Kinds {
		printMigration(p, k)
	}
	printCauses(p, r)
	printMovers(p, r, movers, more)
	printRuleChanges(p, r)
	return p.err
}

// kindTitles name the kinds of groups, as the summary of a run does.
var kindTitles = map[string]string{"rfm": "segment", "tier": "tier", "stage": "stage"}

// causeTexts say the causes in words.
var causeTexts = map[compare.Cause]string{
	compare.Bought:      "bought",
	compare.Returned:    "gave something back",
	compare.AllReturned: "gave everything back",
	compare.Joined:      "joined with another id",
	compare.Parted:      "parted from another id",
	compare.TimePassed:  "time passed",
	compare.RuleMoved:   "a rule changed",
	compare.ModelMoved:  "the model moved",
	compare.Correction:  "a correction arrived",
}

func printTotals(p *printer, r *compare.Report) {
	currency := ""
	if r.Currency != "" {
		currency = ", " + r.Currency
	}
	rows := [][]any{{"customers", figure(thousands(r.Customers.Old)), figure(thousands(r.Customers.New)), figure(signed(r.Customers.New - r.Customers.Old))}}
	money := func(name string, c *compare.Change[money.Amount]) {
		if c != nil {
			rows = append(rows, moneyRow(name+currency, c.Old.Float(), c.New.Float()))
		}
	}
	money("revenue", &r.Revenue)
	money("past value", r.PastValue)
	money("customer equity", r.Equity)
	p.table([]any{"", r.Old.AsOf, r.New.AsOf, "change"}, rows)
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
	}{{"entered", r.Entered}, {"left", r.Left}} {
		if f.Customers == 0 {
			continue
		}
		row := []any{f.what, figure(thousands(f.Customers)), amount(f.Revenue.Float())}
		if r.Equity != nil {
			row = append(row, amount(f.Equity.Float()))
		}
		var why []string
		for _, c := range f.Causes {
			why = append(why, causeTexts[c.Cause]+" "+thousands(c.Customers))
		}
		rows = append(rows, append(row, strings.Join(why, ", ")))
	}
	if len(rows) == 0 {
		p.line("Nobody entered or left.")
		p.line("")
		return
	}
	header := []any{"", "customers", "revenue"}
	if r.Equity != nil {
		header = append(header, "equity")
	}
	p.table(append(header, "because"), rows)
	p.line("")
}

// printMigration prints the matrix of a kind: from its rows to its columns,
// which bear the numbers of the rows.
func printMigration(p *printer, k compare.Kind) {
	cells := map[[2]string]int64{}
	for _, m := range k.Moves {
		cells[[2]string{side(m.From), side(m.To)}] = m.Customers
	}
	keys, labels := []string{}, []string{}
	for i, g := range k.Groups {
		keys = append(keys, "="+g.Name)
		labels = append(labels, fmt.Sprintf("%d %s", i+1, labelOf(g)))
	}
	header := []any{kindTitles[k.Kind] + " from \\ to"}
	for i := range keys {
		header = append(header, strconv.Itoa(i+1))
	}
	anyLeft, anyEntered := false, false
	for _, m := range k.Moves {
		anyLeft, anyEntered = anyLeft || m.To == nil, anyEntered || m.From == nil
	}
	columns := keys
	if anyLeft {
		header, columns = append(header, "left"), append(columns, "")
	}
	if anyEntered {
		keys, labels = append(keys, ""), append(labels, "(entered)")
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
	p.line("%s to another %s.", counted(k.Moved, "customer")+" moved", kindTitles[k.Kind])
	p.line("")
}

// side tells groups, one of which has an empty name, from no group at all.
func side(name *string) string {
	if name == nil {
		return ""
	}
	return "=" + *name
}

func labelOf(g compare.Group) string {
	if g.Label == "" {
		return "(none)"
	}
	return g.Label
}

// printCauses counts the movers of each kind by cause.
func printCauses(p *printer, r *compare.Report) {
	header, moved := []any{"moved because"}, int64(0)
	for _, k := range r.Kinds {
		header = append(header, kindTitles[k.Kind])
		if k.Kind == "tier" {
			header = append(header, "up", "down")
		}
		moved += k.Moved
	}
	if moved == 0 {
		return
	}
	var rows [][]any
	for _, cause := range compare.Causes {
		row, found := []any{causeTexts[cause]}, false
		for _, k := range r.Kinds {
			var n compare.CauseCount
			for _, c := range k.Causes {
				if c.Cause == cause {
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
	labels := map[[2]string]string{}
	for _, k := range r.Kinds {
		for _, g := range k.Groups {
			labels[[2]string{k.Kind, g.Name}] = labelOf(g)
		}
	}
	name := func(kind string, group *string) string {
		if group == nil {
			return ""
		}
		return labels[[2]string{kind, *group}]
	}
	rows := make([][]any, len(movers))
	for i, m := range movers {
		what := m.Kind
		if title, ok := kindTitles[what]; ok {
			what = title
		}
		rows[i] = []any{m.Customer, what, name(m.Kind, m.From), name(m.Kind, m.To), causeTexts[m.Cause]}
	}
	p.table([]any{"customer", "what", "from", "to", "because"}, rows)
	if more > 0 {
		p.line("and %s more; --limit 0 lists all.", thousands(int64(more)))
	}
	p.line("")
}

// printRuleChanges says what of the settings and the model is not what it was.
func printRuleChanges(p *printer, r *compare.Report) {
	if len(r.Settings) > 0 {
		rows := make([][]any, len(r.Settings))
		for i, c := range r.Settings {
			rows[i] = []any{c.Key, orNothing(c.Old), orNothing(c.New)}
		}
		p.table([]any{"setting", "was", "is"}, rows)
		p.line("")
	}
	if r.CutPoints != nil {
		p.line("Cut points of %s, before of %s.", r.CutPoints.New, r.CutPoints.Old)
	}
	if r.Model == nil {
		return
	}
	was := ""
	if r.Model.Old != r.Model.New {
		was = ", before " + r.Model.Old
	}
	p.line("Model %s%s.", r.Model.New, was)
	rows := make([][]any, len(r.Params))
	for i, c := range r.Params {
		rows[i] = []any{c.Name, shortly(c.Old), shortly(c.New)}
	}
	p.table([]any{"parameter", r.Old.AsOf, r.New.AsOf}, rows)
}

func orNothing(value *string) string {
	if value == nil {
		return "(not set)"
	}
	return *value
}

func shortly(v *float64) figure {
	if v == nil {
		return ""
	}
	return figure(strconv.FormatFloat(*v, 'g', 5, 64))
}
