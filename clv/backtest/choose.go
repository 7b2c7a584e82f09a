package backtest

import (
	"fmt"
	"math"
	"slices"

	"clientele/internal/wording"
)

// Choice is the blend to use, and why.
type Choice struct {
	// Weights are the shares of the candidates. If the choice is refused, a blend of
	// these weights may be used all the same, with a warning beside its numbers.
	Weights []Weight
	Why     wording.Message // one sentence
	// Untested says why no split tells which candidate predicts better, so that their
	// weights are a convention; empty where one does.
	Untested wording.Message
	// Drifted says that the latest forecast of the total did not come true; empty where
	// it did. An interval that knows of past errors allows for it.
	Drifted wording.Message
	// Refused says that the history can tell nothing: Reason says why, and what to do.
	Refused bool
	Reason  wording.Message
	Scores  []Score
}

// Choose weighs the candidates by what they predicted. The choice is refused where no
// candidate can be fitted, and where the history is so short or so thin that it can
// tell nothing (MinDays, MinCustomersBack).
func (r *Report) Choose() Choice {
	c := Choice{Scores: r.Scores, Weights: r.Weights}
	if c.Untested = r.tooShort(); c.Untested.IsZero() {
		c.Untested = r.tooFew()
	}
	c.Why, c.Drifted = r.why(c.Untested), r.drifted()
	switch c.Reason = r.tellsNothing(); {
	case !c.Reason.IsZero():
	case !slices.ContainsFunc(r.Weights, func(w Weight) bool { return w.Weight > 0 }):
		c.Reason = wording.Of("model.none_fitted", "outs", outs(r.Scores))
	}
	c.Refused = !c.Reason.IsZero()
	return c
}

// why explains the weights with their numbers.
func (r *Report) why(untested wording.Message) wording.Message {
	if !untested.IsZero() {
		return wording.Of("model.equal_weights", "why", untested)
	}
	best, blend := math.Inf(-1), math.NaN()
	name := ""
	for _, s := range r.Scores {
		if s.Out.IsZero() && s.LogScore > best {
			best, name = s.LogScore, s.Model
		}
	}
	n := 0.
	for _, v := range informative(r.Splits) {
		if n == 0 {
			blend = 0
		}
		blend += v.Blend.LogScore * v.Blend.Customers
		n += v.Blend.Customers
	}
	return wording.Of("model.weighed", "score", fmt.Sprintf("%.4f", blend/n), "splits", wording.Plain(len(informative(r.Splits))),
		"model", name, "best", fmt.Sprintf("%.4f", best))
}

// outs lists why candidates take no part.
func outs(scores []Score) (all wording.Message) {
	for _, s := range scores {
		all = all.And(wording.Of("model.out", "model", s.Model, "why", s.Out))
	}
	return all
}
