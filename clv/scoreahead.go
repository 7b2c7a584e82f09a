package clv

// ScoreAhead is ScoreBlend for several horizons at once, bit for bit: what the past says of
// a customer, which costs most, is worked out once. Of the options those of the horizon are
// replaced, and the log-likelihood is left out.
func ScoreAhead(b *Blend, p Panel, horizons []float64, o ScoreOptions) []Scores {
	o.WithLogLikelihood = false
	by := make([]BlendScores, len(horizons))
	tasks := sameX(p)
	for _, m := range b.members {
		for k := range by {
			o.Horizon = horizons[k]
			var known *Scores
			if k > 0 {
				known = &by[0].Members[len(by[0].Members)-1]
			}
			by[k].Members = append(by[k].Members, b.scoreMember(m.Model, p, tasks, o, known))
		}
	}
	shares := b.sharesOf(p, by[0].Members, o.Workers)
	all := make([]Scores, len(horizons))
	for k := range by {
		by[k].Shares = shares
		all[k] = by[k].mean()
	}
	return all
}
