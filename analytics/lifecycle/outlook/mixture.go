package outlook

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"clientele/clv"
	"clientele/segment/lifecycle"
)

// mixture is a forecast of several models, by their weights.
type mixture struct {
	members  []clv.Member
	r, alpha float64
}

// Open implements [lifecycle.Forecaster].
func (m Models) Open(text json.RawMessage) (lifecycle.Forecast, error) {
	var all []member
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	of := &mixture{}
	var sum float64
	for _, a := range all {
		model, r, alpha, err := a.model()
		if err != nil {
			return nil, err
		}
		if !(a.Weight > 0 && a.Weight <= 1 && r > 0 && alpha > 0) {
			return nil, fmt.Errorf("the weight, r or alpha of %s is out of its range", a.Model)
		}
		of.members = append(of.members, clv.Member{Model: model, Weight: a.Weight})
		of.r += a.Weight * r
		of.alpha += a.Weight * alpha
		sum += a.Weight
	}
	if !(math.Abs(sum-1) < 1e-6) {
		return nil, errors.New("the weights of its models do not sum to 1")
	}
	return of, nil
}

func (f *mixture) Rhythm() (r, alpha float64) { return f.r, f.alpha }

func (f *mixture) Ahead(x, tx, t, h float64) (o lifecycle.Outlook) {
	f.each(x, tx, t, func(k clv.Known, weight, silent float64) {
		o.Purchases += weight * k.CET(h)
		o.Alive += weight * k.PAlive()
		o.Silent += weight * silent
	})
	return o
}

func (f *mixture) AtLeast(n int, x, tx, t, h float64) float64 {
	fewer := 0.0
	f.each(x, tx, t, func(k clv.Known, weight, _ float64) {
		for i := range n {
			fewer += weight * k.PMF(float64(i), h)
		}
	})
	return max(0, 1-fewer)
}

// credit is the power to which the chance that a model gives to a silence moves its
// weight. Values have [clv.SilenceCredit], a fifth of it, at which the numbers of all
// customers score best; but then models in which nobody leaves keep a say about frequent
// buyers who are long gone, and the list of those in decline has to be cut for their sake:
// on simulated shops it then misses a quarter of those who bought every ten days and
// stopped. From 0.5 to 1 little changes.
const credit = 0.5

// each calls do with the history under each model, its weight for a customer, and the chance that it gives
// to the silence.
func (f *mixture) each(x, tx, t float64, do func(k clv.Known, weight, silent float64)) {
	var (
		logs, weights [8]float64 // on the stack, for the few models there are
		histories     [8]clv.Known
	)
	lnSilence, share, known := logs[:0], weights[:0], histories[:0]
	for _, m := range f.members {
		k := m.Model.Known(x, tx, t)
		known, lnSilence = append(known, k), append(lnSilence, k.LnSilence())
	}
	share = append(share, lnSilence...)
	clv.SilenceShares(f.members, credit, share)
	for i, k := range known {
		do(k, share[i], math.Exp(lnSilence[i]))
	}
}
