package report

import (
	"slices"

	"clientele/analytics/publication/column"
)

// Stages is the section about the stages of the relationship.
type Stages struct {
	Text     string
	Flow     *Table // from the last run to this; nil: there is none to compare with
	Groups   Table
	Declines *Table   // by kind and the stage it began in; nil: nobody is in decline
	Earlier  []string // how earlier calls turned out, a sentence each
}

func (p *Page) addStages(r *reading) error {
	groups := groupsOf(r.night, "stage")
	if len(groups) == 0 {
		p.leaveOut(r.say.Say("report.off.stages"))
		return nil
	}
	s := &Stages{Text: r.say.Say("report.stages.text"), Groups: r.groupTable("stages", "stage", r.say.Say("report.stages.caption"), r.say.Say("report.col.stage"))}
	if r.then.Texts(column.LifecycleStage) != nil {
		t := r.flowTable("stage-flow", column.LifecycleStage, "stage", r.say.Say("report.flow.caption", "since", r.before.AsOf))
		s.Flow = &t
	}
	if len(r.night.Declines) > 0 {
		t := r.declineTable()
		s.Declines = &t
	}
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
	label := r.labels(kind)
	for _, g := range groupsOf(r.night, kind) {
		row := rowOf(label(g.Name), count(g.Customers), percent(g.Share), count(g.Orders), amount(g.Revenue))
		if valued {
			row = append(row, rowOf(amount(g.FutureValue), percent(g.EquityShare))...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// flow counts customers by their groups on both nights.
func (r *reading) flow(c *column.Column) map[[2]string]int64 {
	then, now := r.then.Texts(c), r.now.Texts(c)
	counts := map[[2]string]int64{}
	for i, at := range r.was {
		from := fromNowhere
		if at >= 0 {
			from = then[at]
		}
		counts[[2]string{from, now[i]}]++
	}
	return counts
}

// fromNowhere is where customers were who were none on the night before. It is the name of
// no group.
const fromNowhere = "\x00"

// flowTable has a row for where customers were on the night before, and a column for where
// they are now.
func (r *reading) flowTable(id string, c *column.Column, kind, caption string) Table {
	counts, label := r.flow(c), r.labels(kind)
	var names []string
	for _, g := range groupsOf(r.night, kind) {
		names = append(names, g.Name)
	}
	t := Table{ID: id, Caption: caption, Head: texts(r.say.Say("report.col.then"))}
	for _, to := range names {
		t.Head = append(t.Head, numbers(label(to))...)
	}
	for _, from := range append(slices.Clone(names), fromNowhere) {
		title := r.say.Say("report.new")
		if from != fromNowhere {
			title = label(from)
		}
		row, some := rowOf(title), false
		for _, to := range names {
			n := counts[[2]string{from, to}]
			row, some = append(row, Cell{Text: count(n)}), some || n > 0
		}
		if some {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// declineTable counts declines by kind and by the stage in which they began.
func (r *reading) declineTable() Table {
	var kinds, stages []string
	counts := map[place]int64{}
	for _, d := range r.night.Declines {
		if !slices.Contains(kinds, d.Decline) {
			kinds = append(kinds, d.Decline)
		}
		if !slices.Contains(stages, d.From) {
			stages = append(stages, d.From)
		}
		counts[place{d.From, d.Decline}] += d.Customers
	}
	label := r.labels("stage")
	t := Table{ID: "declines", Caption: r.say.Say("report.declines.caption"), Head: texts(r.say.Say("report.col.decline"))}
	for _, s := range stages {
		t.Head = append(t.Head, numbers(r.say.Say("report.col.began_in", "stage", label(s)))...)
	}
	for _, k := range kinds {
		row := rowOf(r.say.SayOf("report.decline", k))
		for _, s := range stages {
			row = append(row, Cell{Text: count(counts[place{s, k}])})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
