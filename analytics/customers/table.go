package customers

import (
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// Table has one entry per customer in each column, in order of customer id.
// Days are calendar days since 1970-01-01; a purchase day is a day with at
// least one order.
type Table struct {
	ID []string

	FirstDay, LastDay    []int32 // first and last purchase day
	Orders, PurchaseDays []int64
	PaidDays             []int64        // purchase days on which something was sold for money
	Returns              []int64        // orders that gave something back
	Net                  []money.Amount // bought less returned, over the whole history
	Sold                 []money.Amount // bought
	Cost                 []money.Amount // of what was bought less what was returned; zero unless mapped
	FirstSold            []money.Amount // bought on the first purchase day
	RFMOrders            []int64        // in the RFM window
	RFMNet               []money.Amount // in the RFM window

	Attributes []Attribute
	// FirstLabels are the labels of the first purchase day: that of most of its rows that are
	// no returns; of those that tie, the first in the alphabet; "" where none has one.
	FirstLabels []Attribute

	// Categories and Products are who bought what; nil unless asked for.
	Categories, Products *Interests
	// Bought is who bought which of Categories; nil without them.
	Bought *Bought

	// Days are all purchase days, ascending for each customer: those of customer
	// i are Days[DayStart[i]:DayStart[i+1]]. Nil unless asked for.
	Days     []int32
	DayStart []int64
	// DaySold is what was bought on each of Days. Nil unless asked for.
	DaySold []float64
	// DayNet is what was bought less returned on each of Days. Nil unless asked for.
	DayNet *money.List
	// DayEarned is what was bought less returned on each of Days, less its cost where costs
	// are mapped. What was returned on a day without a purchase counts on the purchase day
	// before it, or on the first, so that the sum is Net less Cost. DayOrders are the orders
	// of the day. Nil unless asked for.
	DayEarned []money.Amount
	DayOrders []int32

	// Months are what customers did by month of their first purchase day, in order; a month
	// in which a cohort did nothing is left out. What was returned before a first purchase
	// day counts in its month. Nil unless asked for.
	Months []publication.ActivityMonth

	// CohortMonths are the same by group too, and Group is the group of each customer:
	// those whose FirstLabels are the same. Nil unless asked for.
	CohortMonths []CohortMonth
	Group        []int32

	Activity *Activity // nil unless asked for
	Sales    *Sales    // nil unless asked for

	AllReturned AllReturned
	CameBack    CameBack         // empty unless DaySold is asked for
	rows        map[string]int32 // while rows are read: the place of each customer
	cohorts     *cohorts         // while rows are read: what becomes Months
}

// AllReturned are the customers who are none of the others, as every order of theirs came
// back whole: in order of id, with the orders that were, the returns and what is left of
// the money.
type AllReturned struct {
	ID              []string
	Orders, Returns []int64
	Net             []money.Amount
}

// Attribute is a label of each customer: the most frequent one of the rows
// that are not returns, "" where no row has one.
type Attribute struct {
	Name   string
	Values []string
}

// FirstLabel are the labels of an attribute on the first purchase day of each customer; nil
// unless asked for.
func (t *Table) FirstLabel(name string) []string {
	for _, a := range t.FirstLabels {
		if a.Name == name {
			return a.Values
		}
	}
	return nil
}

// Len is the number of customers.
func (t *Table) Len() int { return len(t.ID) }

// Oddities is what a Table leaves out or should be doubted for.
type Oddities struct {
	ReturnsOnly    int64        // customers left out because they never bought
	ReturnsOnlyNet money.Amount // their money
	Undone         int64        // customers left out because all that they bought came back
	UndoneNet      money.Amount // their money
	UnlistedIDs    []string     // of both, in order
	LongOrders     int64        // orders whose rows lie more than a week apart: ids that are used again?
	UnreadNumbers  []int64      // rows with something else than a number, for each of ActivityRequest.Numbers
}
