package campaign

import "clientele/internal/calendar"

// Night is what is known of tonight. Columns have one entry per customer, in the order of
// ID.
type Night struct {
	Day calendar.Day
	ID  []string // ascending
	// Blocked says why a customer is contacted by nobody: a word of [Reason] such as
	// NoConsent; empty: may be contacted.
	Blocked []Reason
	// Reach says of each channel whom it reaches; a channel that is not here reaches all.
	Reach map[string][]bool
	// Audience says of each campaign, by name, who fulfils its condition tonight.
	Audience map[string][]bool
	// Uplift says of each campaign what a contact is expected to bring in margin, before its
	// cost, by what was measured so far; NaN: not known of this customer. A campaign that is
	// not here has not been measured: who gets its money is decided by lot.
	Uplift map[string][]float64
	// Forecast is the margin expected of each customer, fixed before the draw (CUPED's X).
	Forecast []float64
	// Strata are the labels by which effects are told apart, one column each: stage, tier,
	// segment, value at risk and the chance of a next purchase, by classes.
	Strata [][]string
	// Sent are the contacts that were made, of all times, as the responses say. Those of Day
	// and after it are not looked at: a list knows what was sent before its day, so that
	// making it again later gives the same list.
	Sent []Contact
}

// Contact is one message to one customer on one day.
type Contact struct {
	Customer string // as published tonight
	Campaign string // empty: of no campaign that is known
	Channel  string
	Day      calendar.Day
	// Parted: it was made to a person from whom the customer has been parted since, and whose it
	// is. It counts for the caps of both, and for the money once.
	Parted bool
}

// Reason says why a customer who fulfils the condition of a campaign is not on its list.
type Reason string

// The reasons, in the order in which they are asked.
const (
	NoConsent    Reason = "no_consent"     // none was given, or it was withdrawn
	Provenance   Reason = "provenance"     // their details come from where they must not
	Unsubscribed Reason = "unsubscribed"   // by a response
	Complained   Reason = "complained"     // by a response
	Excluded     Reason = "excluded"       // activation.exclude names them
	InHoldout    Reason = "holdout"        // nobody contacts them
	InControl    Reason = "control"        // the experiment does not contact them
	Crossed      Reason = "crossed"        // two ids of both arms turned out to be one person
	Contacted    Reason = "contacted"      // the campaign has contacted them, or planned to
	Returned     Reason = "returned"       // as Contacted, and they left the audience in between
	Unreachable  Reason = "unreachable"    // by none of the campaign's channels
	Capped       Reason = "cap"            // as many contacts as caps allow
	Taken        Reason = "other_campaign" // another campaign has them tonight
	OverBudget   Reason = "budget"         // the money goes to others, or would not come back
)
