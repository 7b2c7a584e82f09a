// Package outlook is what stages are judged by: the models of the night's blend, fitted
// on the shop's own clock to a sample of its customers.
package outlook

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"clientele/clv"
	"clientele/segment/lifecycle"
)

// Models implements [lifecycle.Forecaster].
type Models struct {
	// Weights are those of the blend's models on a day, by name; they sum to 1. Nil, or
	// none on a day: those of [Untold].
	Weights func(day int32) map[string]float64
	Workers int
}

// Untold are the weights where nothing tells models apart: customers leave in the course
// of time or after a purchase.
func Untold() map[string]float64 { return map[string]float64{"pareto-nbd": 0.5, "mbg-nbd": 0.5} }

// member is a model and its weight, as a file keeps them.
type member struct {
	Model  string             `json:"model"`
	Weight float64            `json:"weight"`
	Params map[string]float64 `json:"params"`
}

// memoryless are models with gaps of a stated regularity, and those that they are
// without: how regular a customer is, segment finds for each.
var memoryless = map[string]string{"mbg-cnbd-k": "mbg-nbd", "bg-cnbd-k": "bg-nbd"}

// model is the member's, and where its gaps have a regularity the same without: the same
// rate of purchases, and the same chance to leave. A model fitted as memoryless would not
// do, as it takes the silence of a regular buyer for chance and sees nobody leave.
func (m member) model() (of *clv.Model, r, alpha float64, err error) {
	name, k, err := clv.SplitVariant(m.Model)
	if err != nil {
		return nil, 0, 0, err
	}
	params := maps.Clone(m.Params)
	if without, has := memoryless[name]; has && k > 0 {
		name = without
		params["alpha"] *= float64(k)
		delete(params, "k")
	}
	of, err = clv.NewModel(name, params)
	return of, params["r"], params["alpha"], err
}

// weightsOn are the weights of the models on a day.
func (m Models) weightsOn(day int32) map[string]float64 {
	var of map[string]float64
	if m.Weights != nil {
		of = m.Weights(day)
	}
	if len(of) == 0 {
		return Untold()
	}
	return of
}

// Fit implements [lifecycle.Forecaster].
func (m Models) Fit(h lifecycle.Histories, day int32, before json.RawMessage) (json.RawMessage, error) {
	starts := map[string]map[string]float64{}
	if len(before) > 0 {
		var all []member
		if err := json.Unmarshal(before, &all); err != nil {
			return nil, err
		}
		for _, b := range all {
			starts[b.Model] = b.Params
		}
	}
	panel, weights := clv.Panel{X: h.X, TX: h.TX, T: h.T, LnGaps: h.LnGaps}, m.weightsOn(day)
	var all []member
	for _, name := range slices.Sorted(maps.Keys(weights)) { // sums have the same bits in one order only
		fit, err := clv.FitVariant(name, panel, clv.FitOptions{Start: starts[name], Workers: m.Workers})
		if fit.Model == nil || err != nil && !errors.Is(err, clv.ErrNotIdentified) {
			if tellsNothing(err) {
				return nil, nil
			}
			return nil, err
		}
		all = append(all, member{fit.Model.Variant(), weights[name], params(fit.Model)})
	}
	return json.Marshal(all)
}

// tellsNothing is an error of histories of which no model can be fitted.
func tellsNothing(err error) bool {
	return slices.ContainsFunc([]error{clv.ErrNoCustomers, clv.ErrNoRepeat, clv.ErrNoExposure, clv.ErrNotIdentified},
		func(none error) bool { return errors.Is(err, none) })
}

func params(m *clv.Model) map[string]float64 {
	out := map[string]float64{}
	for _, p := range m.Params() {
		out[p.Name] = p.Value
	}
	return out
}
