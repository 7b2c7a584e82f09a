package simulate

import "time"

// Unit is the unit of model time that Params are in.
type Unit string

// The units of model time. A month has 30.4375 days.
const (
	Day   Unit = "day"
	Week  Unit = "week"
	Month Unit = "month"
)

// days is the length of the unit in days; 0 for an unknown unit.
func (u Unit) days() float64 {
	switch u {
	case Day:
		return 1
	case Week:
		return 7
	case Month:
		return 30.4375
	}
	return 0
}

// Options say what is simulated. Start from Defaults or Preset: the zero value
// is not valid.
type Options struct {
	// Customers is how many customers there are, each with at least one order.
	Customers int
	// Start and End are the first and the last calendar day of the export.
	// Only year, month and day count.
	Start, End time.Time
	// AcquisitionDays is over how many days from Start the first purchases are
	// spread, evenly; 0 means the whole span.
	AcquisitionDays int

	// Model is the law of how customers buy and leave; see Models.
	Model string
	// Unit is the unit of time of Params.
	Unit Unit
	// Params are the model's parameters by the papers' letters.
	Params map[string]float64
	// Spend says how much a purchase comes to.
	Spend Spend
	// Profiles are the shares of customers who do not follow the model.
	Profiles Profiles

	// Lines is the mean number of lines of an order, at least 1.
	Lines float64
	// Categories, Channels and Regions are the labels in use, commonest first;
	// without labels the column is empty.
	Categories, Channels, Regions []string
	// Products is the number of products in each category.
	Products int
	// Opens and Closes are the hours of the day between which people buy,
	// 0 <= Opens < Closes <= 24.
	Opens, Closes int
	// ReturnShare is the share of orders of which something is brought back
	// within 30 days. Returns after End are not in the export.
	ReturnShare float64
	// Mess is the share of rows that are damaged; see Flaw.
	Mess float64

	// Accounts is how many customers are accounts, below which others stand; 0: none, and the
	// export has no column account. The first customers are; see plan.account.
	Accounts int

	// Contacts are messages of campaigns to customers, in any order; one that stands there
	// twice counts once. Effects say what they do: the first that fits holds. Answers are
	// the chances of what engines report of them. Each Outcome is handed to Outcomes, in the
	// order of customers and days, from one goroutine; nil: nobody asks.
	Contacts []Contact
	Effects  []Effect
	Answers  Answers
	Outcomes func(Outcome) error

	// Seed chooses the random numbers: the same options give the same bytes.
	Seed uint64
	// SortByTime puts the rows in order of time. All rows are then held in
	// memory, about 250 bytes each.
	SortByTime bool
	// Workers is how many customers are made at once; 0 means one for each
	// processor. It has no influence on the result.
	Workers int
}

// Spend holds the parameters of the gamma-gamma model of spend per purchase,
// in the export's currency: z ~ Gamma(P, rate nu), and over customers
// nu ~ Gamma(Q, rate Gamma). The mean over customers is P*Gamma/(Q-1), which
// exists for Q > 1.
//
// Source: Fader and Hardie (2013), "The Gamma-Gamma Model of Monetary Value",
// http://www.brucehardie.com/notes/025/.
type Spend struct {
	P, Q, Gamma float64
}

// Profiles are shares of customers, each from 0 to 1 and together at most 1,
// who live by a course of life instead of the model, so that every lifecycle
// stage shows in a small export. The rest follow the model.
type Profiles struct {
	// Steady customers buy at one rate to the end.
	Steady float64
	// Sudden customers buy at one rate and then stop for good.
	Sudden float64
	// Gradual customers buy more and more rarely.
	Gradual float64
	// Returning customers pause for a long time and then come back.
	Returning float64
	// Drifting customers buy on at one rate but leave their favourite
	// category for another.
	Drifting float64
	// Gap is the mean number of days between purchases of an active customer
	// of these kinds; single customers have from half to one and a half of it.
	Gap float64
}

// sum is the share of all profiles together.
func (p Profiles) sum() float64 {
	return p.Steady + p.Sudden + p.Gradual + p.Returning + p.Drifting
}
