package activation

import (
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/campaign"
)

// warnings are what readers of the lists should know.
func (n *night) warnings(j *job.Job, plan campaign.Plan, lifts []Lift) []string {
	say := wording.In(j.Output.Language)
	var all []string
	for _, c := range j.Activation.Campaigns {
		all = append(all, say.WordAll(n.campaignWarnings(c, plan))...)
	}
	for _, l := range lifts {
		if l.Measure == Margin && l.Overlapping > 0 {
			all = append(all, say.Say("warning.campaign_overlaps", "campaign", l.Campaign, "customers", int64(l.Overlapping), "others", strings.Join(l.Overlaps, ", ")))
		}
	}
	return all
}

func (n *night) campaignWarnings(c job.Campaign, plan campaign.Plan) (all []wording.Message) {
	if calendar.Day(c.Ends) <= n.day {
		return []wording.Message{wording.Of("warning.campaign_over", "campaign", c.Name, "ends", calendar.Format(calendar.Day(c.Ends)))}
	}
	if calendar.Day(c.Starts) > n.day {
		return nil
	}
	audience, left := howMany(n.meets[c.Name]), suppressed(plan, c.Name, campaign.OverBudget)
	if audience == 0 {
		all = append(all, wording.Of("warning.campaign_empty", "campaign", c.Name))
	}
	if audience > 0 && suppressed(plan, c.Name, campaign.Unreachable) == audience {
		all = append(all, wording.Of("warning.campaign_unreachable", "campaign", c.Name, "channels", strings.Join(c.Channels, ", ")))
	}
	if c.Control == 0 {
		all = append(all, wording.Of("warning.campaign_no_control", "campaign", c.Name))
	}
	switch {
	case c.Budget == 0:
	case c.Cost > c.Budget:
		all = append(all, wording.Of("warning.campaign_cost", "campaign", c.Name))
	case left > 0 && moneyLeft(plan, c.Name) < c.Cost:
		all = append(all, wording.Of("warning.campaign_budget", "campaign", c.Name, "customers", left))
	}
	return all
}

// suppressed is how many of a campaign's audience are on no list for a reason.
func suppressed(plan campaign.Plan, name string, why campaign.Reason) int64 {
	for _, s := range plan.Suppressed {
		if s.Campaign == name && s.Reason == why {
			return s.Customers
		}
	}
	return 0
}

// moneyLeft is what is left of a campaign's budget.
func moneyLeft(plan campaign.Plan, name string) float64 {
	at := slices.IndexFunc(plan.Budgets, func(u campaign.BudgetUse) bool { return u.Campaign == name })
	return plan.Budgets[at].Left
}
