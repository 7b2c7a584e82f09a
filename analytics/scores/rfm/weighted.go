package rfm

// Weights say how much each score counts in a combined one. Only their ratio
// matters; none is negative and one at least is not zero.
type Weights struct {
	R, F, M float64
}

// Combine gives each customer one score from 0, the worst in all three, to
// 100, the best:
//
//	100 · Σ w·(s − 1) / (Σ w · (bins − 1))
//
// It is made of the scores and not of ranks among tonight's customers: a score
// that cut points hold still cannot move because others did.
func (s Scores) Combine(w Weights, bins int) []float64 {
	combined := make([]float64, len(s.R))
	most := (w.R + w.F + w.M) * float64(bins-1)
	for i := range combined {
		sum := w.R*float64(s.R[i]-1) + w.F*float64(s.F[i]-1) + w.M*float64(s.M[i]-1)
		combined[i] = min(100, 100*sum/most)
	}
	return combined
}
