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
	Until   calendar.Day
	Entries int     // 1: for the first time in the audience
	Uplift  float64 // expected margin of the contact; NaN: not known
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
	Spent, Left     float64 // Spent of all nights, with tonight
	Explored        float64 // of tonight's spending, by lot
	NextUnitBrings  float64 // expected margin of one more unit of money; NaN: not known
	ExpectedBrought float64 // expected margin of tonight's contacts; NaN: not known
}
