package history

import (
	"encoding/json"

	"clientele/analytics/job"
)

// meaning is the settings that decide what a day, an order and an amount are.
// Cut points outlive a night only while they stay the same: where files lie,
// which model prices them and which labels are kept does not matter.
type meaning struct {
	Timezone string          `json:"timezone"`
	Currency string          `json:"currency"`
	RFM      rfmScale        `json:"rfm"`
	Sources  []sourceMeaning `json:"sources"`
}

// stageMeaning is the same of stages, with their thresholds.
type stageMeaning struct {
	Timezone string          `json:"timezone"`
	Sources  []sourceMeaning `json:"sources"`
	Stages   stageScale      `json:"stages"`
}

type sourceMeaning struct {
	Columns struct {
		Customer string `json:"customer"`
		Order    string `json:"order"`
		Time     string `json:"time"`
		Amount   string `json:"amount"`
	} `json:"columns"`
	Timezone string `json:"timezone"`
	Where    string `json:"where"`
	Returns  string `json:"returns"`
}

// stageScale is what the stages of a night are judged by; empty where the stage is
// off. Who is lost, and interests, are nothing that is remembered.
type stageScale struct {
	Formation any `json:"formation"`
	Stability any `json:"stability"`
	Decline   any `json:"decline"`
}

// UnmarshalJSON leaves the zero value of a stage that is off.
func (s *stageScale) UnmarshalJSON(text []byte) error {
	type plain stageScale
	return readUnlessOff(text, (*plain)(s))
}

// rfmScale is what edges are fitted with; empty where the stage is off.
type rfmScale struct {
	Bins       int    `json:"bins"`
	Method     string `json:"method"`
	Thresholds any    `json:"thresholds,omitempty"`
	Closed     string `json:"closed,omitempty"`
	MinCell    int    `json:"min_cell,omitempty"`
	Window     string `json:"window"`
	Unit       string `json:"unit"`
	Monetary   string `json:"monetary"`
	Split      any    `json:"split,omitempty"`
}

// UnmarshalJSON leaves the zero value of a stage that is off.
func (s *rfmScale) UnmarshalJSON(text []byte) error {
	type plain rfmScale
	return readUnlessOff(text, (*plain)(s))
}

// readUnlessOff reads the settings of a stage, unless it is off, which is a word.
func readUnlessOff(text []byte, into any) error {
	if len(text) > 0 && text[0] == '"' {
		return nil
	}
	return json.Unmarshal(text, into)
}

// Meaning is a job's settings that its scores depend on, in a form that can be
// compared with a [Night]'s.
func Meaning(j *job.Job) []byte { return meaningOf[meaning](j) }

// StageMeaning is a job's settings that its stages depend on, in a form that can be
// compared with a [Night]'s.
func StageMeaning(j *job.Job) []byte { return meaningOf[stageMeaning](j) }

func meaningOf[M any](j *job.Job) []byte {
	settings, err := json.Marshal(j)
	var m M
	if err == nil {
		err = json.Unmarshal(settings, &m)
	}
	if err != nil {
		panic("history: settings that do not survive JSON: " + err.Error())
	}
	return meaningBytes(m)
}

// meaningBytes writes settings in one way only: compact, as encoding/json has it.
func meaningBytes(m any) []byte {
	b, err := json.Marshal(m)
	if err != nil {
		panic("history: settings that cannot be written: " + err.Error())
	}
	return b
}
