package clv

// ScoreAhead gives PAlive, DECT and AliveTime of ScoreBlend for several horizons at once, in
// a fraction of the time: what the past says of a customer is worked out once, and what lies
// ahead is interpolated, to nine digits, where many customers are alike but for t. P(alive)
// is the same bit for bit.
func ScoreAhead(b *Blend, p Panel, horizons []float64, delta float64, workers int) []Scores {
	o := ScoreOptions{Delta: delta, Workers: workers, WithDECT: true, WithAliveTime: true, discountedOnly: true}
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
		all[k].CET = nil
	}
	return all
}
