package worth

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/clv"
	"clientele/clv/backtest"
	"clientele/internal/wording"
)

// noModel stands where a model's name would, on a night without one.
const noModel = "none"

// Model is what the night has to say of its lifetime model; nil where the stage is off.
func (w *Result) Model() *publication.Model {
	if w == nil {
		return nil
	}
	m := &publication.Model{
		Chosen: w.say.Word(w.choice.why), ChosenOn: w.choice.on, Backtest: ScoresIn(w.say, w.choice.scores), Untested: w.say.Word(w.choice.untested), Drifted: w.say.Word(w.choice.drifted),
	}
	if !w.Modelled() {
		m.File = clv.File{Model: noModel, Unit: w.unit, Params: map[string]float64{}}
		m.Refused = w.say.Word(w.models.refused)
		return m
	}
	m.Stacking = &w.choice.stacking
	if w.auto {
		m.File = clv.NewBlendFile(w.unit, w.models.blend.Pace(), w.models.fits)
		for i, fit := range w.models.fits {
			m.Members[i].Note = w.say.Word(fit.Note)
		}
	} else {
		m.File = clv.NewFile(w.unit, w.models.fits[0].Fit)
		m.Note = w.say.Word(w.models.fits[0].Note)
	}
	if w.spend.fit != nil {
		m.Spend = clv.NewSpendFile(*w.spend.fit)
		m.Spend.Note = w.say.Word(w.spend.fit.Note)
	}
	return m
}

// ScoresIn are those of a backtest, with why a candidate takes no part in words of a
// language.
func ScoresIn(say wording.Language, scores []backtest.Score) []backtest.Score {
	said := slices.Clone(scores)
	for i, s := range said {
		said[i].Out = wording.Words(say.Word(s.Out))
	}
	return said
}
