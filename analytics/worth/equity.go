package worth

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// Equity is customer equity; nil without a lifetime model.
func (w *Result) Equity() *publication.Equity {
	if !w.Modelled() {
		return nil
	}
	b := w.Bounds
	return &publication.Equity{
		Value: money.Sum(w.Future), Low: money.FromFloat(b.Low), High: money.FromFloat(b.High), Width: b.Width,
	}
}

// PastValue is what all customers together have brought; nil where the stage is off.
func (w *Result) PastValue() *string {
	if w == nil {
		return nil
	}
	past := money.Sum(w.Past).String()
	return &past
}

// Margin is the share of spend that is profit, where mapped costs say it; nil where the job
// file does, or the stage is off.
func (w *Result) Margin() *float64 {
	if w == nil || !w.costed {
		return nil
	}
	return &w.valuer.Prices.Margin
}

// Files are those of the stage.
func (w *Result) Files() []night.File {
	return []night.File{{Name: publication.ModelFile, JSON: w.Model()}}
}
