package published

import (
	"fmt"

	"clientele/analytics/publication"
	"clientele/clv"
)

// Model is the blend of lifetime models in a model.json. One model alone is a blend of
// one; a night without a model has none.
type Model struct {
	Name  string     // blend, or the model's; none
	Blend *clv.Blend // nil: none
	Unit  float64    // of time, in days; that of the job
}

// units are the lengths of the units of a model file, in days.
var units = map[string]float64{"day": 1, "week": 7, "month": 30.4375}

// readModel reads the model of a publication.
func readModel(path string) (m Model, err error) {
	p, err := publication.Open(path)
	if err != nil {
		return m, err
	}
	f, err := p.ReadModel()
	if err != nil {
		return m, err
	}
	m = Model{Name: f.Model, Unit: units[f.Unit]}
	if m.Unit == 0 {
		return m, fmt.Errorf("%s: unit is %q, expected day, week or month", path, f.Unit)
	}
	if !f.Exists() {
		return m, nil
	}
	if m.Blend, err = f.BuildBlend(); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// Chances are the probabilities that customers buy n[i] times in so many days, and
// that they buy at all. Both are nil where there is no model.
func (m Model) Chances(of []Customer, days float64, n []float64, workers int) (count, any []float64) {
	if m.Blend == nil {
		return nil, nil
	}
	count, any = make([]float64, len(of)), make([]float64, len(of))
	clv.EachCountLaw(m.Blend, PanelOf(of), days/m.Unit, workers, func(row int, law clv.CountLaw) {
		count[row], any[row] = law.P(n[row]), 1-law.P(0)
	})
	return count, any
}

// PanelOf is what the models know of customers.
func PanelOf(of []Customer) (p clv.Panel) {
	for _, c := range of {
		p.X, p.TX, p.T = append(p.X, c.X), append(p.TX, c.TX), append(p.T, c.T)
	}
	return p
}
