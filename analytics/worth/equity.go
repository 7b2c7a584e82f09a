package worth

import (
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/publication"
)

// Equity is customer equity; nil without a lifetime model.
func (w *Result) Equity() *publication.Equity {
	if !w.Modelled() {
		return nil
	}
	b := w.Bounds
	return &publication.Equity{
		Value: ledger.SumMoney(w.Future), Low: ledger.MoneyFromFloat(b.Low), High: ledger.MoneyFromFloat(b.High), Width: b.Width,
	}
}

// PastValue is what all customers together have brought; nil where the stage is off.
func (w *Result) PastValue() *string {
	if w == nil {
		return nil
	}
	past := ledger.SumMoney(w.Past).String()
	return &past
}

// Files are those of the stage.
func (w *Result) Files() []night.File {
	return []night.File{{Name: publication.ModelFile, JSON: w.Model()}}
}
