package experiment

// spread gives the variance of each customer's outcome, by the labels: a product of a common
// variance and a factor per label, such that within each label the squares are in the mean
// what is expected of them,
//
//	v_i = v Π_f r_f[label],  Σ_i∈label (e²_i / v_i) = customers of the label
//
// Cells are too small to have variances of their own: of three customers of whom none
// bought, it would be 0. A label of few customers takes a share of the common variance, as if
// it had moderation more who have just that.
//
// Source: log-linear variances, Aitkin (1987), Applied Statistics 36(3), and Smyth (1989),
// Journal of the Royal Statistical Society B 51(1), whose equations for factors these are; by
// scaling of one factor after the other, Deming and Stephan (1940), Annals of Mathematical
// Statistics 11(4).
func spread(effects []float64, rows []int, labels [][]string) []float64 {
	// Twenty customers are a choice of this project, and five sweeps leave the sums within a
	// few hundredths, far within their own errors.
	const moderation, sweeps = 20, 5
	mean, squares := meanSquares(effects)
	variances := make([]float64, len(effects))
	for k := range variances {
		variances[k] = squares / float64(len(effects))
	}
	type share struct{ squares, n float64 }
	for range sweeps {
		for _, column := range labels {
			of := map[string]*share{}
			for k, i := range rows {
				s := of[column[i]]
				if s == nil {
					s = &share{moderation, moderation}
					of[column[i]] = s
				}
				s.squares += square(effects[k]-mean) / variances[k]
				s.n++
			}
			for k, i := range rows {
				s := of[column[i]]
				variances[k] *= s.squares / s.n
			}
		}
	}
	return variances
}
