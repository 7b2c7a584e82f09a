package column

// Column is a column of customers.parquet, customers.csv or state.parquet.
type Column struct {
	Name  string
	Type  Type
	Stage Stage  // the stage of the run that gives it
	Doc   string // one sentence for users

	// Form is how its numbers are written in CSV, where that is not as they are.
	Form Form

	// Nullable columns may have empty cells. Text is never empty in this sense: a text
	// of no letters is a value.
	Nullable bool
	// Asked is the setting that asks for the column, where not every job has it whose
	// stage is on; empty: its stage always gives it.
	Asked string
	// Later columns may be missing in the state of an earlier version of the program.
	Later bool

	// Most is the largest whole number that the column may hold; 0: that of 31 bits.
	Most int64
	// Cut columns follow from the cut points behind the scores, and move when those do.
	Cut bool
	// Modelled columns rest on a lifetime model, and move when that does.
	Modelled bool
}

// Setting is the key of the job file without which there is no such column; empty: there
// always is.
func (c *Column) Setting() string {
	if c.Asked != "" {
		return c.Asked
	}
	return c.Stage.Setting()
}

// Type is what the cells of a column are.
type Type string

// The types, with what they are in Parquet and in CSV.
const (
	Text   Type = "text"         // string
	Count  Type = "whole number" // int64
	Number Type = "number"       // double; in CSV the shortest text that reads back to it, unless it has a form
	Day    Type = "day"          // date; in CSV as 2011-12-10
	Amount Type = "amount"       // decimal(38, 6); in CSV with the places of the currency
)

// Form is how numbers are written in CSV. Parquet has them whole.
type Form string

// The forms.
const (
	Money       Form = "money"       // with the places of the job's currency, as all amounts
	Probability Form = "probability" // with four places
	Exact       Form = "exact"       // an amount with all its places, where amounts of a row or of rows add up
)

// ProbabilityPlaces are the fractional digits of a probability in CSV.
const ProbabilityPlaces = 4

// Places are the fractional digits of columns in CSV, by name, where a currency has so many
// places. Columns that are not there are written as they are.
func Places(columns []*Column, currency int) map[string]int {
	places := map[string]int{}
	for _, c := range columns {
		switch {
		case c.Form == Exact:
		case c.Type == Amount || c.Form == Money:
			places[c.Name] = currency
		case c.Form == Probability:
			places[c.Name] = ProbabilityPlaces
		}
	}
	return places
}

// Stage is a stage of the run, by the name of its package.
type Stage string

// The stages, in the order of the run.
const (
	Base      Stage = "customers" // what the exports say of each customer
	Scores    Stage = "scores"
	Worth     Stage = "worth"
	Referrals Stage = "referrals" // what customers are worth to who brought them
	// Asset is what customers are as an asset. It gives lists, and no columns of customers.
	Asset     Stage = "asset"
	Lifecycle Stage = "lifecycle"
	Risk      Stage = "risk" // what is at stake with each customer: it takes both stages before it
	Interests Stage = "interests"
	Tiers     Stage = "tiers"
	// Activation is whom the shop contacts. It gives lists, and no columns of customers.
	Activation Stage = "activation"
	Revenue    Stage = "revenue" // where revenue comes from. It gives lists, and no columns of customers.
	// Hierarchies rolls value up to accounts. It gives lists, and no columns of customers.
	Hierarchies Stage = "hierarchy"
	Groups      Stage = "groups"  // what the groups of an earlier night have spent since
	Pyramid     Stage = "pyramid" // levels by value: package groups builds them too
)

// Setting is the key of the job file that switches a stage; empty: none does.
func (s Stage) Setting() string {
	switch s {
	case Scores:
		return "rfm"
	case Worth, Referrals, Asset:
		return "clv"
	case Lifecycle, Risk:
		return "stages"
	case Interests:
		return "stages.interests"
	case Tiers:
		return "tiers"
	case Pyramid:
		return "pyramid"
	case Activation:
		return "activation"
	case Base, Groups, Hierarchies, Revenue:
	}
	return ""
}
