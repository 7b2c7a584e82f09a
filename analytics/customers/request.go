package customers

import "time"

// Request is what to reduce the ledger to.
type Request struct {
	HasCost      bool     // the ledger knows what rows cost
	Moved        bool     // the engine has the tables `moved` and `given_back`: returns take back sales
	HasOrders    bool     // the ledger knows which rows make an order
	OneSource    bool     // all rows are of the source 0
	SeemOneLine  bool     // of the orders that were looked at none has several lines
	HasListPrice bool     // the ledger knows what rows would cost by the list
	Attributes   []string // as the ledger names them
	// FirstLabels are those of Attributes whose label on the first purchase day is wanted too.
	FirstLabels []string
	Signs       []Sign    // what is said beside their rows
	RFMFrom     time.Time // first day of the RFM window
	RFMByDay    bool      // frequency counts purchase days, not orders
	RFMSpend    Spend     // empty: SpendSum
	Activity    *ActivityRequest
	KeepSpend   bool // what was bought on each purchase day is wanted too
	KeepDays    bool // all purchase days are wanted, not only what they come to
	KeepNet     bool // what was bought less returned on each purchase day is wanted too
	KeepEarned  bool // what each purchase day earned, and its orders, are wanted too
	Months      bool // what customers did by month of their first purchase is wanted
	KeepSales   bool // what was bought on each purchase day, and what came back, is wanted
	SalesOrders bool // and the orders of each purchase day
	NewThings   bool // and what of it was of a category new to the customer
	// CohortMonths asks for the same by group of FirstLabels, with what they earned. It goes with
	// Months.
	CohortMonths bool

	Interests InterestRequest

	Kept Kept // nil: all rows are in the ledger
}

// keepsDays tells whether single days are read.
func (r Request) keepsDays() bool { return r.KeepDays || r.KeepSpend || r.keepsNet() }

// keepsNet tells whether what was bought and returned on single days is read.
func (r Request) keepsNet() bool { return r.KeepNet || r.KeepEarned || r.Months || r.KeepSales }

// ActivityRequest asks for what customers did day by day.
type ActivityRequest struct {
	From    time.Time // first day that is wanted
	Numbers []string  // attributes whose numbers are summed by day
	Orders  bool      // and the orders of each day
}
