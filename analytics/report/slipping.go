package report

import (
	"math"
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// shownAtRisk is how many customers are named: as many as one person can call in a day.
const shownAtRisk = 20

// Slipping is the section about customers who are slipping.
type Slipping struct {
	Total  string // a sentence
	Hidden string // a sentence about those who may not be named; empty: there are none
	Reach  string // whom of the first a call may still reach; empty: nobody
	Loss   Table  // what is at stake, by stage and tier
	First  Table  // with whom most is at stake
}

// slipping is what at_risk.csv holds.
type slipping struct {
	first  []atRisk
	loss   map[place]loss
	listed loss
}

// place is a stage and a tier.
type place struct{ stage, tier string }

// loss is customers and what is at stake with them.
type loss struct {
	customers int64
	value     money.Amount
}

func (l loss) plus(v money.Amount) loss { return loss{l.customers + 1, l.value.Plus(v)} }

// atRisk is a customer of the list.
type atRisk struct {
	id, stage, tier   string
	value, pNext, gap float64
	last              calendar.Day
	reasons           string
}

// slippingOf reads at_risk.csv; nil where there is none.
func slippingOf(p *publication.Publication) (*slipping, error) {
	if !p.HasList(column.AtRisk) {
		return nil, nil //nolint:nilnil // no list is no error
	}
	s := &slipping{loss: map[place]loss{}}
	err := p.EachRow(column.AtRisk, func(row *publication.ListRow) bool {
		c := atRisk{
			id: row.Text("customer_id"), stage: row.Text("stage"), tier: row.Text("tier"),
			value: row.Number("value_at_risk"), pNext: row.Number("p_next"), gap: row.Number("usual_gap_days"), last: row.Day("last_day"),
		}
		stake := money.FromFloat(known(c.value))
		at := place{c.stage, c.tier}
		s.loss[at], s.listed = s.loss[at].plus(stake), s.listed.plus(stake)
		if len(s.first) < shownAtRisk {
			c.reasons = row.Text("reasons")
			s.first = append(s.first, c)
		}
		return true
	})
	return s, err
}

// most is what is at stake with the first, which is the most.
func (s *slipping) most() float64 {
	if len(s.first) == 0 {
		return 0
	}
	return known(s.first[0].value)
}

// known is a number, and 0 where it is not known.
func known(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}

func (p *Page) addSlipping(r *reading) error {
	total := r.night.AtRisk
	if total == nil || r.atRisk == nil {
		if m := r.night.Model; m != nil && m.Refused != "" {
			p.leaveOut(r.say.Say("report.off.slipping_no_model"))
		} else {
			p.leaveOut(r.say.Say("report.off.slipping"))
		}
		return nil
	}
	s := &Slipping{
		Total: r.say.Say("report.slipping.total", "customers", total.Customers, "value", amount(total.Value), "currency", r.currency()),
		Loss:  r.lossTable(),
		First: r.firstTable(),
	}
	if hidden := total.Customers - r.atRisk.listed.customers; hidden > 0 {
		s.Hidden = r.say.Say("report.slipping.hidden", "customers", hidden,
			"value", amount(total.Value.Minus(r.atRisk.listed.value)), "currency", r.currency())
	}
	if ids := r.atRisk.reachable(); len(ids) > 0 {
		s.Reach = r.say.Say("report.slipping.reach", "customers", len(ids), "list", r.say.List(ids...))
	}
	p.Slipping = s
	return nil
}

// withinReach is the chance to buy within 91 days from which on somebody may still be
// reached: below it the risk of churn is high, as run.json counts it (churn).
const withinReach = 1. / 3

// reachable are the ids of those of the first who may still be reached, the most at stake
// first.
func (s *slipping) reachable() []string {
	var ids []string
	for _, c := range s.first {
		if c.pNext >= withinReach {
			ids = append(ids, c.id)
		}
	}
	return ids
}

// lossTable is what is at stake, by stage and tier: those that have somebody.
func (r *reading) lossTable() Table {
	tiers := []string{""}
	if groups := groupsOf(r.night, "tier"); len(groups) > 0 {
		tiers = nil
		for _, g := range groups {
			tiers = append(tiers, g.Name)
		}
	}
	tierLabel, stageLabel := r.labels("tier"), r.labels("stage")
	t := Table{ID: "loss", Caption: r.say.Say("report.loss.caption"), Head: texts(r.say.Say("report.col.stage"))}
	for _, tier := range tiers {
		if len(tiers) > 1 {
			t.Head = append(t.Head, numbers(tierLabel(tier))...)
		}
	}
	t.Head = append(t.Head, numbers(r.say.Say("report.col.together"), r.say.Say("report.col.customers"))...)
	format := formatOf(r.atRisk.listed.value)
	for _, g := range groupsOf(r.night, "stage") {
		row, of := rowOf(stageLabel(g.Name)), loss{}
		for _, tier := range tiers {
			l := r.atRisk.loss[place{g.Name, tier}]
			of.customers, of.value = of.customers+l.customers, of.value.Plus(l.value)
			if len(tiers) > 1 {
				row = append(row, Cell{Text: format.some(l.value)})
			}
		}
		if of.customers > 0 {
			t.Rows = append(t.Rows, append(row, rowOf(format.amount(of.value), count(of.customers))...))
		}
	}
	return t
}

// firstTable names those with whom most is at stake.
func (r *reading) firstTable() Table {
	say := r.say
	t := Table{ID: "at-risk", Caption: say.Say("report.first.caption", "customers", len(r.atRisk.first))}
	t.Head = slices.Concat(texts(say.Say("report.col.customer")), numbers(say.Say("report.col.at_stake")),
		texts(say.Say("report.col.last")), numbers(say.Say("report.col.gap"), say.Say("report.col.p_next")), texts(say.Say("report.col.stage")))
	tiered := len(groupsOf(r.night, "tier")) > 0
	if tiered {
		t.Head = append(t.Head, texts(say.Say("report.col.tier"))...)
	}
	t.Head = append(t.Head, sentences(say.Say("report.col.why"))...)
	stage, tier := r.labels("stage"), r.labels("tier")
	format := figures.FormatOf(r.atRisk.most())
	for _, c := range r.atRisk.first {
		row := rowOf(c.id, format.Money(known(c.value)), day(c.last), wholeDays(c.gap), percent(c.pNext), stage(c.stage))
		if tiered {
			row = append(row, Cell{Text: tier(c.tier)})
		}
		t.Rows = append(t.Rows, append(row, Cell{Text: c.reasons}))
	}
	return t
}

// wholeDays writes a number of days.
func wholeDays(v float64) string {
	if math.IsNaN(v) {
		return nothing
	}
	return figures.Count(int64(math.Round(v)))
}

// currency is that of the job, with a space before it; empty: the job names none.
func (r *reading) currency() string {
	if c := r.settings["currency"]; c != "" {
		return " " + c
	}
	return ""
}
