package night

import "math"

// Known is a number for JSON; nil where there is none.
func Known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
