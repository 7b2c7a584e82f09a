package lifecycle

import "encoding/json"

// Forecast is what a model of purchases expects of a customer with x purchases after the
// first, the last of them a time tx after it, who has been watched for a time t. All
// times are in days of the shop's own [Clock].
type Forecast interface {
	// Rhythm is the prior of a customer's rate of purchases, Gamma(r, alpha), with alpha in
	// days.
	Rhythm() (r, alpha float64)
	// Ahead is what is expected within (t, t+h].
	Ahead(x, tx, t, h float64) Outlook
	// AtLeast is the probability of n purchases or more within (t, t+h]; n is at least 1.
	AtLeast(n int, x, tx, t, h float64) float64
}

// Outlook is what is expected of a customer.
type Outlook struct {
	Purchases float64 // expected within the horizon
	Alive     float64 // probability of still being a customer at t
	Silent    float64 // probability of no purchase in (tx, t], given those up to tx
}

// Forecaster fits a Forecast to a shop, and reads back what it has fitted. It takes gaps
// to be memoryless; how regular a customer is comes from [Panel].
type Forecaster interface {
	// Fit returns what [Forecaster.Open] needs, given histories up to a day. before is what
	// it returned the last time, or nil; a fit may start there, but must not depend on it.
	// If the histories are not enough for a fit it returns nothing and no error, and
	// nobody is in decline.
	Fit(h Histories, day int32, before json.RawMessage) (json.RawMessage, error)
	Open(fitted json.RawMessage) (Forecast, error)
}

// Histories are customers' x, tx and t, one entry each (see [Forecast]).
// LnGaps are the sums of the logarithms of the gaps between purchases.
type Histories struct{ X, TX, T, LnGaps []float64 }

// quarter is the horizon of momentum, in days: 13 weeks, so that every day of the week
// counts alike.
const quarter = 91
