package backtest

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Choice is the blend to use, and why.
type Choice struct {
	// Weights are the shares of the candidates. If the choice is refused, a blend of
	// these weights may be used all the same, with a warning beside its numbers.
	Weights []Weight
	Why     string // one sentence
	// Untested says why no split tells which candidate predicts better, so that their
	// weights are a convention; empty where one does.
	Untested string
	// Drifted says that the latest forecast of the total did not come true; empty where
	// it did. An interval that knows of past errors allows for it.
	Drifted string
	// Refused says that the history can tell nothing: Reason says why, and what to do.
	Refused bool
	Reason  string
	Scores  []Score
}

// Choose weighs the candidates by what they predicted. The choice is refused where no
// candidate can be fitted, and where the history is so short or so thin that it can
// tell nothing (MinDays, MinCustomersBack).
func (r *Report) Choose() Choice {
	c := Choice{Scores: r.Scores, Weights: r.Weights}
	if c.Untested = r.tooShort(); c.Untested == "" {
		c.Untested = r.tooFew()
	}
	c.Why, c.Drifted = r.why(c.Untested), r.drifted()
	switch c.Reason = r.tellsNothing(); {
	case c.Reason != "":
	case !slices.ContainsFunc(r.Weights, func(w Weight) bool { return w.Weight > 0 }):
		c.Reason = "no candidate could be fitted: " + outs(r.Scores)
	}
	c.Refused = c.Reason != ""
	return c
}

// why explains the weights with their numbers.
func (r *Report) why(untested string) string {
	if untested != "" {
		return "the models have equal weights, as no backtest can tell them apart: " + untested
	}
	best, blend := math.Inf(-1), math.NaN()
	name := ""
	for _, s := range r.Scores {
		if s.Out == "" && s.LogScore > best {
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
	splits := fmt.Sprintf("%d splits", len(informative(r.Splits)))
	if len(informative(r.Splits)) == 1 {
		splits = "1 split"
	}
	return fmt.Sprintf("weights by how well each model would have predicted: mean log score %.4f per customer in %s, "+
		"where the best model alone, %s, has %.4f", blend/n, splits, name, best)
}

// outs lists why candidates take no part.
func outs(scores []Score) string {
	var all []string
	for _, s := range scores {
		all = append(all, s.Model+": "+s.Out)
	}
	return strings.Join(all, "; ")
}
