package tier

import (
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// Input is what a night's tiers are decided from. Columns have one entry per customer.
// The result does not depend on their order.
type Input struct {
	// ID names the customers; no two are equal.
	ID []string
	// FirstDay is the day from which the customer exists.
	FirstDay []calendar.Day
	Activity Activity
	// From is the first day that the activity covers; NoDay if it covers all. A change is
	// not taken back if what counted for it began before that day.
	From calendar.Day
	// Static are metrics that have no days, such as scores and lifetime value. On every day
	// that is replayed they are those of tonight. NaN is unknown and reaches no threshold;
	// infinite values are refused.
	Static map[string][]float64
	// Pins are the tiers given by hand, at most one per customer.
	Pins []Pin
	// Sums are the names of counted metrics whose sums the result is to have.
	Sums []string

	// Before is what the last night left; nil on the first night. Every day after
	// Before.Night up to AsOf is replayed in order, by tonight's programme, pins and static
	// metrics.
	Before *Before
	AsOf   calendar.Day
	// Replay makes a first night replay every day since the first customer's first, by
	// tonight's programme and static metrics; pins begin tonight. The changes of the past
	// are not in its result: each member of tonight enters. Without Replay, everybody is
	// placed on AsOf.
	Replay bool
	// AtOnce reviews every member on the first day that is replayed, not only those whose
	// term ends. It is for the night after the rules changed. Members who fail get the
	// grace from that day on. Terms stay as they are. Without AtOnce, a changed rule
	// applies at each member's next review.
	AtOnce bool
	// Say is the language of the reasons. It changes nothing else.
	Say wording.Language
}

// Activity is what customers did, by day, in one list. The entries of customer i are those
// from Start[i] up to but not including Start[i+1].
type Activity struct {
	// Start has one entry more than there are customers.
	Start []int64
	// Day is in days since 1970-01-01, ascending for each customer. Days after
	// AsOf are refused.
	Day []calendar.Day
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

// Pin is a tier given by hand, up to and including a day. The customer's tier by the rules
// is followed beside it, and is what remains afterwards.
type Pin struct {
	// Customer is an index.
	Customer int
	// Tier is the index of a tier, or NoLevel to keep the customer out.
	Tier  int
	Until calendar.Day
}

// Before is what an earlier night left.
type Before struct {
	// Night is that night's AsOf, earlier than this one's.
	Night calendar.Day
	// State has one row per customer of tonight. Customers whom that night did not know
	// have the row of NewState.
	State State
	// Gone are the members who are no customers tonight: they leave.
	Gone []GoneMember
	// Joined are the members who turned out to be one person with a customer of tonight, and
	// go on under that customer's id. Their own id leaves.
	Joined []GoneMember
	// Had has, for customers whose row of State is that of a joined member, the tier that
	// counted under their own id: empty for none. It changes to that of State.
	Had map[int]string
}

// GoneMember is a member of that night who is no customer tonight.
type GoneMember struct {
	ID   string
	Tier string
}
