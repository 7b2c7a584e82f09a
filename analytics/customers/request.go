package customers

import "time"

// Request is what to reduce the ledger to.
type Request struct {
	HasCost    bool      // the ledger knows what rows cost
	Moved      bool      // the engine has the tables `moved` and `given_back`: returns take back sales
	HasOrders  bool      // the ledger knows which rows make an order
	Attributes []string  // as the ledger names them
	Signs      []Sign    // what is said beside their rows
	RFMFrom    time.Time // first day of the RFM window
	RFMByDay   bool      // frequency counts purchase days, not orders
	RFMSpend   Spend     // empty: SpendSum
	Activity   *ActivityRequest
	KeepSpend  bool // what was bought on each purchase day is wanted too
	KeepDays   bool // all purchase days are wanted, not only what they come to
	KeepNet    bool // what was bought less returned on each purchase day is wanted too
	// KeepCost keeps of purchase days what is needed for their margin, too: orders, and what
	// was bought less returned has cost. It needs KeepNet.
	KeepCost bool
	Months   bool // what customers did by month of their first purchase is wanted

	Interests InterestRequest
}

// keepsDays tells whether single days are read.
func (r Request) keepsDays() bool { return r.KeepDays || r.KeepSpend || r.keepsNet() }

// keepsNet tells whether what was bought and returned on single days is read.
func (r Request) keepsNet() bool { return r.KeepNet || r.Months }

// keepsCost tells whether what was bought on single days has a cost to read.
func (r Request) keepsCost() bool { return r.KeepCost && r.HasCost }

// ActivityRequest asks for what customers did day by day.
type ActivityRequest struct {
	From    time.Time // first day that is wanted
	Numbers []string  // attributes whose numbers are summed by day
}
