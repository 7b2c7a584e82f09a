package activation

import (
	"math"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/segment/campaign"
)

// counts say what became of each campaign tonight, in the order in which they were asked.
func (n *night) counts(a *job.Activation, plan campaign.Plan) []publication.CampaignNight {
	rules := a.Rules()
	all := make([]publication.CampaignNight, 0, len(plan.Budgets))
	for _, use := range plan.Budgets {
		at := slices.IndexFunc(rules.Campaigns, func(c campaign.Campaign) bool { return c.Name == use.Campaign })
		c := rules.Campaigns[at]
		of := publication.CampaignNight{
			Campaign: c.Name, Running: c.Starts <= n.day && n.day < c.Ends, Audience: howMany(n.meets[c.Name]), Suppressed: map[string]int64{},
			Spent: use.Spent, Left: known(use.Left), Expected: known(use.ExpectedBrought), NextUnit: known(use.NextUnitBrings),
		}
		for _, l := range plan.Contacts {
			if l.Campaign == c.Name {
				of.Contacts++
			}
		}
		of.Cost = float64(of.Contacts) * c.Cost
		for _, s := range plan.Suppressed {
			if s.Campaign == c.Name && s.Customers > 0 {
				of.Suppressed[string(s.Reason)] = s.Customers
			}
		}
		of.Control = n.drawnTonight(c.Name, plan)
		all = append(all, of)
	}
	return all
}

// drawnTonight counts who was drawn into control tonight.
func (n *night) drawnTonight(name string, plan campaign.Plan) (count int64) {
	for _, a := range plan.Memory.Assignments {
		if a.Campaign == name && a.Since == n.day && a.Arm == campaign.Control {
			count++
		}
	}
	return count
}

func howMany(is []bool) (count int64) {
	for _, yes := range is {
		if yes {
			count++
		}
	}
	return count
}

// known is a number, or nil where it is not known.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
