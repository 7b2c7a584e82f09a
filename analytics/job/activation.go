package job

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// Activation says whom the shop contacts, and what came of it.
type Activation struct {
	Seed    string   `json:"seed"` // of all draws
	Caps    []Cap    `json:"caps,omitempty"`
	Holdout *Holdout `json:"holdout,omitempty"` // nil: none
	Exclude string   `json:"exclude,omitempty"` // CSV of customers whom nobody contacts; empty: none
	// Reach says by channel whom it reaches: a SQL condition over the columns of customers. A
	// channel that is not here reaches everybody.
	Reach     map[string]string `json:"reach,omitempty"`
	Campaigns []Campaign        `json:"campaigns,omitempty"`
	Responses []Responses       `json:"responses,omitempty"`

	// places holds where each of its values stands; see Position.
	places map[string]Position
}

// Cap limits how often a customer is contacted within days that follow one another.
type Cap struct {
	Channel  string `json:"channel,omitempty"` // empty: all channels together
	Contacts int    `json:"contacts"`
	Days     int    `json:"days"`
}

// Holdout is a share of all customers whom nobody contacts.
type Holdout struct {
	Share   float64 `json:"share"`
	Refresh Span    `json:"refresh"` // None: the customers drawn stay
}

// Campaign is one offer to one audience.
type Campaign struct {
	Name     string   `json:"name"`
	Audience string   `json:"audience"` // a SQL condition over the columns of customers
	Channels []string `json:"channels"` // the first that reaches a customer is taken
	Offer    string   `json:"offer,omitempty"`
	Starts   Date     `json:"starts"` // customers enter from this day on
	Ends     Date     `json:"ends"`   // on which the effect is read; the day before is the last to enter
	Control  float64  `json:"control"`
	Cost     float64  `json:"cost"` // of a contact, in the job's currency
	// Budget is for all contacts of the campaign, in the job's currency; 0: none is set. Explore
	// is the share of it that goes to customers drawn by lot.
	Budget   float64 `json:"budget,omitempty"`
	Explore  float64 `json:"explore"`
	Priority int     `json:"priority"` // 1 comes first
}

// Date is a day that the job file names.
type Date calendar.Day

// MarshalText writes the day as the job file does.
func (d Date) MarshalText() ([]byte, error) { return calendar.Append(nil, calendar.Day(d)), nil }

// MarshalJSON leaves explore out where no budget is: it goes with one.
func (c Campaign) MarshalJSON() ([]byte, error) {
	type plain Campaign
	if c.Budget > 0 {
		return json.Marshal(plain(c))
	}
	return json.Marshal(struct {
		plain
		Explore string `json:"explore,omitempty"`
	}{plain: plain(c)})
}

// Binds tells whether activation knows customers whom nobody may contact.
func (a *Activation) Binds() bool {
	return a != nil && (a.Exclude != "" || len(a.Responses) > 0)
}

// Position tells where the value of a key of activation stands, so that a complaint about it
// can point there: `exclude`, `reach.email`, `campaigns.0.audience`. A key that was not given
// has the zero position.
func (a *Activation) Position(key string) Position { return a.places[key] }

// Condition is a SQL condition over the columns of customers that activation has.
type Condition struct {
	Key string // from the job file's root down: activation.campaigns.0.audience
	At  Position
	SQL string
}

// Conditions are the conditions of activation: whom channels reach, in order of their
// names, and the audiences of campaigns.
func (a *Activation) Conditions() (all []Condition) {
	add := func(key, sql string) {
		all = append(all, Condition{Key: activationKey + "." + key, At: a.Position(key), SQL: sql})
	}
	for _, channel := range slices.Sorted(maps.Keys(a.Reach)) {
		add("reach."+channel, a.Reach[channel])
	}
	for i, c := range a.Campaigns {
		add("campaigns."+strconv.Itoa(i)+".audience", c.Audience)
	}
	return all
}

// Rules are what activation says in the terms of package campaign.
func (a *Activation) Rules() campaign.Rules {
	rules := campaign.Rules{Seed: a.Seed}
	for _, c := range a.Caps {
		rules.Caps = append(rules.Caps, campaign.Cap(c))
	}
	if h := a.Holdout; h != nil {
		rules.Holdout = &campaign.Holdout{Share: h.Share, Refresh: h.Refresh.Period()}
	}
	for _, c := range a.Campaigns {
		rules.Campaigns = append(rules.Campaigns, campaign.Campaign{
			Name: c.Name, Channels: c.Channels, Starts: calendar.Day(c.Starts), Ends: calendar.Day(c.Ends),
			Control: c.Control, Cost: c.Cost, Budget: c.Budget, Explore: c.Explore, Priority: c.Priority,
		})
	}
	return rules
}
