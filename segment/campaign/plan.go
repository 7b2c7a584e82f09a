package campaign

import "clientele/internal/calendar"

// Plan is what a night decides.
type Plan struct {
	Contacts   []Listed // to make tonight, in order of channel, campaign priority and customer
	Suppressed []Suppressed
	Budgets    []BudgetUse
	Memory     Memory
}

// Listed is a contact to make, and what decided it.
type Listed struct {
	Contact
	Until  calendar.Day
	Uplift float64 // expected margin of the contact; NaN: not known
}

// Suppressed counts who fulfils the condition of a campaign and is not on its list.
type Suppressed struct {
	Campaign  string
	Reason    Reason
	Customers int64
}

// BudgetUse says where the money of a campaign goes.
type BudgetUse struct {
	Campaign        string
	Spent           float64 // of all nights, with tonight, at the cost that the job states now
	Left            float64 // NaN: no budget is set
	Explored        float64 // of tonight's spending, by lot
	NextUnitBrings  float64 // expected margin of one more unit of money; NaN: not known
	ExpectedBrought float64 // expected margin of tonight's contacts; NaN: not known
}

// Curve is what one budget for all campaigns together would bring tonight, if every contact
// were one that is expected to bring its cost.
type Curve struct {
	Budget     float64
	Contacts   int64
	Unmeasured int64   // of these, of whom it is not known what they bring
	Cost       float64 // of the contacts; at most the budget
	// Expected is the margin of the contacts of whom it is known, before their cost.
	Expected float64
	// NextUnitBrings is the expected margin of one more unit of money: 0 where nobody is left,
	// NaN where it is not known of whom is next.
	NextUnitBrings float64
}
