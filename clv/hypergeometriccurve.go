package clv

import (
	"math"
	"sort"
)

// hypergeometricWidth is the width of a piece of a hypergeometricCurve. ln J is analytic in ln ζ for
// |Im ln ζ| < π/2 at least, whatever its exponents, so that Chebyshev terms fall by 6.4
// each: sixteen reach 1e-13.
const hypergeometricWidth = 1

// hypergeometricCurve is ln J with its derivatives, at one e and g, as a function of ln ζ. It is
// interpolated on pieces of one width: customers with one x differ in ζ only, and J takes
// ten times as long.
type hypergeometricCurve struct {
	low, width float64
	pieces     []hypergeometricPiece
}

// hypergeometricPiece are the values at chebyshevNodes.
type hypergeometricPiece [pieceDegree]hypergeometricValues

// hypergeometricValues are ln J and its derivatives: by e, g and ln ζ, and the second ones by row.
type hypergeometricValues [10]float64

// newHypergeometricCurve is the curve of the integrals with the exponents of j from one ln ζ to
// another, made of so many pieces.
func newHypergeometricCurve(j hypergeometric, low, high float64, pieces int) *hypergeometricCurve {
	c := &hypergeometricCurve{low: low, width: (high - low) / float64(pieces), pieces: make([]hypergeometricPiece, pieces)}
	var s slope
	for k := range c.pieces {
		for i, node := range chebyshevNodes {
			at := low + c.width*(float64(k)+(1+node)/2)
			j.zeta, j.z = math.Exp(at), -math.Expm1(at)
			j.slope(&s)
			c.pieces[k][i].read(&s)
		}
	}
	return c
}

// at interpolates at ln ζ.
func (c *hypergeometricCurve) at(lnZeta float64, s *slope) {
	place := (lnZeta - c.low) / c.width
	k := min(max(int(place), 0), len(c.pieces)-1)
	var v hypergeometricValues
	for i, share := range interpolation(2*(place-float64(k)) - 1) {
		node := &c.pieces[k][i]
		for d := range v {
			v[d] += share * node[d]
		}
	}
	v.write(s)
}

// read takes the values from a slope.
func (v *hypergeometricValues) read(s *slope) {
	v[0] = s.f
	next := 4
	for i := range 3 {
		v[1+i] = s.g[i]
		for j := range i + 1 {
			v[next] = s.h[i][j]
			next++
		}
	}
}

// write makes a slope of the values.
func (v *hypergeometricValues) write(s *slope) {
	*s = slope{f: v[0]}
	next := 4
	for i := range 3 {
		s.g[i] = v[1+i]
		for j := range i + 1 {
			s.h[i][j] = v[next]
			next++
		}
	}
}

// hypergeometricCurves are the curves of spans, nil of those that would take more integrals than
// their times do.
type hypergeometricCurves struct {
	of     []span
	curves []*hypergeometricCurve
}

// newHypergeometricCurves makes the curves of competing rates at the times of spans, on up to
// workers goroutines.
func newHypergeometricCurves(of []span, workers int, at func(x, y float64) competingRates) hypergeometricCurves {
	c := hypergeometricCurves{of: of, curves: make([]*hypergeometricCurve, len(of))}
	inParallel(len(of), workers, func(i int) {
		first := at(of[i].x, of[i].low)
		low, high := first.lnZeta(), at(of[i].x, of[i].high).lnZeta()
		pieces := int(math.Ceil(math.Abs(high-low) / hypergeometricWidth))
		if pieces == 0 || pieces*pieceDegree > of[i].times {
			return
		}
		j, _ := first.integral()
		c.curves[i] = newHypergeometricCurve(j, min(low, high), max(low, high), pieces)
	})
	return c
}

// curve is that of an x, or nil.
func (c hypergeometricCurves) curve(x float64) *hypergeometricCurve {
	i := sort.Search(len(c.of), func(i int) bool { return c.of[i].x >= x })
	return c.curves[i]
}
