package clv

import "gonum.org/v1/gonum/mat"

// maxParams is the largest number of parameters of a family.
const maxParams = 5

// slope is a log-likelihood with its first and second derivatives. Only the
// lower triangle of h, h[i][j] with j <= i, is used.
type slope struct {
	f float64
	g [maxParams]float64
	h [maxParams][maxParams]float64
}

// add adds weight times t.
func (s *slope) add(weight float64, t *slope) {
	s.f += weight * t.f
	for i := range s.g {
		s.g[i] += weight * t.g[i]
		for j := range i + 1 {
			s.h[i][j] += weight * t.h[i][j]
		}
	}
}

// inLogs turns derivatives by the parameters theta into derivatives by their
// logarithms: dθ/d ln θ = θ.
func (s *slope) inLogs(theta []float64) {
	for i, ti := range theta {
		for j := range i + 1 {
			s.h[i][j] *= ti * theta[j]
		}
		s.g[i] *= ti
		s.h[i][i] += s.g[i]
	}
}

// likelihood is the log-likelihood of weighted rows as a function of parameters.
type likelihood struct {
	weight []float64
	// at makes ready what all rows share at theta, on up to workers goroutines.
	// What it returns is called for every chunk of rows, so that a rowSlope may
	// keep what neighbouring rows share.
	at func(theta []float64, workers int) func() rowSlope
}

// rowSlope writes row i's log-likelihood and its derivatives by the parameters
// into a slope.
type rowSlope func(i int, into *slope)

// sum is the log-likelihood of all rows at theta with derivatives by theta.
func (l likelihood) sum(theta []float64, workers int) slope {
	parts := make([]slope, chunks(len(l.weight)))
	rows := l.at(theta, workers)
	inChunks(len(l.weight), workers, func(c, low, high int) {
		write := rows()
		var one slope
		for i := low; i < high; i++ {
			write(i, &one)
			parts[c].add(l.weight[i], &one)
		}
	})
	var total slope
	for c := range parts {
		total.add(1, &parts[c])
	}
	return total
}

// curvature is -h over the parameters in use, a symmetric matrix.
func (s *slope) curvature(use []int) *mat.SymDense {
	m := mat.NewSymDense(len(use), nil)
	for i, p := range use {
		for j, q := range use[:i+1] {
			m.SetSym(i, j, -s.h[p][q])
		}
	}
	return m
}

// eigen decomposes curvature: values in ascending order, vectors in columns.
func (s *slope) eigen(use []int) (values []float64, vectors *mat.Dense) {
	var e mat.EigenSym
	// Fails only on entries that are not finite, which the bounds of parameters
	// rule out. The zeros that it leaves then count as not identified.
	values, vectors = make([]float64, len(use)), mat.NewDense(len(use), len(use), nil)
	if e.Factorize(s.curvature(use), true) {
		e.Values(values)
		e.VectorsTo(vectors)
	}
	return values, vectors
}
