package activation

import (
	"cmp"
	"fmt"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// drawnCampaigns are the campaigns that have drawn anybody by tonight, in order of name: as
// the job has them or, where they have ended by then or it has them no more, as they were
// on the night before. What is said of the past does not change with the job file.
func drawnCampaigns(a *job.Activation, before []publication.DrawnCampaign, m campaign.Memory, day calendar.Day) ([]publication.DrawnCampaign, error) {
	known := map[string]publication.DrawnCampaign{}
	for _, c := range a.Campaigns {
		known[c.Name] = publication.DrawnCampaign{
			Name: c.Name, Starts: calendar.Format(calendar.Day(c.Starts)), Ends: calendar.Format(calendar.Day(c.Ends)),
			Cost: c.Cost, Control: c.Control, Channels: c.Channels,
		}
	}
	for _, c := range before {
		ends, err := calendar.Parse(c.Ends)
		if err != nil {
			return nil, fmt.Errorf("activation: what is remembered of campaign %q: %w", c.Name, err)
		}
		if _, still := known[c.Name]; !still || ends <= day {
			known[c.Name] = c
		}
	}
	var all []publication.DrawnCampaign
	for _, name := range namesDrawn(m.Assignments) {
		if c, is := known[name]; is {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b publication.DrawnCampaign) int { return cmp.Compare(a.Name, b.Name) })
	return all, nil
}

// remember adds to campaigns what the next night will not find again: contacts that are
// forgotten, and overlaps that were read with them.
func remember(drawn []publication.DrawnCampaign, m campaign.Memory, lifts []Lift) {
	for i := range drawn {
		c := &drawn[i]
		c.ForgottenContacts = m.Forgotten[c.Name]
		for _, l := range lifts {
			if l.Campaign == c.Name && l.Measure == Margin {
				c.Overlaps, c.Overlapping = l.Overlaps, l.Overlapping
			}
		}
	}
}

// oldest is the first day whose contacts are remembered: caps may ask for those from then
// on, or a campaign that is still read has begun by then and may overlap with them.
func oldest(rules campaign.Rules, drawn []publication.DrawnCampaign, day calendar.Day) (calendar.Day, error) {
	first := rules.Oldest(day)
	for _, c := range drawn {
		starts, err := calendar.Parse(c.Starts)
		if err != nil {
			return 0, fmt.Errorf("activation: the start of campaign %q: %w", c.Name, err)
		}
		ends, err := calendar.Parse(c.Ends)
		if err != nil {
			return 0, fmt.Errorf("activation: the end of campaign %q: %w", c.Name, err)
		}
		if (campaign.Campaign{Ends: ends}).Open(day) {
			first = min(first, starts)
		}
	}
	return first, nil
}

// namesDrawn are the experiments of assignments, each once.
func namesDrawn(all []campaign.Assignment) (names []string) {
	seen := map[string]bool{}
	for _, a := range all {
		if !seen[a.Campaign] {
			seen[a.Campaign] = true
			names = append(names, a.Campaign)
		}
	}
	return names
}

// measurable are the campaigns that a night remembers as effects need them, with the holdout
// where one was drawn.
func (r remembered) measurable(a *job.Activation) ([]Drawn, error) {
	var all []Drawn
	for _, c := range r.campaigns {
		ends, err := calendar.Parse(c.Ends)
		if err != nil {
			return nil, fmt.Errorf("activation: what is remembered of campaign %q: %w", c.Name, err)
		}
		d := Drawn{Name: c.Name, Ends: ends, Cost: c.Cost, Channels: c.Channels, Forgotten: c.ForgottenContacts}
		if !(campaign.Campaign{Ends: ends}).Open(r.day) {
			d.Overlap = &Overlap{c.Overlaps, c.Overlapping}
		}
		all = append(all, d)
	}
	since := r.memory.HoldoutSince
	if since == 0 || since == calendar.NoDay {
		return all, nil
	}
	holdout := Drawn{Name: campaign.HoldoutName, Ends: calendar.NoDay}
	if h := a.Holdout; h != nil && !h.Refresh.Period().IsZero() {
		holdout.Ends = h.Refresh.Period().After(since, 1)
	}
	return append(all, holdout), nil
}
