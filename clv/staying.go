package clv

import "math"

// Staying gives for each row the chance to be a customer still h after t: PAlive by the blend
// times the chance to stay. s are scores of the panel, of which only PAlive and the shares
// count. A customer of whom nothing is known, and an h out of range, give NaN.
func Staying(b *Blend, p Panel, s BlendScores, h float64, workers int) []float64 {
	stays := make([]float64, p.Len())
	tasks := sameX(p)
	for i, m := range b.members {
		inParallel(len(tasks), workers, func(k int) {
			addStaying(m.Model, p, tasks[k], min(h*b.pace, MaxTime), func(row int, stay float64) {
				stays[row] += s.share(i, row) * ifAlive(s.Members[i].PAlive[row], stay)
			})
		})
	}
	return stays
}

// addStaying adds the chance that a customer of each row stays, given that they are one by a
// member. Rows are of one x, in the order of t.
func addStaying(m *Model, p Panel, rows []pair, h float64, add func(row int, stay float64)) {
	look := outlookOf(m.process, rows[0].x)
	at := make([]float64, len(look.by)) // by stage, at lastT
	lastT := math.NaN()
	for _, r := range rows {
		if !m.family.validRow(r.x, p.TX[r.row], r.t) || !validHorizon(h, 0) {
			add(r.row, math.NaN())
			continue
		}
		if r.t != lastT {
			lastT = r.t
			for j, ahead := range look.by {
				at[j] = ahead.survival(h, r.t)
			}
		}
		add(r.row, mean(look.of(p.TX[r.row], r.t), func(j int) float64 { return at[j] }))
	}
}
