package clv

// TotalAs is Total of the same customers, spent and baskets as another forecast, under another
// blend of the same models, other prices or another horizon. The error of the parameters is
// worked out with the customers whom the other forecast sampled, so that what is left of it in
// the difference of the two (ChangeTo) is no error of sampling.
func (p *Predictive) TotalAs(other TotalForecast, panel Panel, s BlendScores, spent Spent, each Baskets) TotalForecast {
	return p.total(newCustomers(panel, spent, each), p.complete(panel, s), false, &other)
}

// Plus is the forecast of both totals together, of which the other is of other customers under
// the members of the same blend. What customers happen to do is independent; the error of the
// parameters, and which member is right, are the same for all.
func (t TotalForecast) Plus(other TotalForecast) TotalForecast {
	return totalOf(combined(t.parts, other.parts, 1), t.pure && other.pure)
}

// ChangeTo is how much more another total of the same customers is expected to be than this
// one. Of two futures only one is seen, so that what customers happen to do is no part of it:
// its variance is that of what is not known, which both totals share. It may be below 0.
func (t TotalForecast) ChangeTo(other TotalForecast) TotalForecast {
	parts := combined(other.parts, t.parts, -1)
	for i := range parts {
		parts[i].chance = 0
	}
	change := totalOf(parts, false)
	change.Gross = change.Expected // what a factor on all money multiplies
	return change
}

// combined are the parts of some totals, and sign times those of others.
func combined(of, others []memberTotal, sign float64) []memberTotal {
	sum := make([]memberTotal, len(of))
	for i, a := range of {
		b := others[i]
		sum[i] = memberTotal{
			weight: a.weight, moved: a.moved || b.moved,
			expected: a.expected + sign*b.expected, gross: a.gross + b.gross, others: a.others + sign*b.others,
			chance: a.chance + b.chance,
			above:  combinedChanges(a.above, b.above, sign), below: combinedChanges(a.below, b.below, sign),
		}
	}
	return sum
}

// combinedChanges adds changes up by direction. One of the two may have none: the parameters
// of a total of 0, or of one that is not known, are not moved.
func combinedChanges(of, others []float64, sign float64) []float64 {
	if len(of) < len(others) {
		of = append(of[:len(of):len(of)], make([]float64, len(others)-len(of))...)
	}
	sum := make([]float64, len(of))
	copy(sum, of)
	for j, v := range others {
		sum[j] += sign * v
	}
	return sum
}
