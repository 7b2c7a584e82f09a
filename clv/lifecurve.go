package clv

import "math"

// lifeSpans are the times y at which rows of each x have an integral to be done, in
// rows sorted by x.
type lifeSpans struct {
	spans []lifeSpan
	of    []int32 // the span of each row
}

// lifeSpan is one x: its times are from low to high, and so many of them differ from
// the one before.
type lifeSpan struct {
	x, low, high float64
	times        int
}

func newLifeSpans(x, y []float64) lifeSpans {
	s := lifeSpans{of: make([]int32, len(x))}
	for i := range x {
		if i == 0 || x[i] != x[i-1] {
			s.spans = append(s.spans, lifeSpan{x: x[i], low: y[i], high: y[i], times: 1})
		}
		last := &s.spans[len(s.spans)-1]
		if i > 0 && y[i] != y[i-1] {
			last.times++
		}
		last.low, last.high = min(last.low, y[i]), max(last.high, y[i])
		s.of[i] = int32(len(s.spans) - 1)
	}
	return s
}

// curves makes the curve of each span, nil where it would take more integrals than
// the rows do.
func (s lifeSpans) curves(m gompertz, workers int, add func(*lifeNode)) []lifeCurve {
	curves := make([]lifeCurve, len(s.spans))
	inParallel(len(curves), workers, func(i int) {
		span := s.spans[i]
		ends := m.curveEnds(span, span.times/pieceDegree)
		for k := range ends {
			piece := lifePiece{low: span.low, high: ends[k]}
			if k > 0 {
				piece.low = ends[k-1]
			}
			for j, node := range chebyshevNodes {
				m.setChance(span.x, piece.low+(piece.high-piece.low)*(1+node)/2, add, &piece.values[j])
			}
			curves[i] = append(curves[i], piece)
		}
	})
	return curves
}

// curveEnds are where the pieces of a span's curve end; nil where there would be more
// than most.
func (m gompertz) curveEnds(span lifeSpan, most int) (ends []float64) {
	for y := span.low; y < span.high; {
		if len(ends) == most {
			return nil
		}
		y = min(span.high, y+m.pieceFrom(span.x, y))
		ends = append(ends, y)
	}
	return ends
}

// pieceFrom is how long a piece of a curve may be from y on: as short, next to the
// singularities that lifeFrom knows of, as sixteen nodes need to follow the curve to
// twelve digits or more.
func (m gompertz) pieceFrom(x, y float64) float64 {
	const share = 0.5 // of a panel of lifeFrom, whose rule is exact to twice the degree
	return share * m.agingFrom(x, y).smooth(0)
}

// lifeCurve is the logarithm of an integral with derivatives as a function of y.
type lifeCurve []lifePiece

type lifePiece struct {
	low, high float64
	values    [pieceDegree]slope // at chebyshevNodes
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

// at interpolates at y.
func (c lifeCurve) at(y float64, s *slope) {
	piece := &c[0]
	for k := 1; y > piece.high && k < len(c); k++ {
		piece = &c[k]
	}
	at := 2*(y-piece.low)/(piece.high-piece.low) - 1
	var weights [pieceDegree]float64
	sum := 0.0
	for j, node := range chebyshevNodes {
		if at == node {
			*s = piece.values[j]
			return
		}
		weights[j] = barycentric[j] / (at - node)
		sum += weights[j]
	}
	*s = slope{}
	for j := range weights {
		s.add(weights[j]/sum, &piece.values[j])
	}
}
