package job

import (
	"encoding/json"
	"maps"
)

// Acquisition is what winning a customer costs, once, at the first purchase: a number for
// all, a number by channel, or what was spent. The zero value is nothing.
type Acquisition struct {
	Each     float64            // of any customer; with Channels, of whoever came by another
	Channels map[string]float64 // by the channel of the first purchase day
	Spend    string             // a file of what was spent by month and channel
}

// Differs tells whether it is not the same for all customers.
func (a Acquisition) Differs() bool { return a.Channels != nil || a.Spend != "" }

// Stated tells whether the job file says that it costs something.
func (a Acquisition) Stated() bool { return a.Differs() || a.Each > 0 }

// By is what winning a customer by a channel costs, unless a file says it.
func (a Acquisition) By(channel string) float64 {
	if cost, is := a.Channels[channel]; is {
		return cost
	}
	return a.Each
}

// MarshalJSON gives it as the job file has it: as a number where that says all.
func (a Acquisition) MarshalJSON() ([]byte, error) {
	switch {
	case a.Spend != "":
		return json.Marshal(map[string]string{"spend": a.Spend})
	case a.Channels != nil:
		return json.Marshal(struct {
			Channels map[string]float64 `json:"channels"`
			Default  float64            `json:"default"`
		}{maps.Clone(a.Channels), a.Each})
	}
	return json.Marshal(a.Each)
}
