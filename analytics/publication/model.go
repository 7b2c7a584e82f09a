package publication

import (
	"clientele/clv"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
)

// Model is model.json: a model file that `clv predict` takes, and how it came to be. On
// a night without a model it says why there is none.
type Model struct {
	clv.File
	Chosen   string           `json:"chosen"`              // in words
	ChosenOn string           `json:"chosen_on,omitempty"` // day of the backtest that chose; empty: the job file did
	Backtest []backtest.Score `json:"backtest,omitempty"`  // what it found of each candidate
	Refused  string           `json:"refused,omitempty"`   // why there is no model
	// Untested and Drifted are what speaks against the choice, in words.
	Untested string    `json:"untested,omitempty"`
	Drifted  string    `json:"drifted,omitempty"`
	Stacking *Stacking `json:"stacking,omitempty"`
}

// Exists tells whether the night has a model: a file with neither parameters nor members
// says why there is none.
func (m *Model) Exists() bool { return m != nil && len(m.Params)+len(m.Members) > 0 }

// ParamsOf are the parameters of the named model or member; nil where there is none.
func (m *Model) ParamsOf(name string) map[string]float64 {
	if m.Model == name {
		return m.Params
	}
	for _, member := range m.Members {
		if member.Model == name {
			return member.Params
		}
	}
	return nil
}

// UntriedMoney tells whether no forecast of the shop's money could be tried on its past by a
// day, so that how far they may be off is a guess.
func (m *Model) UntriedMoney(day int32) bool {
	return m.Untested != "" || m.Stacking == nil || m.Stacking.At(day).Level.Days == 0
}

// ReadModel reads model.json. Errors are those of [Publication.OpenFile].
func (p *Publication) ReadModel() (*Model, error) {
	var m Model
	if err := p.readJSON(ModelFile, &m); err != nil {
		return nil, err
	}
	if !m.Exists() {
		return &m, nil
	}
	if _, err := m.BuildBlend(); err != nil {
		return nil, p.Damaged(ModelFile, err)
	}
	if err := m.Stacking.validate(calendar.DayOf(p.Day())); err != nil {
		return nil, p.Damaged(ModelFile, err)
	}
	return &m, nil
}
