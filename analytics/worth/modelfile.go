package worth

import (
	"encoding/json"

	"clientele/analytics/history"
	"clientele/clv"
)

// noModel stands where a model's name would, on a night without one.
const noModel = "none"

// ModelFile is model.json: a model file that `clv predict` takes, and how it
// came to be. On a night without a model it says why there is none.
type ModelFile struct {
	clv.File
	Chosen   string          `json:"chosen"`              // in words
	ChosenOn string          `json:"chosen_on,omitempty"` // day of the backtest that chose
	Backtest json.RawMessage `json:"backtest,omitempty"`  // what it found of each candidate
	Refused  string          `json:"refused,omitempty"`   // why there is no model
	// Untested and Drifted are what speaks against the choice, in words.
	Untested string            `json:"untested,omitempty"`
	Drifted  string            `json:"drifted,omitempty"`
	Stacking *history.Stacking `json:"stacking,omitempty"`
}

// Model is what the night has to say of its lifetime model; nil where the stage is off.
func (w *Result) Model() *ModelFile {
	if w == nil {
		return nil
	}
	m := &ModelFile{
		Chosen: w.choice.why, ChosenOn: w.choice.on, Backtest: w.choice.scores, Untested: w.choice.untested, Drifted: w.choice.drifted,
	}
	if !w.Modelled() {
		m.File = clv.File{Model: noModel, Unit: w.unit, Params: map[string]float64{}}
		m.Refused = w.models.refused
		return m
	}
	m.Stacking = &w.choice.stacking
	if w.auto {
		m.File = clv.NewBlendFile(w.unit, w.models.blend.Pace(), w.models.fits)
	} else {
		m.File = clv.NewFile(w.unit, w.models.fits[0].Fit)
	}
	if w.spend.fit != nil {
		m.Spend = clv.NewSpendFile(*w.spend.fit)
	}
	return m
}
