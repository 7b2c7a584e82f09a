package worth

import (
	"clientele/analytics/publication"
	"clientele/clv"
)

// noModel stands where a model's name would, on a night without one.
const noModel = "none"

// Model is what the night has to say of its lifetime model; nil where the stage is off.
func (w *Result) Model() *publication.Model {
	if w == nil {
		return nil
	}
	m := &publication.Model{
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
