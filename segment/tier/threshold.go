package tier

import "errors"

// ErrInvalid marks a programme or columns that tiers cannot be decided from.
var ErrInvalid = errors.New("tier: bad input")

// NoLevel is the level of a customer who belongs to no tier.
const NoLevel = -1

// Threshold is reached by a metric of AtLeast or more. NaN, a metric that is
// not known, never reaches it.
type Threshold struct {
	Metric  string
	AtLeast float64
}
