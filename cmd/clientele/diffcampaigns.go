package main

import (
	"clientele/analytics/compare"
	"clientele/segment/campaign"
)

// printCampaignChanges says of each campaign what was planned since the older night, what it
// came to by the newer one, and whether its effect is read in another way.
func printCampaignChanges(p *printer, r *compare.Report) {
	if len(r.Campaigns) == 0 {
		return
	}
	rows := make([][]any, len(r.Campaigns))
	for i, c := range r.Campaigns {
		contacts, spent := changed(c.Contacts), moneyChanged(c.Spent)
		if c.Campaign == campaign.HoldoutName { // which contacts nobody
			contacts, spent = "", ""
		}
		rows[i] = []any{
			c.Campaign, figure(thousands(c.Entered)), figure(thousands(c.Returned)), contacts, changed(c.Treated), changed(c.Control), spent,
			brought(c), verdictChanged(p, c),
		}
	}
	p.table([]any{
		p.in.Say("activation.campaign"), p.in.Say("diff.entered"), p.in.Say("diff.returned"), p.in.Say("activation.contacts"), p.in.Say("diff.treated"),
		p.in.Say("activation.control"), p.in.Say("activation.spent"), p.in.Say("diff.brought"), p.in.Say("diff.verdict"),
	}, rows)
	for _, c := range r.Campaigns {
		if n := c.Crossed.New - c.Crossed.Old; n > 0 {
			p.say("diff.crossed", "campaign", c.Campaign, "customers", n)
		}
	}
	p.line("")
}

// changed is a number as it is now, with what came to it: 113 (+20).
func changed(c compare.Change[int64]) figure {
	if c.New == c.Old {
		return figure(thousands(c.New))
	}
	return figure(thousands(c.New) + " (" + signed(c.New-c.Old) + ")")
}

func moneyChanged(c compare.Change[float64]) figure {
	now, by := cents(c.New), cents(c.New-c.Old)
	switch {
	case c.New > c.Old:
		return now + " (+" + by + ")"
	case c.New < c.Old:
		return now + " (" + by + ")"
	}
	return now
}

// brought is the margin that a campaign's contacts have brought by now; empty: not known.
func brought(c compare.Campaign) any { return centsIfKnown(c.Brought.New) }

// verdictChanged is the verdict, after the former one where that was another.
func verdictChanged(p *printer, c compare.Campaign) string {
	word := func(verdict string) string {
		if verdict == "" {
			return p.in.Say("diff.no_verdict")
		}
		return p.in.SayOf("report.effect", verdict)
	}
	if c.VerdictChanged() && c.Verdict.Old != "" {
		return p.in.Say("diff.verdict_was", "old", word(c.Verdict.Old), "new", word(c.Verdict.New))
	}
	return word(c.Verdict.New)
}
