package backtest

import (
	"slices"

	"clientele/clv"
	"clientele/internal/wording"
)

// BlendName is the name under which the blend of the candidates is scored.
const BlendName = clv.BlendName

// Weight is the share of a candidate in the blend.
type Weight struct {
	Model  string  `json:"model"`
	Weight float64 `json:"weight"` // those of all sum to 1
}

// untested are the candidates that have equal weights where no split tells which predicts
// better: the models of customers who may leave and buy at random. In nbd no customer
// leaves, and the models of regular purchases need evidence that purchases are regular.
var untested = []string{"pareto-nbd", "bg-nbd", "mbg-nbd"}

// blend weighs the candidates by the splits that tell them apart or, without such a
// split, equally. Candidates that are out (Score.Out) have no weight. If all are out none
// has a weight.
func (r *Report) blend(trials []trial) []Weight {
	weights := make([]Weight, len(r.Models))
	for i, name := range r.Models {
		weights[i].Model = name
	}
	var members []int
	for i, s := range r.Scores {
		if s.Out.IsZero() {
			members = append(members, i)
		}
	}
	all := r.observations(trials, members)
	switch {
	case len(members) == 0 && len(r.Scores) > 0:
		return weights
	case len(all) == 0:
		return r.equally(weights)
	}
	for k, w := range stack(all, len(members)) {
		weights[members[k]].Weight = w
	}
	return weights
}

// equally weighs those of untested alike, or all candidates where none of those is one.
func (r *Report) equally(weights []Weight) []Weight {
	known := func(name string) bool { return slices.Contains(untested, name) }
	all := !slices.ContainsFunc(r.Models, known)
	sum := 0.
	for i, name := range r.Models {
		if all || known(name) {
			weights[i].Weight = 1
			sum++
		}
	}
	for i := range weights {
		weights[i].Weight /= sum
	}
	return weights
}

// observations are what the members said of each cell of the informative splits.
func (r *Report) observations(trials []trial, members []int) (all []observation) {
	for i, t := range trials {
		if !r.Splits[i].informative() {
			continue
		}
		for c, cell := range t.cells {
			e := observation{customers: cell.customers, logScores: make([]float64, len(members)), lnCounts: make([]float64, len(members))}
			for k, m := range members {
				e.logScores[k] = t.scored[m].logScore[c]
				e.lnCounts[k] = t.lnCounts[m][cell.row]
			}
			all = append(all, e)
		}
	}
	return all
}

// forecastBlend scores the blend of the fits to a split; ok is false where a member
// with a weight has none.
func (t trial) forecastBlend(models []Forecast, weights []Weight, o Options) (f Forecast, b blended, ok bool) {
	f.Name = BlendName
	var members []clv.Member
	for i, w := range weights {
		if w.Weight == 0 {
			continue
		}
		if t.predicted[i] == nil {
			f.Problem = wording.Of("model.member_without_forecast", "model", w.Model, "problem", models[i].Problem)
			return f, b, false
		}
		members = append(members, clv.Member{Model: models[i].Fit.Model, Weight: w.Weight})
	}
	var err error
	if b.blend, err = clv.NewBlend(members); err != nil {
		f.Problem = clv.Said(err)
		return f, b, false
	}
	ahead := clv.ScoreBlend(b.blend, t.rows, clv.ScoreOptions{
		Horizon: t.horizon, Workers: o.Workers, WithNone: o.Detail, NoneWithin: float64(t.withinDays()) / o.UnitDays,
	})
	b.predicted, b.none = ahead.CET, ahead.None
	f.Metrics = t.done.measure(t.outcomes(b.predicted))
	if o.Brief && !o.Detail {
		f.LogScore, f.Coverage = t.blendCells(weights).means(t.sample)
	} else {
		o.Brief = false
		f.LogScore, f.Coverage = t.scoreCells(b.blend, o, nil).means(t.sample)
	}
	return f, b, true
}

// blendCells scores a blend by what its members said of what each cell did, as scoreCells
// does with the laws of the blend.
func (t trial) blendCells(weights []Weight) scoredCells {
	j := newScoredCells(len(t.cells))
	var members []clv.Member
	var from []int
	for i, w := range weights {
		if w.Weight > 0 {
			members, from = append(members, clv.Member{Weight: w.Weight}), append(from, i)
		}
	}
	shares := make([]float64, len(members))
	for row := range t.rows.Len() {
		for k, i := range from {
			shares[k] = t.lnCounts[i][row]
		}
		clv.SilenceShares(members, 1, shares) // the credit is in the logarithms already
		if len(shares) == 1 {
			shares[0] = 1 // of a silence that is impossible too
		}
		for c := t.cellsOf[row]; c < t.cellsOf[row+1]; c++ {
			p := 0.
			for k, i := range from {
				p += shares[k] * t.scored[i].chance[c]
			}
			j.chance[c], j.logScore[c] = p, clv.LogScore(p)
		}
	}
	return j
}
