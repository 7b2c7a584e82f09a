package worth

import "clientele/analytics/publication"

// Churn counts customers by the risk that they do not buy within [night.NextDays]; nil without a
// lifetime model.
func (w *Result) Churn() *publication.ChurnBands {
	if !w.Modelled() {
		return nil
	}
	b := &publication.ChurnBands{}
	for _, p := range w.PNext {
		switch {
		case p > 2./3:
			b.Low++
		case p < 1./3:
			b.High++
		default:
			b.Middle++
		}
	}
	return b
}
