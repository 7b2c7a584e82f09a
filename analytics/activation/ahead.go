package activation

import (
	"context"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// Preview is a campaign before anything is sent: what its first night to come would be, for
// the customers of a publication.
type Preview struct {
	Campaign string
	Day      calendar.Day // the night: the next one, or that on which the campaign starts
	Over     bool         // there is no such night
	Audience int64        // fulfil its condition
	Treated  int64        // would be on its lists
	Control  int64        // would be drawn not to be contacted
	Channels []publication.ChannelCount
	Cost     float64 // of the contacts
	Ahead            // what the arms can tell
}

// Eligible are those who would enter: in either arm.
func (p Preview) Eligible() int64 { return p.Treated + p.Control }

// Previews are the campaigns of a job as they would go for the customers of a publication,
// which is the newest. Nothing of it is remembered.
func Previews(ctx context.Context, p *publication.Publication, of Customers, j *job.Job) ([]Preview, error) {
	n, err := openNext(ctx, p, of, j)
	if err != nil {
		return nil, err
	}
	plans := map[calendar.Day]campaign.Plan{}
	var all []Preview
	for _, c := range j.Activation.Rules().Campaigns {
		day := n.nextNight(c)
		preview := Preview{Campaign: c.Name, Day: day, Over: day >= c.Ends, Audience: howMany(n.meets[c.Name])}
		if !preview.Over {
			plan, known := plans[day]
			if !known {
				if plan, err = campaign.Decide(j.Activation.Rules(), n.input(day, n.expected.Uplift), n.before.memory); err != nil {
					return nil, err
				}
				plans[day] = plan
			}
			n.preview(&preview, c, plan)
		}
		all = append(all, preview)
	}
	return all, nil
}

// openNext opens a publication as the night after it will see it.
func openNext(ctx context.Context, p *publication.Publication, of Customers, j *job.Job) (*night, error) {
	n := &night{day: calendar.DayOf(p.Day())}
	var err error
	if n.customers, err = readCustomers(ctx, p, of, j.Activation); err != nil {
		return nil, err
	}
	if _, decided := p.Lists(publication.AssignmentsFile); !decided || p.Activation == nil {
		n.before, err = recall(p, n.id)
	} else if n.before.memory, err = p.ReadMemory(); err == nil {
		n.before.day, n.before.campaigns = n.day, p.Activation.Campaigns
	}
	if err != nil {
		return nil, err
	}
	return n, n.read(p, j)
}

// nextNight is the first night to come on which customers may enter a campaign.
func (n *night) nextNight(c campaign.Campaign) calendar.Day { return max(n.day+1, c.Starts) }

// preview fills in what a plan says of a campaign.
func (n *night) preview(p *Preview, c campaign.Campaign, plan campaign.Plan) {
	var entered []string
	for _, a := range plan.Memory.Assignments {
		if a.Campaign != c.Name || a.Since != p.Day {
			continue
		}
		if entered = append(entered, a.Customer); a.Arm == campaign.Control {
			p.Control++
		}
	}
	for _, channel := range c.Channels {
		of := publication.ChannelCount{Channel: channel}
		for _, l := range plan.Contacts {
			if l.Campaign == c.Name && l.Channel == channel {
				of.Contacts++
			}
		}
		p.Treated += of.Contacts
		p.Channels = append(p.Channels, of)
	}
	p.Cost = float64(p.Treated) * c.Cost
	if len(entered) > 0 {
		p.Ahead = n.history.SizeAhead(slices.Clip(entered), n.day, n.day+c.Ends-p.Day, int(p.Treated), int(p.Control))
	}
}
