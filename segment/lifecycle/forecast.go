package lifecycle

import "encoding/json"

// Forecast is what a model of purchases expects of a customer with x purchases after
// the first, the last of them tx after it, who has been watched for t. All times are
// in days of the shop's own [Clock].
type Forecast interface {
	// Rhythm is what the model believes of the rate of a customer of whom nothing is
	// known: Gamma(r, alpha), with alpha in days.
	Rhythm() (r, alpha float64)
	// Ahead is what is expected in (t, t+h].
	Ahead(x, tx, t, h float64) Outlook
	// AtLeast is the chance of n purchases or more in (t, t+h], n at least 1.
	AtLeast(n int, x, tx, t, h float64) float64
}

// Outlook is what is expected of a customer.
type Outlook struct {
	Purchases float64 // expected within the horizon
	Alive     float64 // chance of still being a customer at t
	Silent    float64 // chance of no purchase in (tx, t], given those up to tx
}

// Forecaster fits a Forecast to a shop, and reads back what it has fitted. It takes
// gaps for memoryless: how regular a customer is comes from [Panel].
type Forecaster interface {
	// Fit returns what [Forecaster.Open] needs to know, given histories up to a day.
	// before is what it returned the last time, or nil: a place to begin at, which does
	// not move the result. Nothing and no error: the histories tell nothing, and nobody
	// is judged.
	Fit(h Histories, day int32, before json.RawMessage) (json.RawMessage, error)
	Open(fitted json.RawMessage) (Forecast, error)
}

// Histories are customers' x, tx and t, one entry each (see [Forecast]).
type Histories struct{ X, TX, T []float64 }

// quarter is the horizon of a momentum, in days: long enough for most customers to
// buy, short enough to act on.
const quarter = 91
