package clv

import "math"

// pieceDegree is the number of Chebyshev terms of a piece. Survival curves are
// analytic in v for |Im v| < π and a piece is 1 long, so that terms fall by
// 12.6 each: sixteen reach 1e-17 of the piece's largest value.
const pieceDegree = 16

// curvePiece is a pair of functions on [-1, 1] as Chebyshev series. The two are
// always wanted together, and evaluating them together hides half of the time.
type curvePiece struct {
	first, second [pieceDegree]float64
}

// chebyshevNodes are the zeros of T_16; chebyshevCosines[k][j] is T_k at the
// j-th of them.
var chebyshevNodes, chebyshevCosines = func() (nodes [pieceDegree]float64, cosines [pieceDegree][pieceDegree]float64) {
	for j := range nodes {
		angle := math.Pi * (float64(j) + 0.5) / pieceDegree
		nodes[j] = math.Cos(angle)
		for k := range cosines {
			cosines[k][j] = math.Cos(float64(k) * angle)
		}
	}
	return nodes, cosines
}()

// fitPiece interpolates f at the Chebyshev nodes.
func fitPiece(f func(y float64) (first, second float64)) *curvePiece {
	var values [pieceDegree][2]float64
	for j, y := range chebyshevNodes {
		values[j][0], values[j][1] = f(y)
	}
	return pieceOf(&values)
}

// pieceOf interpolates values at the Chebyshev nodes.
func pieceOf(values *[pieceDegree][2]float64) *curvePiece {
	var p curvePiece
	for k := range pieceDegree {
		for j := range pieceDegree {
			p.first[k] += chebyshevCosines[k][j] * values[j][0]
			p.second[k] += chebyshevCosines[k][j] * values[j][1]
		}
		p.first[k] *= 2. / pieceDegree
		p.second[k] *= 2. / pieceDegree
	}
	p.first[0] /= 2
	p.second[0] /= 2
	return &p
}

// at evaluates both series at y in [-1, 1] by Clenshaw's recurrence.
func (p *curvePiece) at(y float64) (first, second float64) {
	var f1, f2, s1, s2 float64
	for k := pieceDegree - 1; k > 0; k-- {
		f1, f2 = p.first[k]+2*y*f1-f2, f1
		s1, s2 = p.second[k]+2*y*s1-s2, s1
	}
	return p.first[0] + y*f1 - f2, p.second[0] + y*s1 - s2
}

// barycentric are the weights of chebyshevNodes for interpolation.
//
// Source: Berrut and Trefethen (2004), Barycentric Lagrange Interpolation, SIAM
// Review 46(3), eq. (5.3).
var barycentric = func() (weights [pieceDegree]float64) {
	for j := range weights {
		weights[j] = math.Sin(math.Pi * (float64(j) + 0.5) / pieceDegree)
		if j%2 == 1 {
			weights[j] = -weights[j]
		}
	}
	return weights
}()

// interpolation is what each value at chebyshevNodes counts at y in [-1, 1]; the shares
// add up to 1.
func interpolation(y float64) (shares [pieceDegree]float64) {
	sum := 0.0
	for j, node := range chebyshevNodes {
		if y == node {
			shares = [pieceDegree]float64{}
			shares[j] = 1
			return shares
		}
		shares[j] = barycentric[j] / (y - node)
		sum += shares[j]
	}
	for j := range shares {
		shares[j] /= sum
	}
	return shares
}
