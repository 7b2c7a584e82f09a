package experiment

import (
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// Shrunk are effects by labels, drawn towards their mean as far as chance alone would part
// them. Cell c has the mean effect d_c, with a variance v_c that is known:
//
//	d_c = μ + Σ_f (u_f[label] + β_f x_f) + w_c + e_c,
//	u_f ~ N(0, σ²_f),  β_f ~ N(0, ς²_f),  w ~ N(0, τ²),  e_c ~ N(0, v_c)
//
// Factors are crossed; w is what a cell has of its own beside them. A factor whose labels are
// numbers is an amount, x, and effects may be in proportion to it: β is drawn to 0 as the
// others are, so that proportion is believed as far as the cells show it.
//
// Source: the model and its solutions, Henderson (1975), Biometrics 31(2); as empirical
// Bayes, Efron and Morris (1975), Journal of the American Statistical Association 70.
type Shrunk struct {
	Mean         float64
	MeanVariance float64
	Between      []float64            // σ²_f, by factor
	Slopes       []float64            // ς²_f, by factor, of x in units of its spread; 0: it is no amount
	Rest         float64              // τ²
	labels       []map[string]int     // by factor: place among the unknowns
	amounts      []amount             // by factor
	own          map[string]cellShift // by labels
	solution     []float64            // μ, then u and β
	covariance   *mat.SymDense        // of its errors
}

// cellShift is w of a cell, and the share of its weight that the other cells keep.
type cellShift struct{ shift, kept float64 }

// The search for variances ends when none moves by a ten thousandth of their sum, or after
// so many steps: EM goes to 0 slowly, where a factor parts nothing, and what is left of it by
// then moves no effect.
const (
	shrinkSteps     = 500
	shrinkTolerance = 1e-4
)

// Shrink fits the model to cells, by restricted likelihood. Without cells nothing is known,
// and the mean is NaN. The variances of cells must be above 0, as those of [Arms.Cells] are
// where customers differ at all.
func Shrink(cells []Cell, factors int) Shrunk {
	s := Shrunk{
		Mean: math.NaN(), MeanVariance: math.NaN(), Between: make([]float64, factors), Slopes: make([]float64, factors),
		labels: make([]map[string]int, factors), amounts: make([]amount, factors),
	}
	if len(cells) == 0 {
		return s
	}
	unknowns := s.place(cells)
	at := make([][]term, len(cells))
	for i, c := range cells {
		at[i], _ = s.at(c.Labels)
	}
	s.begin(cells)
	for range shrinkSteps {
		s.solve(cells, at, unknowns)
		if s.step(cells, at) < shrinkTolerance {
			break
		}
	}
	s.solve(cells, at, unknowns)
	s.Mean, s.MeanVariance = s.solution[0], s.covariance.At(0, 0)
	s.own = map[string]cellShift{}
	for i, c := range cells {
		shift, _ := s.ownOf(c, at[i])
		s.own[strings.Join(c.Labels, "\x00")] = cellShift{shift, c.Variance / (s.Rest + c.Variance)}
	}
	return s
}

// place numbers the unknowns: the mean, then the labels of each factor.
func (s *Shrunk) place(cells []Cell) int {
	n := 1
	for f := range s.labels {
		s.labels[f] = map[string]int{}
		for _, c := range cells {
			if _, seen := s.labels[f][c.Labels[f]]; !seen {
				s.labels[f][c.Labels[f]] = n
				n++
			}
		}
		if s.amounts[f] = amountOf(cells, f); s.amounts[f].spread > 0 {
			s.amounts[f].at = n
			n++
		}
	}
	return n
}

// begin starts with even parts of what the cells differ by beyond their variances, and where
// that is nothing, with a hundredth of these: from 0 EM does not move.
func (s *Shrunk) begin(cells []Cell) {
	weights, mean := 0.0, 0.0
	for _, c := range cells {
		weights += 1 / c.Variance
		mean += c.Effect / c.Variance
	}
	mean /= weights
	excess := -float64(len(cells) - 1)
	for _, c := range cells {
		excess += square(c.Effect-mean) / c.Variance
	}
	parts := len(s.Between) + 1
	for _, a := range s.amounts {
		if a.spread > 0 {
			parts++
		}
	}
	start := max(excess, float64(len(cells))/100) / weights / float64(parts)
	for f := range s.Between {
		s.Between[f] = start
		if s.amounts[f].spread > 0 {
			s.Slopes[f] = start
		}
	}
	s.Rest = start
}

// solve solves the mixed-model equations (Henderson 1975, eq. 3) for μ and u, with w among
// the errors: of the matrix of the equations, the inverse is the covariance of the errors.
func (s *Shrunk) solve(cells []Cell, at [][]term, unknowns int) {
	left := mat.NewSymDense(unknowns, nil)
	right := make([]float64, unknowns)
	for cell, c := range cells {
		weight := 1 / (c.Variance + s.Rest)
		for k, i := range at[cell] {
			right[i.at] += weight * i.x * c.Effect
			for _, j := range at[cell][k:] {
				left.SetSym(i.at, j.at, left.At(i.at, j.at)+weight*i.x*j.x)
			}
		}
	}
	for f, labels := range s.labels {
		for _, i := range labels {
			left.SetSym(i, i, left.At(i, i)+1/s.Between[f])
		}
		if a := s.amounts[f]; a.spread > 0 {
			left.SetSym(a.at, a.at, left.At(a.at, a.at)+1/s.Slopes[f])
		}
	}
	var cholesky mat.Cholesky
	s.covariance = mat.NewSymDense(unknowns, nil)
	// Each diagonal exceeds what stands beside it, so that there is an inverse. Of one that
	// is badly conditioned, as where a factor parts nothing, the error is a warning alone.
	cholesky.Factorize(left)
	_ = cholesky.InverseTo(s.covariance)
	var solution mat.VecDense
	solution.MulVec(s.covariance, mat.NewVecDense(unknowns, right))
	s.solution = solution.RawVector().Data
}

// term is an unknown, times a number.
type term struct {
	at int
	x  float64
}

// at are the terms of a cell: the mean, a label of each factor, and its amount where it is
// one; and the variance of the labels that were not measured.
func (s *Shrunk) at(labels []string) (at []term, unmeasured float64) {
	at = append(make([]term, 0, 2*len(labels)+1), term{0, 1})
	for f, label := range labels {
		if i, seen := s.labels[f][label]; seen {
			at = append(at, term{i, 1})
		} else {
			unmeasured += s.Between[f]
		}
		if a := s.amounts[f]; a.spread > 0 {
			at = append(at, term{a.at, a.of(label)})
		}
	}
	return at, unmeasured
}

// fitted is μ + Σ (u + β x) of a cell, and the variance of its error.
func (s *Shrunk) fitted(at []term) (effect, variance float64) {
	for _, i := range at {
		effect += s.solution[i.at] * i.x
		for _, j := range at {
			variance += s.covariance.At(i.at, j.at) * i.x * j.x
		}
	}
	return effect, variance
}

// ownOf is w of a cell, and the variance of its error with that of μ + Σ (u + β x).
func (s *Shrunk) ownOf(c Cell, at []term) (shift, variance float64) {
	effect, h := s.fitted(at)
	share := s.Rest / (s.Rest + c.Variance)
	return share * (c.Effect - effect), s.Rest*(1-share) + share*share*h
}

// step moves each variance to the mean of what its effects squared are expected to be, given
// the cells, and tells how far that was as a share of their sum.
//
// Source: Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B
// 39(1); with restricted likelihood, Laird and Ware (1982), Biometrics 38(4), eq. 3.6.
func (s *Shrunk) step(cells []Cell, at [][]term) float64 {
	sum, moved := s.Rest, 0.0
	for f, labels := range s.labels {
		next := 0.0
		for _, i := range labels {
			next += square(s.solution[i]) + s.covariance.At(i, i)
		}
		next /= float64(len(labels))
		sum += s.Between[f]
		moved = max(moved, math.Abs(next-s.Between[f]))
		s.Between[f] = next
		if a := s.amounts[f]; a.spread > 0 {
			slope := square(s.solution[a.at]) + s.covariance.At(a.at, a.at)
			sum += s.Slopes[f]
			moved = max(moved, math.Abs(slope-s.Slopes[f]))
			s.Slopes[f] = slope
		}
	}
	rest := 0.0
	for i, c := range cells {
		shift, variance := s.ownOf(c, at[i])
		rest += (square(shift) + variance) / float64(len(cells))
	}
	moved = max(moved, math.Abs(rest-s.Rest))
	s.Rest = rest
	return moved / sum
}

// Effect is what is expected of customers with these labels, and its variance. A label that
// was not measured is expected to be like the mean of its factor.
func (s *Shrunk) Effect(labels []string) (effect, variance float64) {
	if math.IsNaN(s.Mean) {
		return s.Mean, math.NaN()
	}
	at, unmeasured := s.at(labels)
	effect, variance = s.fitted(at)
	variance += unmeasured
	own, seen := s.own[strings.Join(labels, "\x00")]
	if !seen {
		return effect, variance + s.Rest
	}
	return effect + own.shift, own.kept*s.Rest + own.kept*own.kept*variance
}
