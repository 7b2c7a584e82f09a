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

// Files are those of the stage.
func (w *Result) Files() []night.File {
	return []night.File{{Name: publication.ModelFile, JSON: w.Model()}}
}
