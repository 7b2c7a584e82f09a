package job

import "encoding/json"

// RFM says how recency, frequency and monetary value are scored.
type RFM struct {
	Bins       int         `json:"bins"`
	Method     string      `json:"method"`               // quantile, thresholds, nested, r-rfm
	Thresholds *Thresholds `json:"thresholds,omitempty"` // of thresholds only
	Closed     string      `json:"closed,omitempty"`     // right or left; of thresholds only
	MinCell    int         `json:"min_cell,omitempty"`   // of nested only; 0: five for each score
	Window     Span        `json:"window"`               // All: the whole history
	Unit       string      `json:"unit"`                 // UnitOrder or UnitDay: what frequency counts
	Monetary   string      `json:"monetary"`             // sum, mean, median, max
	Segments   Segments    `json:"segments"`
	Split      *Split      `json:"split,omitempty"`   // of cn8 only
	Weights    *Weights    `json:"weights,omitempty"` // nil: no combined score
	Refit      RefitRule   `json:"refit"`
}

// What frequency counts, and spend is the mean, median or maximum of.
const (
	UnitOrder = "order"
	UnitDay   = "day" // purchase day
)

// Thresholds are cut points that the job chooses, strictly ascending.
type Thresholds struct {
	R []float64 `json:"r"` // days
	F []float64 `json:"f"` // orders or purchase days
	M []float64 `json:"m"` // the job's currency
}

// Segments is a table of segments: one with a name, or the job's own rules.
type Segments struct {
	Table string // empty: Rules
	Rules []SegmentRule
}

// SegmentRule is one row of the job's own table: the scores that it holds.
type SegmentRule struct {
	Name  string      `json:"name"`
	Label string      `json:"label,omitempty"` // for people; empty: the name
	R     *ScoreRange `json:"r,omitempty"`     // nil: any
	F     *ScoreRange `json:"f,omitempty"`
	M     *ScoreRange `json:"m,omitempty"`
}

// ScoreRange is a closed interval of scores.
type ScoreRange [2]int

// Split is where cn8 parts near from far and high from low.
type Split struct {
	Rule  string // mean or median; empty: Fixed
	Fixed FixedSplit
}

// FixedSplit is a split by numbers: near is at most RecencyDays, high at least
// Frequency and Monetary.
type FixedSplit struct {
	RecencyDays float64 `json:"recency_days"`
	Frequency   float64 `json:"frequency"`
	Monetary    float64 `json:"monetary"`
}

// Weights are those of the combined score.
type Weights struct {
	R float64 `json:"r"`
	F float64 `json:"f"`
	M float64 `json:"m"`
}

// Pyramid says how customers are sorted into levels by value.
type Pyramid struct {
	Shares []float64 `json:"shares"` // of all customers, from the top; they sum to 1
	Value  string    `json:"value"`  // clv, net, future_value, past_value
	Hold   float64   `json:"hold"`   // the share of value whose fewest holders are counted
}

// MarshalJSON is the table's name or the rules, as the job file has it.
func (s Segments) MarshalJSON() ([]byte, error) {
	if s.Table != "" {
		return json.Marshal(s.Table)
	}
	return json.Marshal(s.Rules)
}

// MarshalJSON is the rule or the numbers, as the job file has it.
func (s Split) MarshalJSON() ([]byte, error) {
	if s.Rule != "" {
		return json.Marshal(s.Rule)
	}
	return json.Marshal(s.Fixed)
}
