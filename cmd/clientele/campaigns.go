package main

import (
	"math"

	"clientele/analytics"
	"clientele/analytics/activation"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/figures"
)

// printCampaigns says whom to contact tonight.
func printCampaigns(p *printer, r *analytics.Result) {
	a := r.Activation
	if a == nil || len(a.Tonight) == 0 {
		return
	}
	var rows [][]any
	for _, c := range a.Tonight {
		if c.Running {
			rows = append(rows, []any{c.Campaign, count(c.Audience), count(c.Contacts), count(c.Control), cents(c.Cost), cents(c.Spent), centsIfKnown(c.Left)})
		}
	}
	if len(rows) == 0 {
		p.say("activation.none_running")
	} else {
		p.table([]any{
			p.in.Say("activation.campaign"), p.in.Say("activation.audience"), p.in.Say("activation.contacts"), p.in.Say("activation.control"),
			p.in.Say("activation.cost"), p.in.Say("activation.spent"), p.in.Say("activation.left"),
		}, rows)
	}
	p.line("")
}

// printPreviews says what campaigns would be, before anything is sent.
func printPreviews(p *printer, j *job.Job, found *analytics.CampaignFindings) {
	if found == nil {
		return
	}
	p.line("")
	switch {
	case found.AsOf == "":
		p.say("activation.no_publication")
		return
	case found.Unknown != "":
		p.say("activation.cannot_tell", "as_of", found.AsOf, "why", found.Unknown)
		return
	}
	p.say("activation.previews", "as_of", found.AsOf)
	var rows [][]any
	for _, c := range found.Previews {
		row := []any{c.Campaign, "", count(c.Audience), count(c.Eligible()), count(c.Treated), count(c.Control), contactsText(p, c.Channels), cents(c.Cost), detectable(c.Ahead)}
		if row[1] = calendar.Format(c.Day); c.Over {
			row[1] = p.in.Say("activation.over")
		}
		rows = append(rows, row)
	}
	p.table([]any{
		p.in.Say("activation.campaign"), p.in.Say("activation.night"), p.in.Say("activation.audience"), p.in.Say("activation.eligible"), p.in.Say("activation.treated"),
		p.in.Say("activation.control"), p.in.Say("activation.channels"), p.in.Say("activation.cost"), p.in.Say("activation.detectable"),
	}, rows)
	p.say("activation.detectable_means")
	for i, c := range found.Previews {
		if j.Activation.Campaigns[i].Control == 0 {
			p.say("activation.no_control", "campaign", c.Campaign)
		}
	}
}

// contactsText writes how many are contacted by each channel.
func contactsText(p *printer, channels []publication.ChannelCount) string {
	texts := make([]string, len(channels))
	for i, c := range channels {
		texts[i] = c.Channel + " " + thousands(c.Contacts)
	}
	return p.in.Row(texts...)
}

// detectable writes the least effect that would be found, in money and as a share.
func detectable(a activation.Ahead) figure {
	if math.IsNaN(a.Detectable) || math.IsInf(a.Detectable, 0) || a.Detectable == 0 {
		return "-"
	}
	text := string(cents(a.Detectable))
	if !math.IsNaN(a.Share) && !math.IsInf(a.Share, 0) {
		text += " (" + string(percent(a.Share)) + ")"
	}
	return figure(text)
}

func count(n int64) figure { return figure(thousands(n)) }

// cents writes money to the cent: contacts cost little.
func cents(v float64) figure {
	const toTheCent figures.MoneyFormat = "#,###.##"
	return figure(toTheCent.Money(v))
}

// centsIfKnown is the same of what may not be known.
func centsIfKnown(v *float64) figure {
	if v == nil {
		return "-"
	}
	return cents(*v)
}
