package publication

import (
	"encoding/json"
	"fmt"
)

// records are the settings that decide what a customer, an order, a day and an amount
// are. Where files lie and which labels are kept does not matter.
type records struct {
	Timezone string         `json:"timezone"`
	Currency string         `json:"currency"`
	Sources  []sourceRecord `json:"sources"`
	Identity *identityRule  `json:"identity,omitempty"`
}

// identityRule is which ids are one person.
type identityRule struct {
	Normalise []string `json:"normalise"`
	Map       string   `json:"map"`
	Keys      []string `json:"keys"`
	Cap       int      `json:"cap"`
}

// scoreMeaning is the same of scores, with what edges are fitted with. Cut points outlive
// a night only while it stays the same.
type scoreMeaning struct {
	Timezone string         `json:"timezone"`
	Currency string         `json:"currency"`
	RFM      rfmScale       `json:"rfm"`
	Sources  []sourceRecord `json:"sources"`
	Identity *identityRule  `json:"identity,omitempty"`
}

// stageMeaning is the same of stages, with their thresholds. What money is worth does
// not matter to them, and neither does who is one person: of customers whose past is not
// what it was, the stages go through it anew.
type stageMeaning struct {
	Timezone string         `json:"timezone"`
	Sources  []sourceRecord `json:"sources"`
	Stages   stageScale     `json:"stages"`
}

// sourceRecord is what makes rows of a source. A key that says no more than its default is
// left out, as earlier versions of the program did not have it.
type sourceRecord struct {
	Columns struct {
		Customer string          `json:"customer"`
		Order    string          `json:"order"`
		Time     json.RawMessage `json:"time"` // a column, or a list of a date and a clock
		Amount   string          `json:"amount"`
		Currency string          `json:"currency,omitempty"`

		Quantity      string `json:"quantity,omitempty"`
		OriginalOrder string `json:"original_order,omitempty"`
		Refund        string `json:"refund,omitempty"`
		RefundTime    string `json:"refund_time,omitempty"`
	} `json:"columns"`
	Timezone string `json:"timezone"`
	Where    string `json:"where"`
	Returns  string `json:"returns"`

	Records  string          `json:"records,omitempty"`
	Sheet    string          `json:"sheet,omitempty"`
	Join     json.RawMessage `json:"join,omitempty"`
	FillDown []string        `json:"fill_down,omitempty"`
	Numbers  string          `json:"numbers,omitempty"`
	Dates    any             `json:"dates,omitempty"` // a word, or a list of patterns

	AmountIs        string   `json:"amount_is,omitempty"`
	ExcludeProducts []string `json:"exclude_products,omitempty"`
}

// UnmarshalJSON leaves out what is found in the export by itself.
func (s *sourceRecord) UnmarshalJSON(text []byte) error {
	type plain sourceRecord
	if err := json.Unmarshal(text, (*plain)(s)); err != nil {
		return err
	}
	const found = "auto"
	if s.Numbers == found {
		s.Numbers = ""
	}
	if list, is := s.Dates.([]any); s.Dates == found || is && len(list) == 1 && list[0] == found {
		s.Dates = nil
	}
	return nil
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

// RecordMeaning is what the settings say a customer, an order, a day and an amount are,
// in a form that can be compared with another night's.
func (s Settings) RecordMeaning() ([]byte, error) { return meaningOf[records](s) }

// ScoreMeaning is the settings that scores depend on, in a form that can be compared.
func (s Settings) ScoreMeaning() ([]byte, error) { return meaningOf[scoreMeaning](s) }

// StageMeaning is the settings that stages depend on, in a form that can be compared.
func (s Settings) StageMeaning() ([]byte, error) { return meaningOf[stageMeaning](s) }

// meaningOf writes settings in one way only: compact, as encoding/json has it.
func meaningOf[M any](s Settings) ([]byte, error) {
	var m M
	if err := json.Unmarshal(s, &m); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return json.Marshal(m)
}
