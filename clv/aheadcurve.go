package clv

import "math"

// What lies ahead of a customer who is alive is, at one x, a smooth function of the time t so
// far: its singularities are at -α, -β and the like, which in u = ln t are π away from the
// real axis. On pieces over which t grows by curveRatio, 1.04 of which is half the length in
// u, Chebyshev terms fall by 6 each, so that sixteen reach 1e-12.
const (
	curveRatio = 8
	// curveTimes is from how many different t in a piece on a curve takes less work.
	curveTimes = 2 * pieceDegree
	// curveError is how far a curve may be off, in shares of the value, where it is tried.
	curveError = 1e-9
)

// aheadCurve is what lies ahead of customers of one x, by stage, for t from low to high.
type aheadCurve struct {
	low, high float64
	pieces    []*curvePiece // purchases and time; nil: no curve follows them
}

// aheadByCurves gives what lies ahead of the rows of one x in the order of t, as lookAhead
// does for a discount alone, to curveError.
type aheadByCurves struct {
	options ScoreOptions
	look    []prospect
	curve   aheadCurve
}

// at fills what lies ahead at t of the first of rows.
func (a *aheadByCurves) at(rows []pair, into []aheadOf) {
	t := rows[0].t
	if !(t >= a.curve.low && t <= a.curve.high) {
		a.curve = a.from(rows)
	}
	if a.curve.pieces == nil {
		for j, ahead := range a.look {
			into[j] = a.options.lookAhead(ahead, t)
		}
		return
	}
	y := a.curve.place(t)
	for j, piece := range a.curve.pieces {
		into[j] = aheadOf{}
		into[j].dect, into[j].time = piece.at(y)
	}
}

// place is where t lies in the piece, from -1 to 1.
func (c *aheadCurve) place(t float64) float64 {
	return 2*math.Log(t/c.low)/math.Log(c.high/c.low) - 1
}

// time is the reverse.
func (c *aheadCurve) time(y float64) float64 {
	return c.low * math.Exp(math.Log(c.high/c.low)*(1+y)/2)
}

// from makes the curve that begins with the first of some rows.
func (a *aheadByCurves) from(rows []pair) aheadCurve {
	c := aheadCurve{low: rows[0].t, high: rows[0].t}
	most, times := curveRatio*c.low, 1
	for _, r := range rows {
		if r.t > most {
			break
		}
		if r.t != c.high {
			c.high = r.t
			times++
		}
	}
	if times < curveTimes {
		return c
	}
	for _, ahead := range a.look {
		look := func(y float64) (purchases, time float64) {
			return ahead.ahead(a.options.Horizon, a.options.Delta, c.time(y))
		}
		piece := fitPiece(look)
		if !piece.follows(look) {
			c.pieces = nil
			return c
		}
		c.pieces = append(c.pieces, piece)
	}
	return c
}

// follows tries the piece where it is farthest from its nodes.
func (p *curvePiece) follows(look func(y float64) (first, second float64)) bool {
	near := func(got, want float64) bool { return math.Abs(got-want) <= curveError*math.Abs(want) }
	for _, y := range [2]float64{(chebyshevNodes[0] + chebyshevNodes[1]) / 2, 0} {
		first, second := p.at(y)
		wantFirst, wantSecond := look(y)
		if !near(first, wantFirst) || !near(second, wantSecond) { // NaN and infinite ones are not
			return false
		}
	}
	return true
}
