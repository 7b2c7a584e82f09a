package main

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
)

// figure is a number of a result. In JSON it has six digits, and NaN is null.
type figure float64

// MarshalJSON writes the figure.
func (f figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return json.Marshal(nil)
	}
	return json.Marshal(json.Number(strconv.FormatFloat(float64(f), 'g', 6, 64)))
}

// UnmarshalJSON reads it back.
func (f *figure) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*f = figure(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(f))
}

// results are those of all sets.
type results struct {
	Sets []setResult `json:"sets"`
}

// setResult is what became of one shop.
type setResult struct {
	Name    string  `json:"name"`
	Real    bool    `json:"real"`
	Runs    []run   `json:"runs"`
	Still   still   `json:"still"`
	Flutter flutter `json:"flutter"`
}

// run is one night against what came in so many days after it.
type run struct {
	Origin    string `json:"origin"`
	Days      int32  `json:"days"`
	Model     string `json:"model"`
	Refused   string `json:"refused,omitempty"`
	Customers int    `json:"customers"`

	Money     total            `json:"money"`
	Purchases purchases        `json:"purchases"`
	Intervals intervals        `json:"intervals"`
	Return    returning        `json:"return"`
	SpendRank figure           `json:"spend_rank"` // of expected_spend with later spend per purchase
	AtRisk    atRisk           `json:"at_risk"`
	Lists     map[string]list  `json:"lists,omitempty"`
	Paces     [paceBins]paced  `json:"paces,omitzero"`
	Stages    map[string]stage `json:"stages,omitempty"`
}

func readResults(path string) (r results, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(text, &r)
}

// write writes one line per set: it is kept beside others, and read by programs.
func (r results) write(path string) error {
	text := []byte("{\"sets\": [")
	for i, s := range r.Sets {
		if i > 0 {
			text = append(text, ',')
		}
		line, err := json.Marshal(s)
		if err != nil {
			return err
		}
		text = append(append(text, '\n'), line...)
	}
	return os.WriteFile(path, append(text, "\n]}\n"...), 0o644)
}
