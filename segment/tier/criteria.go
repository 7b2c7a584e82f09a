package tier

import "encoding/json"

// Criteria hold when each threshold of All and, unless it is empty, at least
// one of Any is reached.
type Criteria struct {
	All, Any []Threshold
}

// Threshold is reached by a metric of AtLeast or more. NaN, a metric that is
// not known, never reaches it.
type Threshold struct {
	Metric  string
	AtLeast float64
}

// MarshalJSON writes criteria as a job file has them: each metric of All with the
// least that it must be, and those of Any together under `any`.
func (c Criteria) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	for _, t := range c.All {
		out[t.Metric] = t.AtLeast
	}
	if len(c.Any) > 0 {
		alternatives := map[string]float64{}
		for _, t := range c.Any {
			alternatives[t.Metric] = t.AtLeast
		}
		out["any"] = alternatives
	}
	return json.Marshal(out)
}
