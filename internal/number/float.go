package number

import (
	"encoding/json"
	"math"
)

// Float is a number that may not exist. In JSON, which has no word for what is not
// finite, it is null then; null is read as NaN.
type Float float64

// Known tells whether the number exists.
func (f Float) Known() bool { return Finite(float64(f)) }

// MarshalJSON writes the number as encoding/json does, or null.
func (f Float) MarshalJSON() ([]byte, error) {
	if !f.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(float64(f))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Float) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*f = Float(math.NaN())
		return nil
	}
	var v float64
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	*f = Float(v)
	return nil
}
