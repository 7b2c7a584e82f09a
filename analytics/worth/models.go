package worth

import (
	"errors"
	"fmt"
	"math"

	"clientele/analytics/night"
	"clientele/clv"
	"clientele/internal/wording"
)

// notEnough are the ways in which a shop may be too young or too small for a
// model; the night goes on without it.
func notEnough(err error) bool {
	for _, class := range []error{clv.ErrNoRepeat, clv.ErrNoExposure, clv.ErrNoCustomers, clv.ErrNoSpend, clv.ErrMoneyUnit, clv.ErrNotIdentified} {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}

// models are of when customers buy and when they leave.
type models struct {
	fits    []clv.MemberFit
	blend   *clv.Blend      // of fits; nil: there is none
	refused wording.Message // why there is none
}

// fitModels fits the chosen models. Tonight they weigh what the choice says.
func fitModels(n night.Context, panel clv.Panel, c choice) (m models, err error) {
	if !c.refused.IsZero() {
		n.Warn("warning.no_model", "why", c.refused)
		return models{refused: c.refused}, nil
	}
	tonight := c.stacking.At(n.Today())
	fits, last, err := fitMembers(n, panel, tonight.Weights)
	switch {
	case err != nil:
		return m, err
	case len(fits) == 0:
		n.Warn("warning.no_model_fits", "why", clv.Said(last))
		return models{refused: clv.Said(last)}, nil
	}
	if m, err = blendOf(fits, math.Exp(tonight.Level.Pace)); err == nil {
		m.warn(n, c)
	}
	return m, err
}

// fitMembers fits the models with a weight; last is why the last could not be fitted of
// those that the shop is too young or too small for.
func fitMembers(n night.Context, panel clv.Panel, weights map[string]float64) (fits []clv.MemberFit, last, err error) {
	for _, name := range candidates(n.Job) {
		if weights[name] == 0 {
			continue
		}
		fit, err := clv.FitVariant(name, panel, clv.FitOptions{Start: lastParams(n, name), Workers: n.Threads})
		switch {
		case err == nil:
			fits = append(fits, clv.MemberFit{Fit: fit, Weight: weights[name]})
		case notEnough(err):
			last = err
		default:
			return nil, nil, err
		}
	}
	return fits, last, nil
}

// lastParams are the parameters of the same model on the night before, where the search
// for the best may start; it ends at the same ones without them.
func lastParams(n night.Context, model string) map[string]float64 {
	if n.Previous == nil || n.Previous.Model == nil {
		return nil
	}
	return n.Previous.Model.ParamsOf(model)
}

// blendOf makes a blend of what was fitted, with the weights of tonight. A member that
// could not be fitted leaves its weight to the others.
func blendOf(fits []clv.MemberFit, pace float64) (models, error) {
	sum := 0.
	for _, f := range fits {
		sum += f.Weight
	}
	if sum == 0 {
		return models{}, errors.New("no model of the blend could be fitted")
	}
	members := make([]clv.Member, len(fits))
	for i := range fits {
		fits[i].Weight /= sum
		members[i] = clv.Member{Model: fits[i].Model, Weight: fits[i].Weight, Covariance: fits[i].Covariance}
	}
	b, err := clv.NewBlend(members)
	if err == nil {
		b, err = b.WithPace(pace)
	}
	if err != nil {
		return models{}, fmt.Errorf("clv: %w", err)
	}
	return models{fits: fits, blend: b}, nil
}

// warn says where the model that the job file names tells less than it seems to, and
// where nothing is known of how well a blend predicts.
func (m *models) warn(n night.Context, c choice) {
	if note := m.fits[0].Note; c.on == "" && !note.IsZero() {
		n.Warn("warning.clv", "note", note)
	}
	if !c.untested.IsZero() {
		n.Warn("warning.untested", "why", c.untested)
	}
	if !c.drifted.IsZero() {
		n.Warn("warning.drifted", "why", c.drifted)
	}
	if len(m.fits) > 1 {
		return
	}
	switch m.fits[0].Model.Name() {
	case "bg-nbd":
		n.Warn("warning.bg_nbd")
	case "nbd":
		n.Warn("warning.nbd")
	}
}
