package published

import (
	"encoding/json"
	"fmt"
	"os"

	"clientele/clv"
)

// Model is the mixture of lifetime models in a model.json. One model alone is a
// mixture of one; a night without a model has none.
type Model struct {
	Name    string // blend, or the model's; none
	Members []Member
	Unit    float64 // of time, in days; that of the job
}

// Member is a model of a mixture.
type Member struct {
	*clv.Model
	Weight float64
}

// units are the lengths of the units of a model file, in days.
var units = map[string]float64{"day": 1, "week": 7, "month": 30.4375}

// modelFile is what a model.json says that makes a mixture.
type modelFile struct {
	memberFile
	Unit    string       `json:"unit"`
	Members []memberFile `json:"members"`
}

type memberFile struct {
	Model  string             `json:"model"`
	Weight float64            `json:"weight"`
	Params map[string]float64 `json:"params"`
}

func readModel(path string) (m Model, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return m, err
	}
	var f modelFile
	if err := json.Unmarshal(text, &f); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	if m, err = f.build(); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

func (f modelFile) build() (Model, error) {
	m := Model{Name: f.Model, Unit: units[f.Unit]}
	if m.Unit == 0 {
		return m, fmt.Errorf("unit is %q, expected day, week or month", f.Unit)
	}
	members := f.Members
	if len(members) == 0 && f.Model != "none" {
		f.Weight = 1
		members = []memberFile{f.memberFile}
	}
	for _, member := range members {
		if member.Weight == 0 {
			continue
		}
		built, err := clv.NewModel(member.Model, member.Params)
		if err != nil {
			return m, err
		}
		m.Members = append(m.Members, Member{built, member.Weight})
	}
	return m, nil
}

// Chances are the probabilities that customers buy n[i] times in so many days, and
// that they buy at all. Both are nil where there is no model.
func (m Model) Chances(of []Customer, days float64, n []float64, workers int) (count, any []float64) {
	if len(m.Members) == 0 {
		return nil, nil
	}
	panel := PanelOf(of)
	count, any = make([]float64, len(of)), make([]float64, len(of))
	for _, member := range m.Members {
		clv.EachCountLaw(member.Model, panel, days/m.Unit, workers, func(row int, law clv.CountLaw) {
			count[row] += member.Weight * law.P(n[row])
			any[row] += member.Weight * (1 - law.P(0))
		})
	}
	return count, any
}

// PanelOf is what the models know of customers.
func PanelOf(of []Customer) (p clv.Panel) {
	for _, c := range of {
		p.X, p.TX, p.T = append(p.X, c.X), append(p.TX, c.TX), append(p.T, c.T)
	}
	return p
}
