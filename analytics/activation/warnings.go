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
	warn := func(is bool, key string, values ...any) {
		if is {
			all = append(all, wording.Of(key, append([]any{"campaign", c.Name}, values...)...))
		}
	}
	if calendar.Day(c.Ends) <= n.day {
		warn(true, "warning.campaign_over", "ends", calendar.Format(calendar.Day(c.Ends)))
		return all
	}
	if calendar.Day(c.Starts) > n.day {
		return nil
	}
	audience := howMany(n.meets[c.Name])
	warn(audience == 0, "warning.campaign_empty")
	warn(audience > 0 && suppressed(plan, c.Name, campaign.Unreachable) == audience, "warning.campaign_unreachable", "channels", strings.Join(c.Channels, ", "))
	warn(c.Control == 0, "warning.campaign_no_control")
	warn(c.Budget > 0 && c.Cost > c.Budget, "warning.campaign_cost")
	left := suppressed(plan, c.Name, campaign.OverBudget)
	warn(c.Budget > 0 && c.Cost <= c.Budget && left > 0 && moneyLeft(plan, c.Name) < c.Cost, "warning.campaign_budget", "customers", left)
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
