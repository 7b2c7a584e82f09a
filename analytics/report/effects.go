package report

import (
	"math"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/figures"
	"clientele/segment/experiment"
)

// effect is a row of lift.csv, as far as the page shows it.
type effect struct {
	campaign, measure, verdict, overlaps           string
	treated, control                               float64 // means
	plain, cuped                                   interval
	total, cost, returned, sampleRatio, balance    float64
	inTreated, inControl, contacts, both, crossing int64 // both: contacted by other campaigns too
	needed                                         int64 // customers; 0: not known
}

// interval is an effect with the ends of its 90% interval, NaN where there are none.
type interval struct{ effect, low, high float64 }

// marginMeasure is the measure whose row stands for the campaign: arms and contacts are the
// same of all.
const marginMeasure = "margin"

// effectsOf reads lift.csv.
func effectsOf(p *publication.Publication) (all []effect, err error) {
	err = p.EachRow(column.Lift, func(row *publication.ListRow) bool {
		all = append(all, effect{
			campaign: strings.Clone(row.Text("campaign")), measure: strings.Clone(row.Text("measure")), verdict: strings.Clone(row.Text("verdict")),
			overlaps: strings.ReplaceAll(row.Text("overlaps"), ";", ", "), treated: row.Number("treated"), control: row.Number("control"),
			plain: interval{row.Number("effect"), row.Number("low"), row.Number("high")},
			cuped: interval{row.Number("effect_cuped"), row.Number("low_cuped"), row.Number("high_cuped")},
			total: row.Number("total"), cost: row.Number("cost"), returned: row.Number("return_per_cost"),
			sampleRatio: row.Number("sample_ratio_p"), balance: row.Number("balance_p"),
			inTreated: row.Count("customers_treated"), inControl: row.Count("customers_control"), contacts: row.Count("contacts"),
			both: row.Count("overlapping"), crossing: row.Count("crossed"), needed: row.Count("needed"),
		})
		return true
	})
	return all, err
}

// perCustomer writes a mean or an effect of a measure: a share of buyers as such.
func (e effect) perCustomer(v float64) string {
	switch {
	case math.IsNaN(v):
		return nothing
	case e.measure == "buyers":
		return figures.Rounded(100*v, 1) + "%"
	case e.measure == marginMeasure:
		return figures.Rounded(v, 2)
	}
	return figures.Rounded(v, 3) // purchases: a tenth of one in a hundred customers is worth seeing
}

// together writes an effect on all treated customers: money, or a number of purchases or
// buyers.
func (e effect) together() string {
	switch {
	case math.IsNaN(e.total):
		return nothing
	case e.measure == marginMeasure:
		return cash(e.total)
	}
	return figures.Rounded(e.total, 1)
}

// verdictMarks say how verdicts look.
var verdictMarks = map[experiment.Verdict]string{
	experiment.Positive: "pass", experiment.Negative: "fail", experiment.Void: "fail", experiment.TooSmall: "warn",
}

func (r *reading) verdictOf(e effect) Cell {
	return Cell{Text: r.say.SayOf("report.effect", e.verdict), Verdict: verdictMarks[experiment.Verdict(e.verdict)]}
}

// enough is how many customers it would have taken, where there were too few.
func (e effect) enough() string {
	if e.verdict != string(experiment.TooSmall) || e.needed == 0 {
		return nothing
	}
	return count(e.needed)
}

// effectTable says what campaigns bring, by measure.
func (r *reading) effectTable(all []effect) *Table {
	say := r.say
	t := &Table{ID: "effects", Caption: say.Say("report.effects.caption"), Note: say.Say("report.effects.note")}
	t.Head = slices.Concat(texts(say.Say("report.col.campaign"), say.Say("report.col.measure"), say.Say("report.col.verdict")),
		numbers(say.Say("report.col.effect_cuped"), say.Say("report.col.low"), say.Say("report.col.high"), say.Say("report.col.total"), say.Say("report.col.needed")))
	for _, e := range all {
		row := append(r.rowOfEffect(e), r.verdictOf(e))
		row = append(row, e.cells(e.cuped.effect, e.cuped.low, e.cuped.high)...)
		t.Rows = append(t.Rows, append(row, rowOf(e.together(), e.enough())...))
	}
	return t
}

// armTable says what both arms brought. It is a table of its own, as one with both effects
// would be wider than a sheet of paper.
func (r *reading) armTable(all []effect) *Table {
	say := r.say
	t := &Table{ID: "arms", Caption: say.Say("report.arms.caption")}
	t.Head = slices.Concat(texts(say.Say("report.col.campaign"), say.Say("report.col.measure")), numbers(say.Say("report.col.in_treated"), say.Say("report.col.in_control"),
		say.Say("report.col.treated"), say.Say("report.col.control"), say.Say("report.col.effect"), say.Say("report.col.low"), say.Say("report.col.high")))
	for _, e := range all {
		row := append(r.rowOfEffect(e), rowOf(count(e.inTreated), count(e.inControl))...)
		t.Rows = append(t.Rows, append(row, e.cells(e.treated, e.control, e.plain.effect, e.plain.low, e.plain.high)...))
	}
	return t
}

// rowOfEffect begins a row with what it is about.
func (r *reading) rowOfEffect(e effect) Row {
	return rowOf(r.campaignLabel(e.campaign), r.say.SayOf("report.measure", e.measure))
}

// cells write means and effects per customer.
func (e effect) cells(all ...float64) (row Row) {
	for _, v := range all {
		row = append(row, Cell{Text: e.perCustomer(v)})
	}
	return row
}

// trialTable says what campaigns cost, and how far their arms compare.
func (r *reading) trialTable(all []effect) *Table {
	say := r.say
	t := &Table{ID: "trials", Caption: say.Say("report.trials.caption"), Note: say.Say("report.trials.note")}
	t.Head = slices.Concat(texts(say.Say("report.col.campaign")), numbers(say.Say("report.col.contacts"), say.Say("report.col.cost"), say.Say("report.col.return_per_cost"),
		say.Say("report.col.sample_ratio"), say.Say("report.col.balance"), say.Say("report.col.crossed"), say.Say("report.col.overlapping")), texts(say.Say("report.col.overlaps")))
	for _, e := range margins(all) {
		t.Rows = append(t.Rows, append(
			rowOf(r.campaignLabel(e.campaign), count(e.contacts), cash(e.cost), decimal(e.returned)),
			Cell{Text: chance(e.sampleRatio), Verdict: markIf(experiment.Alarming(e.sampleRatio), "fail")},
			Cell{Text: chance(e.balance), Verdict: markIf(experiment.Uneven(e.balance), "warn")},
			Cell{Text: count(e.crossing)}, Cell{Text: count(e.both)}, Cell{Text: orNothing(e.overlaps)},
		))
	}
	return t
}

// margins are the rows that stand for their campaigns.
func margins(all []effect) []effect {
	return slices.DeleteFunc(slices.Clone(all), func(e effect) bool { return e.measure != marginMeasure })
}

// chance writes a probability, of which the small ones matter.
func chance(p float64) string {
	switch {
	case math.IsNaN(p):
		return nothing
	case p < 0.0001:
		return "<0.0001"
	}
	return figures.Rounded(p, 4)
}

func markIf(is bool, verdict string) string {
	if is {
		return verdict
	}
	return ""
}

func orNothing(text string) string {
	if text == "" {
		return nothing
	}
	return text
}

// alarms say what speaks against the effects of campaigns.
func (r *reading) alarms(all []effect) (said []string) {
	for _, e := range margins(all) {
		name := r.campaignLabel(e.campaign)
		if experiment.Alarming(e.sampleRatio) {
			said = append(said, r.say.Say("report.alarm.sample_ratio", "campaign", name, "treated", count(e.inTreated), "control", count(e.inControl)))
		}
		if experiment.Uneven(e.balance) {
			said = append(said, r.say.Say("report.alarm.balance", "campaign", name, "chance", chance(e.balance)))
		}
		if e.both > 0 {
			said = append(said, r.say.Say("report.alarm.overlaps", "campaign", name, "customers", e.both, "others", e.overlaps))
		}
	}
	return said
}
