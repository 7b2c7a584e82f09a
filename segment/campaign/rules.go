package campaign

import "clientele/internal/calendar"

// Rules are what a job says of contacts.
type Rules struct {
	// Seed is the key of all draws: another seed draws other arms.
	Seed      string
	Caps      []Cap
	Holdout   *Holdout // nil: none
	Campaigns []Campaign
}

// Cap limits how often a customer is contacted: so many contacts, at most, within so many
// days that follow one another.
type Cap struct {
	Channel  string // empty: all channels together
	Contacts int
	Days     int
}

// Holdout is a share of all customers whom nobody contacts. It is drawn anew after a period.
type Holdout struct {
	Share   float64
	Refresh calendar.Period // zero: never
}

// Campaign is one offer to one audience.
type Campaign struct {
	Name     string
	Channels []string // the first that reaches a customer is taken
	// Customers enter from Starts on, up to the day before Ends. On Ends the effect is read.
	Starts, Ends calendar.Day
	Control      float64 // share of those who enter who are not contacted; 0: nothing can be measured
	Cost         float64 // of a contact, in the job's currency
	Budget       float64 // for all contacts of the campaign, in the job's currency; 0: none is set
	Explore      float64 // share of the budget that goes to customers drawn by lot
	Priority     int     // 1 comes first
}
