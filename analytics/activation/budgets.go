package activation

import (
	"context"
	"math"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
	"clientele/segment/experiment"
)

// BudgetPlan says what budgets would bring on the night after a publication.
type BudgetPlan struct {
	Name     string          `json:"name"`
	AsOf     string          `json:"as_of"` // of the publication
	Night    publication.Day `json:"night"` // for which it is
	Currency string          `json:"currency,omitempty"`
	// All are all campaigns together, and Campaigns each alone, as if the others were not.
	All       []BudgetRow      `json:"all"`
	Campaigns []CampaignBudget `json:"campaigns"`
}

// CampaignBudget is what budgets for one campaign would bring.
type CampaignBudget struct {
	Campaign string `json:"campaign"`
	// Measured tells whether it is known what its contacts bring: by what it brought itself,
	// or by campaigns that are like it.
	Measured bool `json:"measured"`
	// Proved tells whether all effects that it rests on are known from 0. What is not proved is
	// a guess.
	Proved  bool        `json:"proved"`
	RestsOn []BasisRow  `json:"rests_on"`
	Rows    []BudgetRow `json:"budgets"`
}

// BasisRow is a campaign that was measured, on which what is expected of another rests, or
// itself.
type BasisRow struct {
	Campaign  string             `json:"campaign"`
	Verdict   experiment.Verdict `json:"verdict"`
	Customers int                `json:"customers"` // of both arms
	// Needed is how many customers it takes to prove an effect of the size that was seen;
	// null: none was seen.
	Needed *float64 `json:"needed"`
}

// restsOn fills in what is expected of a campaign by.
func (c *CampaignBudget) restsOn(all []Basis) {
	c.Measured, c.RestsOn = len(all) > 0, []BasisRow{}
	c.Proved = c.Measured
	for _, b := range all {
		c.Proved = c.Proved && b.Verdict.Proved()
		c.RestsOn = append(c.RestsOn, BasisRow{b.Campaign, b.Verdict, b.Customers, known(b.Needed)})
	}
}

// BudgetRow is one budget.
type BudgetRow struct {
	Budget     float64 `json:"budget"`
	Contacts   int64   `json:"contacts"`
	Unmeasured int64   `json:"unmeasured"` // of these, of whom it is not known what they bring
	Cost       float64 `json:"cost"`
	// Expected is the margin that the contacts bring of whom it is known, before their cost;
	// null: of none. NextUnit is the margin of one more unit of money; null: not known.
	Expected *float64 `json:"expected"`
	NextUnit *float64 `json:"next_unit"`
}

// Budgets says what budgets would bring tonight, or on the first night on which a campaign
// starts. p is the newest publication. Where no campaign is to come, the plan has none.
func Budgets(ctx context.Context, p *publication.Publication, of Customers, j *job.Job, budgets []float64) (*BudgetPlan, error) {
	n, err := openNext(ctx, p, of, j)
	if err != nil {
		return nil, err
	}
	rules := j.Activation.Rules()
	plan := &BudgetPlan{Name: j.Name, AsOf: p.AsOf, Currency: j.Currency}
	day, some := n.firstNight(rules.Campaigns)
	if !some {
		return plan, nil
	}
	plan.Night = publication.Day(day)
	if plan.All, err = n.budgets(rules, day, budgets); err != nil {
		return nil, err
	}
	for _, c := range rules.Campaigns {
		if c.Starts > day || day >= c.Ends {
			continue
		}
		alone := rules
		alone.Campaigns = []campaign.Campaign{c}
		of := CampaignBudget{Campaign: c.Name}
		of.restsOn(n.expected.RestsOn[c.Name])
		if of.Rows, err = n.budgets(alone, day, budgets); err != nil {
			return nil, err
		}
		plan.Campaigns = append(plan.Campaigns, of)
	}
	return plan, nil
}

// firstNight is the first to come on which customers may enter a campaign.
func (n *night) firstNight(of []campaign.Campaign) (first calendar.Day, some bool) {
	for _, c := range of {
		if day := n.nextNight(c); day < c.Ends && (!some || day < first) {
			first, some = day, true
		}
	}
	return first, some
}

func (n *night) budgets(rules campaign.Rules, day calendar.Day, budgets []float64) ([]BudgetRow, error) {
	curves, err := campaign.Budgets(rules, n.input(day, n.expected.Uplift), n.before.memory, budgets)
	if err != nil {
		return nil, err
	}
	rows := make([]BudgetRow, len(curves))
	for i, c := range curves {
		expected := c.Expected
		if c.Contacts > 0 && c.Unmeasured == c.Contacts {
			expected = math.NaN()
		}
		rows[i] = BudgetRow{Budget: c.Budget, Contacts: c.Contacts, Unmeasured: c.Unmeasured, Cost: c.Cost, Expected: known(expected), NextUnit: known(c.NextUnitBrings)}
	}
	return rows, nil
}
