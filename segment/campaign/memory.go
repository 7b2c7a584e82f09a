package campaign

import "clientele/internal/calendar"

// Memory is what a night leaves to the next. Ids are as published then: whoever reads it
// back gives each the id that it has tonight. Two assignments of one customer may meet that
// way; order does not matter then.
type Memory struct {
	Assignments []Assignment // in order of campaign and customer
	Planned     []Contact    // by lists, in order of day, customer and channel
	// Forgotten counts the contacts of campaigns that lists have planned and Planned has no
	// more: see Forget.
	Forgotten map[string]int
	// HoldoutSince is the day on which the holdout in force was drawn first; 0 and
	// calendar.NoDay: none was drawn yet.
	HoldoutSince calendar.Day
}

// HoldoutName is the experiment of the holdout: an Assignment's Campaign. No campaign may
// have the name.
const HoldoutName = "holdout"

// Arm is what an experiment does with a customer.
type Arm string

// The arms.
const (
	Treated Arm = "treated" // contacted; in the holdout's experiment, may be
	Control Arm = "control" // not contacted
	Both    Arm = "crossed" // two ids of both arms are one person: of no use for the effect
)

// Assignment is a customer's place in an experiment. It is drawn once and kept.
type Assignment struct {
	Campaign string
	Customer string
	Arm      Arm
	Since    calendar.Day // the night of the draw
	Share    float64      // of control when it was drawn
	Explored bool         // drawn by lot, and not chosen by expected uplift
	Forecast float64      // as of the draw
	Strata   []string     // as of the draw, then the channel
	// Entries counts how often the customer has come into the audience, and In tells
	// whether they were in it on the night that remembers.
	Entries int
	In      bool
	// Parted: it is that of a person from whom the customer has been parted since. It keeps
	// the customer where they were, and counts for no effect and no money.
	Parted bool
}
