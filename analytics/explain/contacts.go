package explain

import (
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// Contacts is what the shop's campaigns have done with a customer.
type Contacts struct {
	// HeldOut tells whether nobody contacts the customer, so that it can be measured what all
	// contacts bring.
	HeldOut   bool       `json:"held_out"`
	Campaigns []Campaign `json:"campaigns"` // in order of name
}

// Campaign is a customer's place in a campaign.
type Campaign struct {
	Name string `json:"campaign"`
	// Arm is treated, control or crossed, which is both, of two ids that are one person;
	// empty: contacts are remembered, and no draw.
	Arm      campaign.Arm     `json:"arm,omitempty"`
	Since    *publication.Day `json:"since"`    // the night of the draw; null: there was none
	Contacts []Contact        `json:"contacts"` // that lists have planned, in order of day
}

// Contact is one that a list has planned.
type Contact struct {
	Day     publication.Day `json:"day"`
	Channel string          `json:"channel"`
}

// ReadContacts reads what campaigns have done with the customer; nothing where the job
// contacts nobody. It goes through all that a publication remembers of contacts, which only
// who asks for it need wait for.
func (c *Customer) ReadContacts() error {
	if c.of.Activation == nil {
		return nil
	}
	known, err := c.of.ReadMemoryOf(c.ID)
	if err != nil {
		return err
	}
	held, err := c.of.ReadListed(column.HoldoutList, column.CustomerID.Name, c.ID)
	if err != nil {
		return err
	}
	c.Contacts = &Contacts{HeldOut: len(held) > 0, Campaigns: []Campaign{}}
	c.Contacts.add(known)
	return nil
}

// add adds what is remembered of the customer. That the customer is in no holdout is no
// campaign.
func (c *Contacts) add(m campaign.Memory) {
	for _, a := range m.Assignments {
		if a.Campaign != campaign.HoldoutName {
			of := c.campaign(a.Campaign)
			of.Arm, of.Since = a.Arm, dayOrNone(a.Since)
		}
	}
	for _, p := range m.Planned {
		of := c.campaign(p.Campaign)
		of.Contacts = append(of.Contacts, Contact{publication.Day(p.Day), p.Channel})
	}
}

func dayOrNone(d calendar.Day) *publication.Day {
	if d == calendar.NoDay {
		return nil
	}
	day := publication.Day(d)
	return &day
}

// campaign is that of a name, which is added where it is not there.
func (c *Contacts) campaign(name string) *Campaign {
	at, is := slices.BinarySearchFunc(c.Campaigns, name, func(of Campaign, name string) int { return strings.Compare(of.Name, name) })
	if !is {
		c.Campaigns = slices.Insert(c.Campaigns, at, Campaign{Name: name, Contacts: []Contact{}})
	}
	return &c.Campaigns[at]
}
