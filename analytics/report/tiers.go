package report

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/tier"
)

// shownWarnings is how many members about to fall are named.
const shownWarnings = 20

// Tiers is the section about the loyalty programme.
type Tiers struct {
	Changes  string // since the last run, in a sentence
	Members  Table  // with arrivals and departures
	Falling  string // who is about to fall, in a sentence
	Warnings *Table // those who fall first; nil: nobody
	Near     string // who is close to rising, in a sentence; empty: nobody is known to be
	Rising   *Table // them; nil: nobody
}

func (p *Page) addTiers(r *reading) error {
	counts := r.night.Tiers
	if counts == nil {
		p.leaveOut(r.say.Say("report.off.tiers"))
		return nil
	}
	moves, err := tierMoves(r.night)
	if err != nil {
		return err
	}
	t := &Tiers{
		Changes: r.tierChanges(counts),
		Members: r.memberTable(moves),
		Falling: r.say.Say("report.tiers.falling", "members", counts.Warnings, "warn", r.period("tiers.warn")),
	}
	if t.Warnings, err = r.warningTable(); err != nil {
		return err
	}
	if t.Near, t.Rising, err = r.risingTable(); err != nil {
		return err
	}
	p.Tiers = t
	return nil
}

// tierOps are the changes of tiers in the order in which a person asks for them.
var tierOps = []tier.Op{tier.OpEnter, tier.OpUpgrade, tier.OpRenew, tier.OpGrace, tier.OpDowngrade, tier.OpLeave, tier.OpPin, tier.OpUnpin}

func (r *reading) tierChanges(c *publication.TierCounts) string {
	var parts []string
	for _, op := range tierOps {
		if n := c.Changes[op]; n > 0 {
			parts = append(parts, r.say.SayOf("summary.tier_op", string(op), "n", n))
		}
	}
	if len(parts) == 0 {
		parts = []string{r.say.Say("report.tiers.no_change")}
	}
	if c.Since == "" {
		return r.say.Say("report.tiers.first_night", "changes", r.say.List(parts...))
	}
	return r.say.Say("report.tiers.since", "since", c.Since, "changes", r.say.List(parts...))
}

// arrivals and departures of a tier.
type tierMove struct{ came, went int64 }

// tierMoves counts, by tier, who came to it and who left it, by tiers_delta.csv.
func tierMoves(p *publication.Publication) (map[string]tierMove, error) {
	moves := map[string]tierMove{}
	err := p.EachRow(column.TiersDelta, func(row *publication.ListRow) bool {
		from, to := row.Text("from"), row.Text("to")
		if from == to {
			return true
		}
		left, reached := moves[from], moves[to]
		left.went++
		reached.came++
		moves[from], moves[to] = left, reached
		return true
	})
	return moves, err
}

func (r *reading) memberTable(moves map[string]tierMove) Table {
	say := r.say
	t := r.groupTable("tiers", "tier", say.Say("report.members.caption"), say.Say("report.col.tier"))
	t.Head = slices.Insert(t.Head, 2, numbers(say.Say("report.col.came"), say.Say("report.col.went"))...)
	for i, g := range groupsOf(r.night, "tier") {
		t.Rows[i] = slices.Insert(t.Rows[i], 2, rowOf(count(moves[g.Name].came), count(moves[g.Name].went))...)
	}
	return t
}

// warningTable names the members who fall first; nil where nobody does.
func (r *reading) warningTable() (*Table, error) {
	say, label := r.say, r.labels("tier")
	t := &Table{ID: "falling"}
	t.Head = slices.Concat(texts(say.Say("report.col.customer"), say.Say("report.col.tier"), say.Say("report.col.falls_to"), say.Say("report.col.due")),
		sentences(say.Say("report.col.lacks")))
	more := 0
	err := r.night.EachRow(column.TiersWarnings, func(row *publication.ListRow) bool {
		if len(t.Rows) == shownWarnings {
			more++
			return true
		}
		t.Rows = append(t.Rows, rowOf(row.Text("customer_id"), label(row.Text("tier")), label(row.Text("falls_to")), day(row.Day("due")), row.Text("reason")))
		return true
	})
	if err != nil || len(t.Rows) == 0 {
		return nil, err
	}
	t.Caption = say.Say("report.falling.caption", "members", len(t.Rows))
	if more > 0 {
		t.Note = say.Say("report.falling.more", "more", more)
	}
	return t, nil
}
