package backtest

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// stackScore is the score of a stack at some weights, with what a better one follows
// from.
type stackScore struct {
	weights []float64
	score   float64
	// likely and counting are summed over customers, by candidate: its share in the
	// probability of what a customer did, and its share in counting for that customer.
	likely, counting shares
}

// shares are sums over customers of the share of each candidate, and of the products of
// the shares of two.
type shares struct {
	of       []float64
	products []float64 // rows of all candidates; only [i][j], j <= i, is used
}

func newShares(candidates int) shares {
	return shares{of: make([]float64, candidates), products: make([]float64, candidates*candidates)}
}

// add adds the shares of parts in their sum, for a number of customers.
func (s *shares) add(parts []float64, sum, customers float64) {
	n := len(parts)
	inverse := 1 / sum
	for i, part := range parts {
		share := customers * part * inverse
		s.of[i] += share
		share *= inverse
		row := s.products[i*n:][: i+1 : i+1]
		for j := range row {
			row[j] += share * parts[j]
		}
	}
}

// scoreStack works out the score at weights that sum to 1.
func scoreStack(rows, counts []float64, all []observation, weights []float64) stackScore {
	n := len(weights)
	s := stackScore{weights: weights, likely: newShares(n), counting: newShares(n)}
	likely, counting := make([]float64, n), make([]float64, n)
	for r, e := range all {
		sum, count := 0., 0.
		for i, w := range weights {
			counting[i] = w * counts[r*n+i]
			likely[i] = counting[i] * rows[r*n+i]
			count += counting[i]
			sum += likely[i]
		}
		s.score += e.customers * math.Log(sum/count)
		s.likely.add(likely, sum, e.customers)
		s.counting.add(counting, count, e.customers)
	}
	for _, w := range weights {
		s.score += stackPrior * math.Log(w)
	}
	return s
}

// longestStep bounds a step of Newton's in the logarithm of a weight, about as far as a
// parabola can be believed; mostHalvings bounds how often it is cut. A score may be off by
// roundingNoise as a share of it: near the best weights a gain drowns in that.
const (
	longestStep   = 2
	mostHalvings  = 10
	roundingNoise = 1e-14
)

// step is the score after one step: Newton's, or a part of it, or that of byShares where
// none of those leads to a higher score.
func (s stackScore) step(rows, counts []float64, all []observation) stackScore {
	if move := s.newton(); move != nil {
		for range mostHalvings {
			if next := scoreStack(rows, counts, all, s.moved(move)); next.score >= s.score-roundingNoise*math.Abs(s.score) {
				return next
			}
			for i := range move {
				move[i] /= 2
			}
		}
	}
	return scoreStack(rows, counts, all, s.byShares())
}

// newton is how far a step of Newton's method moves the logarithms of the weights; nil
// where the Hessian has no eigenvalues.
//
// With the shares a in what is likely and c in counting, and M candidates, the gradient is
// Σa - Σc + stackPrior (1 - M w), and the Hessian the sum of (diag(a) - aaᵀ) less that of
// (diag(c) - ccᵀ) and less stackPrior M (diag(w) - wwᵀ). A factor of all weights changes
// nothing, so that the Hessian has no inverse; a multiple of 11ᵀ gives it one. Its
// eigenvalues are taken by their size, so that the step leads upwards also where the score
// is not concave.
//
// Source: Nocedal and Wright (2006), Numerical Optimization, ch. 3.4.
func (s stackScore) newton() (move []float64) {
	n := len(s.weights)
	prior := stackPrior * float64(n)
	gradient, curvature, scale := make([]float64, n), mat.NewSymDense(n, nil), 0.
	for i, w := range s.weights {
		gradient[i] = s.likely.of[i] - s.counting.of[i] + stackPrior - prior*w
		for j, v := range s.weights[:i+1] {
			curvature.SetSym(i, j, s.likely.products[i*n+j]-s.counting.products[i*n+j]-prior*w*v)
		}
		curvature.SetSym(i, i, curvature.At(i, i)-s.likely.of[i]+s.counting.of[i]+prior*w)
		scale += math.Abs(curvature.At(i, i)) / float64(n)
	}
	for i := range n {
		for j := range i + 1 {
			curvature.SetSym(i, j, curvature.At(i, j)+scale)
		}
	}
	var e mat.EigenSym
	if !e.Factorize(curvature, true) {
		return nil
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	move = make([]float64, n)
	for k, value := range e.Values(nil) {
		along := 0.
		for i, g := range gradient {
			along += vectors.At(i, k) * g
		}
		along /= max(math.Abs(value), smallestCurvature*scale)
		for i := range move {
			move[i] += along * vectors.At(i, k)
		}
	}
	return move
}

// smallestCurvature bounds curvatures from below, as a share of their mean, so that a step
// along a flat direction stays finite.
const smallestCurvature = 1e-10

// moved are the weights after a move of their logarithms, which is cut to longestStep.
func (s stackScore) moved(move []float64) []float64 {
	longest, sum := float64(longestStep), 0.
	for _, m := range move {
		longest = max(longest, math.Abs(m))
	}
	weights := make([]float64, len(s.weights))
	for i, w := range s.weights {
		weights[i] = w * math.Exp(move[i]*longestStep/longest)
		sum += weights[i]
	}
	return dividedBy(weights, sum)
}

// byShares is a step of an MM algorithm, EM where all candidates count alike: the share
// that each has in what is likely, over the share that it has in counting, moves its
// weight. The score never falls.
//
// Source: Dempster, Laird and Rubin (1977), Maximum Likelihood from Incomplete Data via
// the EM Algorithm, JRSS B 39(1).
func (s stackScore) byShares() []float64 {
	prior, sum := stackPrior*float64(len(s.weights)), 0.
	weights := make([]float64, len(s.weights))
	for i, w := range s.weights {
		weights[i] = (stackPrior + s.likely.of[i]) / (prior + s.counting.of[i]/w)
		sum += weights[i]
	}
	return dividedBy(weights, sum)
}

// dividedBy divides values by their sum.
func dividedBy(values []float64, sum float64) []float64 {
	for i := range values {
		values[i] /= sum
	}
	return values
}
