package analytics

import (
	"encoding/json"

	"clientele/analytics/history"
	"clientele/analytics/job"
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

// model is what the night has to say of its lifetime model; nil where the stage
// is off.
func (n *night) model() *ModelFile {
	w := n.worth
	if w == nil {
		return nil
	}
	m := &ModelFile{
		Chosen: w.choice.why, ChosenOn: w.choice.on, Backtest: w.choice.scores, Untested: w.choice.untested, Drifted: w.choice.drifted,
	}
	if !w.modelled {
		m.File = clv.File{Model: noModel, Unit: string(n.job.CLV.Unit), Params: map[string]float64{}}
		m.Refused = w.choice.refused
		return m
	}
	m.Stacking = &w.choice.stacking
	if n.job.CLV.Model == job.AutoModel {
		m.File = clv.NewBlendFile(string(n.job.CLV.Unit), w.blend.Pace(), w.fits)
	} else {
		m.File = clv.NewFile(string(n.job.CLV.Unit), w.fits[0].Fit)
	}
	if w.priced {
		m.Spend = clv.NewSpendFile(w.spendFit)
	}
	return m
}
