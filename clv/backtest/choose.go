package backtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// preference decides between models that predict equally well with equally many
// parameters, the most robust first. mbg-nbd and pareto-nbd let one-time buyers
// leave, and the likelihood of mbg-nbd is in closed form. bg-nbd takes every
// one-time buyer for alive, which makes them worth more than some who came back:
// it has to earn its place. Of ggompertz-nbd and the models of regular
// purchases, parameters are often loose. Then come those of customers who
// cannot buy or leave at any time. Names that are not here come last.
var preference = []string{
	"mbg-nbd", "pareto-nbd", "bg-nbd", "ggompertz-nbd", "mbg-cnbd-k", "bg-cnbd-k", "nbd", "bg-bb", "sbg",
}

// rank is the place of a model in preference.
func rank(model string) int {
	if i := slices.Index(preference, model); i >= 0 {
		return i
	}
	return len(preference)
}

// Choice is the model to use, and why.
type Choice struct {
	// Model is the candidate to use. Where the choice is refused it is the one
	// to fall back to if there must be one; its numbers should carry a warning.
	Model string
	Why   string // one sentence
	// Refused says that numbers from any candidate would mislead, or that
	// nothing is known of them; Reason says why, and what to do.
	Refused bool
	Reason  string
	Scores  []Score
}

// Choose picks the candidate with the highest mean log score over all
// informative splits. Candidates within one standard error of it are tied; of
// those it takes the one with the fewest parameters, then the first of
//
//	mbg-nbd, pareto-nbd, bg-nbd, ggompertz-nbd, mbg-cnbd-k, bg-cnbd-k, nbd, bg-bb, sbg
//
// (more of the reasons at preference). The choice is refused where the history
// is too short, where too few customers came back, where no candidate can be
// fitted and where the shop has changed in the latest holdout; the constants
// from MinCalibrationDays to DriftStdErrs are the limits.
func (r *Report) Choose() Choice {
	c := Choice{Scores: r.Scores}
	if c.Reason = r.tooShort(); c.Reason == "" {
		c.Reason = r.tooFew()
	}
	if c.Reason != "" {
		return c.refuse(r.Models)
	}
	chosen, found := favourite(r.Scores)
	if !found {
		c.Reason = "no candidate could be fitted: " + outs(r.Scores)
		return c.refuse(r.Models)
	}
	c.Model, c.Why = chosen.Model, r.why(chosen)
	c.Reason = r.drifted(chosen.Model)
	c.Refused = c.Reason != ""
	return c
}

// refuse falls back to the most robust of the candidates.
func (c Choice) refuse(candidates []string) Choice {
	c.Refused = true
	c.Model = slices.MinFunc(candidates, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	c.Why = c.Model + " is the most robust of the candidates; the backtest could not tell them apart"
	return c
}

// favourite is the simplest of the best.
func favourite(scores []Score) (chosen Score, found bool) {
	for _, s := range scores {
		if s.Tied && (!found || cmp.Or(cmp.Compare(s.Params, chosen.Params), cmp.Compare(rank(s.Model), rank(chosen.Model))) < 0) {
			chosen, found = s, true
		}
	}
	return chosen, found
}

// why explains a choice with its numbers.
func (r *Report) why(chosen Score) string {
	best, rival, rivals := chosen, Score{}, 0
	for _, s := range r.Scores {
		if s.Out != "" {
			continue
		}
		if s.Behind == 0 && chosen.Behind > 0 {
			best = s
		}
		if s.Model == chosen.Model {
			continue
		}
		if rivals++; rivals == 1 || s.Behind < rival.Behind {
			rival = s
		}
	}
	splits := informative(r.Splits)
	over := fmt.Sprintf("mean log score %.4f per customer in %d splits", chosen.LogScore, len(splits))
	if len(splits) == 1 {
		over = fmt.Sprintf("mean log score %.4f per customer in 1 split", chosen.LogScore)
	}
	switch {
	case rivals == 0:
		return fmt.Sprintf("%s is the only candidate that could be fitted (%s)", chosen.Model, over)
	case best.Model != chosen.Model:
		return fmt.Sprintf("%s predicts as well as %s (%s, %.4f behind with a standard error of %.4f) and %s",
			chosen.Model, best.Model, over, chosen.Behind, chosen.StdErr, simpler(chosen, best))
	case rival.Tied:
		return fmt.Sprintf("%s predicts best (%s), %s as well (%.4f behind with a standard error of %.4f), and %s",
			chosen.Model, over, rival.Model, rival.Behind, rival.StdErr, simpler(chosen, rival))
	}
	return fmt.Sprintf("%s predicts best (%s); next comes %s, %.4f behind with a standard error of %.4f",
		chosen.Model, over, rival.Model, rival.Behind, rival.StdErr)
}

// simpler says why a model is taken before one that predicts as well.
func simpler(chosen, other Score) string {
	if chosen.Params < other.Params {
		return fmt.Sprintf("has %d parameters instead of %d", chosen.Params, other.Params)
	}
	return "is the more robust of the two"
}

// outs lists why candidates take no part.
func outs(scores []Score) string {
	var all []string
	for _, s := range scores {
		all = append(all, s.Model+": "+s.Out)
	}
	return strings.Join(all, "; ")
}
