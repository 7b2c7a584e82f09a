package backtest

import (
	"encoding/json"

	"clientele/internal/number"
	"clientele/internal/wording"
)

// scoreText is a Score in JSON, where a number that does not exist is null.
type scoreText struct {
	Model    string       `json:"model"`
	Params   int          `json:"params"`
	LogScore number.Float `json:"log_score"`
	Behind   number.Float `json:"behind"`
	StdErr   number.Float `json:"std_err"`
	Tied     bool         `json:"tied"`
	Out      string       `json:"out,omitempty"`
}

// MarshalJSON writes null for a number that does not exist.
func (s Score) MarshalJSON() ([]byte, error) {
	return json.Marshal(scoreText{s.Model, s.Params, number.Float(s.LogScore), number.Float(s.Behind), number.Float(s.StdErr), s.Tied, s.Out.String()})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Score) UnmarshalJSON(text []byte) error {
	var t scoreText
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	*s = Score{t.Model, t.Params, float64(t.LogScore), float64(t.Behind), float64(t.StdErr), t.Tied, wording.Words(t.Out)}
	return nil
}
