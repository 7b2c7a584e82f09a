package report

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/campaign"
)

// Campaigns is the section about whom the shop contacts, and what that brings.
type Campaigns struct {
	Effects *Table   // what each campaign brings; nil: nobody has been drawn before tonight
	Arms    *Table   // what both arms brought
	Trials  *Table   // what these effects rest on, and what they cost
	Alarms  []string // what speaks against them
	Tonight Table    // by campaign
	Planned Table    // contacts by channel
	LeftOut *Table   // by campaign and reason; nil: nobody is
	Holdout string   // who is contacted by nobody; empty: there is no holdout
}

// addCampaigns leaves the section out without a word where the job contacts nobody: it is an
// offer of the program, and nothing is missing from the page.
func (p *Page) addCampaigns(r *reading) (err error) {
	if r.night.Activation == nil {
		return nil
	}
	effects, err := effectsOf(r.night)
	if err != nil {
		return err
	}
	s := &Campaigns{Alarms: r.alarms(effects), Tonight: r.tonightTable(), Planned: r.plannedTable(), Holdout: r.holdout()}
	if len(effects) > 0 {
		s.Effects, s.Arms, s.Trials = r.effectTable(effects), r.armTable(effects), r.trialTable(effects)
	}
	if s.LeftOut, err = r.leftOutTable(); err != nil {
		return err
	}
	p.Campaigns = s
	return nil
}

// campaignLabel is a campaign as the page names it.
func (r *reading) campaignLabel(name string) string {
	if name == campaign.HoldoutName {
		return r.say.Say("report.campaigns.all_contacts")
	}
	return name
}

// tonightTable says of the job's campaigns what became of them tonight.
func (r *reading) tonightTable() Table {
	say := r.say
	t := Table{ID: "campaigns-tonight", Caption: say.Say("report.campaigns.tonight"), Note: say.Say("report.campaigns.tonight_note")}
	t.Head = slices.Concat(texts(say.Say("report.col.campaign")), numbers(say.Say("report.col.audience"), say.Say("report.col.contacts"), say.Say("report.col.new_control"),
		say.Say("report.col.cost"), say.Say("report.col.spent"), say.Say("report.col.budget_left"), say.Say("report.col.margin_expected")))
	for _, c := range r.night.Activation.Tonight {
		t.Rows = append(t.Rows, rowOf(c.Campaign, count(c.Audience), count(c.Contacts), count(c.Control), cash(c.Cost), cash(c.Spent), cashIfKnown(c.Left), cashIfKnown(c.Expected)))
	}
	return t
}

// cashIfKnown writes an amount, and a dash where there is none.
func cashIfKnown(v *float64) string {
	if v == nil {
		return nothing
	}
	return cash(*v)
}

// plannedTable says how many contacts there are to make.
func (r *reading) plannedTable() Table {
	say := r.say
	t := Table{ID: "contacts", Caption: say.Say("report.campaigns.planned"), Note: say.Say("report.campaigns.planned_note")}
	t.Head = slices.Concat(texts(say.Say("report.col.channel")), numbers(say.Say("report.col.contacts")))
	for _, c := range r.night.Activation.Channels {
		t.Rows = append(t.Rows, rowOf(c.Channel, count(c.Contacts)))
	}
	return t
}

// leftOutTable counts who is in an audience and on no list.
func (r *reading) leftOutTable() (*Table, error) {
	say := r.say
	t := &Table{ID: "left-out", Caption: say.Say("report.campaigns.left_out")}
	t.Head = slices.Concat(texts(say.Say("report.col.campaign"), say.Say("report.col.why")), numbers(say.Say("report.col.customers")))
	err := r.night.EachRow(column.Suppressed, func(row *publication.ListRow) bool {
		t.Rows = append(t.Rows, rowOf(row.Text("campaign"), say.SayOf("report.left_out", row.Text("reason")), count(row.Count("customers"))))
		return true
	})
	if len(t.Rows) == 0 {
		return nil, err
	}
	return t, err
}

// holdout says who is contacted by nobody; nothing where nobody is.
func (r *reading) holdout() string {
	held, _ := r.night.Lists(column.HoldoutList.File)
	if held.Rows == 0 {
		return ""
	}
	return r.say.Say("report.campaigns.holdout", "customers", held.Rows, "since", r.night.Activation.HoldoutSince)
}
