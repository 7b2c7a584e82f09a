package tier

// Input is what a night's tiers are decided from. Columns have one entry
// per customer, in the caller's order; the result does not depend on it.
type Input struct {
	// ID names the customers; no two are equal.
	ID []string
	// FirstDay is the day from which the customer exists.
	FirstDay []int32
	Activity Activity
	// From is the first day that the activity holds, NoDay where it holds all.
	// What reaches further back is not taken back: nobody can tell what it
	// rested on.
	From int32
	// Static are metrics that have no days: scores, lifetime value. They are
	// taken as of tonight on every day that is replayed. NaN is unknown and
	// reaches no threshold; infinite values are refused.
	Static map[string][]float64
	// Pins are the tiers given by hand, at most one per customer.
	Pins []Pin
	// Sums are names of counted metrics whose sums are to be shown beside the
	// tiers that rest on them.
	Sums []string

	// Before is what the last night left, nil on the first night. Every day
	// after Before.Night up to AsOf is replayed in order, by tonight's
	// programme, pins and static metrics.
	Before *Before
	AsOf   int32
	// Replay makes a first night replay every day from the first customer's on,
	// by tonight's programme and static metrics; pins begin tonight. Its changes
	// are not those of the past: each member of tonight enters. Without it,
	// everybody is placed on AsOf.
	Replay bool
	// AtOnce reviews every member on the first day that is replayed, not only
	// those whose term ends. It is for the night after the rules changed: who
	// does not pass gets the grace from that day. Terms stay as they are.
	// Without it, a changed rule applies at each member's next review.
	AtOnce bool
}

// Activity has what customers did, by day, in one list: customer i owns
// the entries from Start[i] up to, without, Start[i+1].
type Activity struct {
	// Start has one entry more than there are customers.
	Start []int64
	// Day is in days since 1970-01-01, ascending for each customer. Days after
	// AsOf are refused.
	Day []int32
	// Counted are the metrics that are summed over a window.
	Counted []CountedMetric
}

// CountedMetric is a number per entry of the activity, in fixed point, so that
// sums are exact. Sums beyond the range of int64 stay at its end.
type CountedMetric struct {
	Name string
	// Value is in units of 1/Scale: with a scale of 1e6, 2500000 is 2.5. A
	// metric of ones counts the days.
	Value []int64
	// Scale is 1 or more.
	Scale int64
}

// Pin is a tier given by hand through a day, included. The member's own
// tier is followed beside it and is what remains afterwards.
type Pin struct {
	// Customer is an index.
	Customer int
	// Tier is the index of a tier, or NoLevel to keep the customer out.
	Tier  int
	Until int32
}

// Before is what an earlier night left.
type Before struct {
	// Night is that night's AsOf, earlier than this one's.
	Night int32
	// State has one row per customer of tonight, the zero row for those whom
	// that night did not know.
	State State
	// Gone are the members whom tonight does not know: they leave.
	Gone []GoneMember
}

// GoneMember had a tier and is no customer any more.
type GoneMember struct {
	ID   string
	Tier string
}
