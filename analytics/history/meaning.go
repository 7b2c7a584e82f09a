package history

import (
	"encoding/json"

	"clientele/analytics/job"
)

// meaning is the settings that decide what a day, an order and an amount are.
// Cut points outlive a night only while they stay the same: where files lie
// and which model prices them does not matter.
type meaning struct {
	Timezone string          `json:"timezone"`
	Currency string          `json:"currency"`
	RFM      json.RawMessage `json:"rfm"`
	Sources  []struct {
		Columns  json.RawMessage `json:"columns"`
		Timezone string          `json:"timezone"`
		Where    string          `json:"where"`
		Returns  string          `json:"returns"`
	} `json:"sources"`
}

// Meaning is a job's settings that its scores depend on, in a form that can be
// compared with a [Night]'s.
func Meaning(j *job.Job) []byte {
	settings, err := json.Marshal(j)
	var m meaning
	if err == nil {
		err = json.Unmarshal(settings, &m)
	}
	if err != nil {
		panic("history: settings that do not survive JSON: " + err.Error())
	}
	return m.bytes()
}

// bytes writes the settings in one way only: compact, as encoding/json has it.
func (m meaning) bytes() []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic("history: settings that cannot be written: " + err.Error())
	}
	return b
}
