package activation

import (
	"context"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/campaign"
)

// Result is a night of campaigns.
type Result struct {
	// Lists are the CSV files, by their names.
	Lists []List
	// Memory is what the next night must know.
	Memory campaign.Memory
	// Activation is what run.json says; who reads the responses adds what they were.
	Activation publication.Activation
	Warnings   []string
}

// List is a CSV file.
type List struct {
	Name    string
	Columns []publish.Col
}

// Run decides whom to contact tonight, and says what earlier contacts brought. p is the
// publication of tonight, which need not be finished, and of answers for its customers.
func Run(ctx context.Context, p *publication.Publication, of Customers, j *job.Job) (*Result, error) {
	n, err := open(ctx, p, of, j)
	if err != nil {
		return nil, err
	}
	plan, err := campaign.Decide(j.Activation.Rules(), n.input(n.day, n.expected.Uplift), n.before.memory)
	if err != nil {
		return nil, err
	}
	drawn, err := drawnCampaigns(j.Activation, n.before.campaigns, plan.Memory, n.day)
	if err != nil {
		return nil, err
	}
	first, err := oldest(j.Activation.Rules(), drawn, n.day)
	if err != nil {
		return nil, err
	}
	lifts := n.evidence.Lifts()
	r := &Result{Memory: plan.Memory.Forget(first)}
	remember(drawn, r.Memory, lifts)
	r.Activation = publication.Activation{
		HoldoutSince: dayText(plan.Memory.HoldoutSince), Campaigns: drawn, Tonight: n.counts(j.Activation, plan), Channels: channelCounts(j.Activation, plan),
	}
	tell, err := n.teller(p, wording.In(j.Output.Language))
	if err != nil {
		return nil, err
	}
	r.Lists = slices.Concat(contactLists(j.Activation, plan, tell), []List{holdoutList(j.Activation.Holdout, plan.Memory), suppressedList(plan), liftList(lifts)})
	r.Warnings = n.warnings(j, plan, lifts)
	return r, nil
}

// night is a publication as campaigns see it.
type night struct {
	*customers
	day      calendar.Day
	before   remembered
	sent     []campaign.Contact
	history  History
	evidence Evidence
	expected Expected
}

// open reads what the campaigns of a night go by.
func open(ctx context.Context, p *publication.Publication, of Customers, j *job.Job) (*night, error) {
	n := &night{day: calendar.DayOf(p.Day())}
	var err error
	if n.customers, err = readCustomers(ctx, p, of, j.Activation); err != nil {
		return nil, err
	}
	if n.before, err = recall(p, n.id); err != nil {
		return nil, err
	}
	return n, n.read(p, j)
}

// read reads what was done to customers, and what they did.
func (n *night) read(p *publication.Publication, j *job.Job) (err error) {
	if n.history, err = readHistory(p, marginOf(p, j)); err != nil {
		return err
	}
	if n.sent, err = sentOf(p, j.Activation, n.before.campaigns); err != nil {
		return err
	}
	drawn, err := n.before.measurable(j.Activation)
	if err != nil {
		return err
	}
	n.evidence = Evidence{
		AsOf: n.day, History: n.history, Assignments: drawnBefore(n.before.memory.Assignments, n.day), Campaigns: drawn, Planned: n.before.memory.Planned,
	}
	n.expected = n.evidence.Uplift(j.Activation.Rules().Campaigns, Tonight{Customers: len(n.id), Strata: n.strata(), Reach: n.reach})
	return nil
}

// drawnBefore are the assignments of nights before a day: of its own nothing is to be seen.
func drawnBefore(all []campaign.Assignment, day calendar.Day) []campaign.Assignment {
	return slices.DeleteFunc(slices.Clone(all), func(a campaign.Assignment) bool { return a.Since >= day })
}

// input is what package campaign is told of a night of this publication.
func (n *night) input(day calendar.Day, uplift map[string][]float64) campaign.Night {
	return n.night(day, n.sent, uplift)
}

// sentOf are the contacts that were made, as far as it is known of whom, of the campaigns of
// the job and of those that are remembered.
func sentOf(p *publication.Publication, a *job.Activation, before []publication.DrawnCampaign) ([]campaign.Contact, error) {
	var campaigns, channels []string
	for _, c := range before {
		campaigns, channels = append(campaigns, c.Name), append(channels, c.Channels...)
	}
	for _, c := range a.Campaigns {
		campaigns, channels = append(campaigns, c.Name), append(channels, c.Channels...)
	}
	for _, c := range a.Caps {
		channels = append(channels, c.Channel)
	}
	all, err := p.ReadResponses()
	return publication.SentContacts(all, publication.NamesOf(campaigns), publication.NamesOf(channels)), err
}

// dayText writes a day; empty: there is none.
func dayText(day calendar.Day) string {
	if day == 0 || day == calendar.NoDay {
		return ""
	}
	return calendar.Format(day)
}
