package report

import (
	"slices"

	"clientele/internal/money"
)

// Stages is the section about the stages of the relationship.
type Stages struct {
	Text    string
	Groups  Table
	Earlier []string // how earlier calls turned out, a sentence each
}

func (p *Page) addStages(r *reading) error {
	groups := groupsOf(r.night, "stage")
	if len(groups) == 0 {
		p.leaveOut(r.say.Say("report.off.stages"))
		return nil
	}
	s := &Stages{Text: r.say.Say("report.stages.text"), Groups: r.groupTable("stages", "stage", r.say.Say("report.stages.caption"), r.say.Say("report.col.stage"))}
	for _, a := range r.night.Audit {
		d := a.Declined
		if d == nil || d.Customers == 0 {
			continue
		}
		if d.WentOn == nil {
			s.Earlier = append(s.Earlier, r.say.Say("report.stages.earlier", "as_of", a.AsOf, "days", a.Days, "customers", d.Customers, "back", d.CameBack))
			continue
		}
		s.Earlier = append(s.Earlier, r.say.Say("report.stages.earlier_rate", "as_of", a.AsOf, "days", a.Days, "customers", d.Customers, "back", d.CameBack, "went_on", *d.WentOn))
	}
	p.Stages = s
	return nil
}

// groupTable is what segments.csv says of a kind of groups.
func (r *reading) groupTable(id, kind, caption, title string) Table {
	say := r.say
	t := Table{ID: id, Caption: caption}
	t.Head = slices.Concat(texts(title), numbers(say.Say("report.col.customers"), say.Say("report.col.share"), say.Say("report.col.orders"), say.Say("report.col.revenue")))
	valued := r.night.Equity != nil
	if valued {
		t.Head = append(t.Head, numbers(say.Say("report.col.future"), say.Say("report.col.equity_share"))...)
	}
	label, groups := r.labels(kind), groupsOf(r.night, kind)
	var all []money.Amount
	for _, g := range groups {
		all = append(all, g.Revenue, g.FutureValue)
	}
	format := formatOf(all...)
	for _, g := range groups {
		row := rowOf(label(g.Name), count(g.Customers), percent(g.Share), count(g.Orders), format.amount(g.Revenue))
		if valued {
			row = append(row, rowOf(format.amount(g.FutureValue), percent(g.EquityShare))...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
