package compare

import (
	"maps"
	"math"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// Campaign is what was planned and found of a campaign, or of the holdout, between two
// nights. A number is of all nights up to that one; an Old without the campaign is 0.
type Campaign struct {
	Campaign string          `json:"campaign"`
	Contacts Change[int64]   `json:"contacts"` // planned by lists
	Spent    Change[float64] `json:"spent"`    // on them, at the cost that each night states
	Treated  Change[int64]   `json:"treated"`  // customers of the arm; of the holdout: who may be contacted
	Control  Change[int64]   `json:"control"`  // of the holdout: whom nobody contacts
	Crossed  Change[int64]   `json:"crossed"`  // of both arms, two ids having turned out to be one person
	Entered  int64           `json:"entered"`  // drawn since the older night
	// Returned are customers who were drawn by then, have left the audience and came back.
	Returned int64          `json:"returned"`
	Verdict  Change[string] `json:"verdict"` // of the margin, as in lift.csv; empty: none was read
	// Brought is the effect on the margin of all who were treated; null: it is not known.
	Brought Change[*float64] `json:"brought"`
}

// VerdictChanged tells whether the newer night has another verdict.
func (c Campaign) VerdictChanged() bool { return c.Verdict.Old != c.Verdict.New }

// campaignNight is what one night says of campaigns.
type campaignNight struct {
	assignments map[string]map[string]campaign.Assignment // by campaign and customer
	contacts    map[string]int64
	cost        map[string]float64 // of a contact
	verdict     map[string]string
	brought     map[string]*float64
}

// campaigns lays the campaigns of both nights side by side, in order of name; nil: neither
// night has any.
func (p pair) campaigns() ([]Campaign, error) {
	was, err := p.older.readCampaigns()
	if err != nil {
		return nil, err
	}
	is, err := p.newer.readCampaigns()
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, night := range []*campaignNight{was, is} {
		for name := range night.assignments {
			names[name] = true
		}
		for name := range night.contacts {
			names[name] = true
		}
	}
	var all []Campaign
	for _, name := range slices.Sorted(maps.Keys(names)) {
		all = append(all, campaignBetween(name, was, is, p.older.day))
	}
	return all, nil
}

func campaignBetween(name string, was, is *campaignNight, since calendar.Day) Campaign {
	c := Campaign{
		Campaign: name,
		Contacts: Change[int64]{was.contacts[name], is.contacts[name]},
		Spent:    Change[float64]{was.spent(name), is.spent(name)},
		Treated:  Change[int64]{was.in(name, campaign.Treated), is.in(name, campaign.Treated)},
		Control:  Change[int64]{was.in(name, campaign.Control), is.in(name, campaign.Control)},
		Crossed:  Change[int64]{was.in(name, campaign.Both), is.in(name, campaign.Both)},
		Verdict:  Change[string]{was.verdict[name], is.verdict[name]},
		Brought:  Change[*float64]{was.brought[name], is.brought[name]},
	}
	for customer, a := range is.assignments[name] {
		then, known := was.assignments[name][customer]
		switch {
		case a.Since > since:
			c.Entered++
		case known && a.Entries > then.Entries:
			c.Returned++
		}
	}
	return c
}

// in counts the customers of an arm.
func (n *campaignNight) in(name string, arm campaign.Arm) (count int64) {
	for _, a := range n.assignments[name] {
		if a.Arm == arm {
			count++
		}
	}
	return count
}

func (n *campaignNight) spent(name string) float64 {
	return float64(n.contacts[name]) * n.cost[name]
}

// readCampaigns reads what a night says; nothing where the job had no campaigns.
func (p *Publication) readCampaigns() (*campaignNight, error) {
	n := &campaignNight{
		assignments: map[string]map[string]campaign.Assignment{}, contacts: map[string]int64{}, cost: map[string]float64{},
		verdict: map[string]string{}, brought: map[string]*float64{},
	}
	if p.files.Activation == nil {
		return n, nil
	}
	memory, err := p.files.ReadMemory()
	if err != nil {
		return nil, err
	}
	for _, a := range memory.Assignments {
		if a.Parted { // it is another's, who is counted
			continue
		}
		if n.assignments[a.Campaign] == nil {
			n.assignments[a.Campaign] = map[string]campaign.Assignment{}
		}
		n.assignments[a.Campaign][a.Customer] = a
	}
	for _, c := range memory.Planned {
		if !c.Parted {
			n.contacts[c.Campaign]++
		}
	}
	for name, forgotten := range memory.Forgotten {
		n.contacts[name] += int64(forgotten)
	}
	for _, c := range p.files.Activation.Campaigns {
		n.cost[c.Name] = c.Cost
	}
	return n, ignoreAbsent(n.readLift(p.files))
}

// readLift reads what campaigns brought in margin.
func (n *campaignNight) readLift(p *publication.Publication) error {
	const margin = "margin" // the measure whose row has the money
	return p.EachRow(column.Lift, func(row *publication.ListRow) bool {
		if row.Text("measure") == margin {
			name := strings.Clone(row.Text("campaign"))
			n.verdict[name] = strings.Clone(row.Text("verdict"))
			if total := row.Number("total"); !math.IsNaN(total) {
				n.brought[name] = &total
			}
		}
		return true
	})
}
