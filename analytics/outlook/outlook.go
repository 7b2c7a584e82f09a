// Package outlook is what stages are judged by: lifetime models of purchase counts,
// fitted to a sample of the shop's customers on the shop's own clock.
package outlook

import (
	"encoding/json"
	"errors"
	"fmt"

	"clientele/clv"
	"clientele/segment"
)

// Models fits the models that let customers leave, in the course of time and after a
// purchase, and takes the mean of the two. Their gaps are memoryless, as
// [segment.Forecaster] wants them.
type Models struct{ Workers int }

// names are the models.
var names = []string{"pareto-nbd", "mbg-nbd"}

// fitted is what a file keeps of a model.
type fitted struct {
	Model  string             `json:"model"`
	Params map[string]float64 `json:"params"`
}

// Fit implements [segment.Forecaster].
func (m Models) Fit(h segment.Histories, before json.RawMessage) (json.RawMessage, error) {
	panel := clv.Panel{X: h.X, TX: h.TX, T: h.T}
	starts, err := read(before)
	if err != nil {
		return nil, err
	}
	var all []fitted
	for _, name := range names {
		fit, err := clv.FitModelWith(name, panel, clv.FitOptions{Start: starts[name], Workers: m.Workers})
		if err != nil && fit.Model == nil {
			if tellsNothing(err) {
				return nil, nil
			}
			return nil, err
		}
		all = append(all, fitted{fit.Model.Name(), params(fit.Model)})
	}
	return json.Marshal(all)
}

// tellsNothing is an error of histories of which no model can be fitted.
func tellsNothing(err error) bool {
	for _, none := range []error{clv.ErrNoCustomers, clv.ErrNoRepeat, clv.ErrNoExposure, clv.ErrNotIdentified} {
		if errors.Is(err, none) {
			return true
		}
	}
	return false
}

func params(m *clv.Model) map[string]float64 {
	out := map[string]float64{}
	for _, p := range m.Params() {
		out[p.Name] = p.Value
	}
	return out
}

// read is the parameters of models by name; none of nothing.
func read(text json.RawMessage) (map[string]map[string]float64, error) {
	out := map[string]map[string]float64{}
	if len(text) == 0 {
		return out, nil
	}
	var all []fitted
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	for _, f := range all {
		out[f.Model] = f.Params
	}
	return out, nil
}

// Open implements [segment.Forecaster].
func (m Models) Open(text json.RawMessage) (segment.Forecast, error) {
	var all []fitted
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errors.New("it has no models")
	}
	b := &mean{}
	for _, f := range all {
		model, err := clv.NewModel(f.Model, f.Params)
		if err != nil {
			return nil, err
		}
		b.models = append(b.models, model)
		b.r, b.alpha = f.Params["r"], f.Params["alpha"] // of the last one: the rates differ little
	}
	if !(b.r > 0 && b.alpha > 0) {
		return nil, fmt.Errorf("%s has no r and alpha", all[len(all)-1].Model)
	}
	return b, nil
}

// mean is the plain mean of models.
type mean struct {
	models   []*clv.Model
	r, alpha float64
}

func (b *mean) Rhythm() (r, alpha float64) { return b.r, b.alpha }

func (b *mean) Ahead(x, tx, t, h float64) (o segment.Outlook) {
	share := 1 / float64(len(b.models))
	for _, m := range b.models {
		o.Purchases += share * m.CET(h, x, tx, t)
		o.None += share * m.PMFAhead(0, h, x, tx, t)
		o.Alive += share * m.PAlive(x, tx, t)
		o.Silent += share * silent(m, x, tx, t)
	}
	return o
}

func (b *mean) AtLeast(n int, x, tx, t, h float64) float64 {
	fewer, share := 0.0, 1/float64(len(b.models))
	for _, m := range b.models {
		for i := range n {
			fewer += share * m.PMFAhead(float64(i), h, x, tx, t)
		}
	}
	return max(0, 1-fewer)
}
