package backtest

import (
	"math"

	"clientele/internal/wording"
)

// Score is how a candidate stands in the comparison by mean log score, pooled
// over the splits that are informative (see MinRepeaters).
type Score struct {
	Model    string
	Params   int             // of the fitted model, in the latest such split
	LogScore float64         // mean ln P(count) per customer and split; NaN for a candidate that is out, and for all without such a split
	Behind   float64         // how far that is below the best
	StdErr   float64         // of Behind, from the same customers' scores under both; 0 for the best
	Tied     bool            // Behind <= StdErr
	Out      wording.Message // why it takes no part; empty for those that do
}

// comparison gathers the log scores of each candidate by buyers. Two models score
// the same customers, so that their difference has a far smaller error than either
// score. The scores of a customer in several splits are not independent, so that they are
// added up by customer first.
type comparison struct {
	models    []string
	total     [][]float64 // by model and buyers: sum over informative splits
	forecasts []float64   // by buyers: informative splits that they are in
}

func newComparison(models []string, buyers int) *comparison {
	c := &comparison{models: models, total: make([][]float64, len(models)), forecasts: make([]float64, buyers)}
	for i := range c.total {
		c.total[i] = make([]float64, buyers)
	}
	return c
}

// add adds every candidate's log scores in a split; one without a forecast has
// none.
func (c *comparison) add(k sample, scored []scoredCells) {
	for i, cell := range k.cellOf {
		if cell == nobody {
			continue
		}
		c.forecasts[i]++
		for model, j := range scored {
			if j.logScore != nil {
				c.total[model][i] += j.logScore[cell]
			}
		}
	}
}

// scores compares the candidates, in their order, over the informative splits
// and the latest; nil without any.
func (c *comparison) scores(s shop, splits []Split) []Score {
	if len(splits) == 0 {
		return nil
	}
	latest := splits[len(splits)-1]
	splits = informative(splits)
	if !latest.informative() {
		splits = append(splits, latest) // who fails there is out
	}
	scores := make([]Score, len(c.models))
	best := -1
	for i := range scores {
		scores[i] = Score{Model: c.models[i], LogScore: math.NaN(), Behind: math.NaN(), StdErr: math.NaN()}
		v := &scores[i]
		if v.Out = outOf(i, splits); !v.Out.IsZero() {
			continue
		}
		v.Params = len(splits[len(splits)-1].Models[i].Fit.Params)
		v.LogScore, _ = c.difference(s, c.total[i], nil)
		if best < 0 || v.LogScore > scores[best].LogScore {
			best = i
		}
	}
	for i := range scores {
		if v := &scores[i]; v.Out.IsZero() {
			v.Behind, v.StdErr = c.difference(s, c.total[best], c.total[i])
			v.Behind = max(0, v.Behind) // equal but for rounding
			v.Tied = v.Behind <= v.StdErr
		}
	}
	return scores
}

// difference is the mean per forecast of a - b (b nil: of a) and its standard
// error, clustered by customer: with d_i the sum of a customer's differences
// and m_i the number of splits that the customer is in,
//
//	mean = Σd / Σm,  variance = C/(C-1) Σ(d_i - mean m_i)² / (Σm)²
//
// over C customers, the ratio estimator of survey sampling.
//
// Source: Cochran (1977), Sampling Techniques, eq. (2.39) and section 6.4.
func (c *comparison) difference(s shop, a, b []float64) (mean, stdErr float64) {
	d := func(i int) float64 {
		if b == nil {
			return a[i]
		}
		return a[i] - b[i]
	}
	var sum, forecasts, customers float64
	for i, m := range c.forecasts {
		if m > 0 {
			n := s.buyers[i].customers
			sum += n * d(i)
			forecasts += n * m
			customers += n
		}
	}
	mean = sum / forecasts
	squares := 0.0
	for i, m := range c.forecasts {
		if m > 0 {
			e := d(i) - mean*m
			squares += s.buyers[i].customers * e * e
		}
	}
	return mean, math.Sqrt(squares*customers/max(1, customers-1)) / forecasts
}

// outOf says why a candidate takes no part: it failed in a split that counts,
// or is another candidate under its own name.
func outOf(model int, splits []Split) wording.Message {
	for _, v := range splits {
		if f := v.Models[model]; !f.Problem.IsZero() {
			return wording.Of("model.problem", "customers", whole(v.Customers), "problem", f.Problem)
		}
	}
	became := becomes(model, splits)
	if became == "" {
		return wording.Message{}
	}
	for other, f := range splits[0].Models {
		switch {
		case other == model:
		case f.Name == became && f.Problem.IsZero():
			return wording.Of("model.reduces_to_candidate", "model", became)
		case other < model && becomes(other, splits) == became:
			return wording.Of("model.reduces_as", "model", became, "other", f.Name)
		}
	}
	return wording.Message{}
}

// becomes is the one other model that a candidate reduces to in every split;
// empty where there is none.
func becomes(model int, splits []Split) string {
	name := splits[0].Models[model].Fitted()
	for _, v := range splits {
		if f := v.Models[model]; f.Fitted() != name || f.Fitted() == f.Name {
			return ""
		}
	}
	return name
}
