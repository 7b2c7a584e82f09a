package ledger

// Reason is why a row was set aside. The text is what rejects.csv and run.json
// show.
type Reason string

// The reasons, in the order in which they are checked: a row with several faults gets the
// first.
const (
	Malformed        Reason = "malformed"         // the line has not the columns of the header, or is no JSON object
	Footer           Reason = "footer"            // the line closes the report, such as a total below the rows
	FilterUnknown    Reason = "filter_unknown"    // `where` is neither true nor false, such as status <> 'void' of an empty status
	Filtered         Reason = "filtered"          // `where` does not hold
	ExcludedProduct  Reason = "excluded_product"  // what it is about is no goods, by `exclude_products`
	NoTime           Reason = "no_time"           // the time is empty
	TimeUnreadable   Reason = "time_unreadable"   // the time is not a date or time
	AfterAsOf        Reason = "after_as_of"       // the day is after the day of the run
	AmountUnreadable Reason = "amount_unreadable" // the amount is empty, not a number, or beyond ±10^12
	AmountConflict   Reason = "amount_conflict"   // the lines of its order state different totals, with `amount_is: order`
	Anonymous        Reason = "anonymous"         // fine, but there is no customer to give it to
	Duplicate        Reason = "duplicate"         // fine, but it stands in another file too, and `duplicates: drop` is set
)

// ByChoice are the reasons that the job file gives: such rows are no faults.
var ByChoice = []Reason{Filtered, ExcludedProduct}

// Reasons lists every reason in order.
var Reasons = []Reason{Malformed, Footer, FilterUnknown, Filtered, ExcludedProduct, NoTime, TimeUnreadable, AfterAsOf, AmountUnreadable, AmountConflict, Anonymous, Duplicate}
