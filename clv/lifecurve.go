package clv

// curves makes the curve of each span, nil where it would take more integrals than
// the rows do.
func (m gompertz) curves(s spans, workers int, add func(*lifeNode)) []lifeCurve {
	curves := make([]lifeCurve, len(s.all))
	inParallel(len(curves), workers, func(i int) {
		span := s.all[i]
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
func (m gompertz) curveEnds(of span, most int) (ends []float64) {
	for y := of.low; y < of.high; {
		if len(ends) == most {
			return nil
		}
		y = min(of.high, y+m.pieceFrom(of.x, y))
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

// at interpolates at y.
func (c lifeCurve) at(y float64, s *slope) {
	piece := &c[0]
	for k := 1; y > piece.high && k < len(c); k++ {
		piece = &c[k]
	}
	weights := interpolation(2*(y-piece.low)/(piece.high-piece.low) - 1)
	*s = slope{}
	for j := range weights {
		s.add(weights[j], &piece.values[j])
	}
}
