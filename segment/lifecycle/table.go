package lifecycle

import (
	"math"

	"clientele/internal/concurrent"
)

// table holds a Forecast for the next quarter at some points, so that millions of
// histories can be looked up. Between the points it is linear in the number of purchases,
// in the logarithm of their mean gap, and in the logarithm of 1 + the silence in usual
// gaps.
type table struct {
	r, alpha float64
	points   []point
	once     []point // of customers with one purchase, by silence
}

// point is what a Forecast says of one history, on scales on which it is nearly linear.
type point struct {
	pace   float64 // ln of the purchases expected of a living customer, over those at the former rate
	odds   float64 // ln of the odds of being alive
	chance float64 // ln of the probability of being alive and silent for so long
}

// The points: numbers of purchases; mean gaps from a third of a day to three years;
// silences of up to two hundred usual gaps, at which nobody is expected back. TestTable
// says how far the values between them are from the Forecast: 0.01 at most.
var tableX = [...]float64{1, 2, 3, 4, 6, 9, 14, 22, 35, 60, 110, 200, 400}

const (
	tableGaps      = 17
	tableSilences  = 37
	leastLogGap    = -1.1
	logGapStep     = 0.5
	logSilenceStep = 0.15
)

func newTable(f Forecast, workers int) *table {
	t := &table{
		points: make([]point, len(tableX)*tableGaps*tableSilences),
		once:   make([]point, tableSilences),
	}
	t.r, t.alpha = f.Rhythm()
	for z := range t.once {
		t.once[z] = t.point(f, 0, 0, z)
	}
	concurrent.Ranges(len(tableX)*tableGaps, workers, func(from, to int) {
		for at := from; at < to; at++ {
			x := tableX[at/tableGaps]
			tx := x * math.Exp(leastLogGap+logGapStep*float64(at%tableGaps))
			for z := range tableSilences {
				t.points[at*tableSilences+z] = t.point(f, x, tx, z)
			}
		}
	})
	return t
}

// usualGap is the inverse of the expected rate: the customer's own mean gap, drawn towards
// the shop's.
func (t *table) usualGap(x, tx float64) float64 { return (t.alpha + tx) / (t.r + x) }

func (t *table) point(f Forecast, x, tx float64, z int) point {
	usual := t.usualGap(x, tx)
	o := f.Ahead(x, tx, tx+usual*math.Expm1(logSilenceStep*float64(z)), quarter)
	// Rates and probabilities of 0 keep a logarithm.
	const least, most = 1e-200, 1 - 1e-15
	alive := min(max(o.Alive, least), most)
	return point{
		pace:   math.Log(max(o.Purchases/alive*usual/quarter, least)),
		odds:   math.Log(alive / (1 - alive)),
		chance: math.Log(max(o.Silent, least) * alive),
	}
}

// lookUp is the Forecast for x gaps that took tx days, and a silence.
func (t *table) lookUp(x, tx, silence float64) (pace, alive, chance float64) {
	z, dz := place(math.Log1p(silence/t.usualGap(x, tx))/logSilenceStep, tableSilences)
	var p point
	if x == 0 {
		p = between(t.once[z], t.once[z+1], dz)
	} else {
		v, dv := place((math.Log(max(tx, 1e-9)/x)-leastLogGap)/logGapStep, tableGaps)
		n, dn := placeOf(x)
		corner := func(n, v int) point {
			at := (n*tableGaps+v)*tableSilences + z
			return between(t.points[at], t.points[at+1], dz)
		}
		p = between(corner(n, v), corner(n, v+1), dv)
		if dn > 0 {
			p = between(p, between(corner(n+1, v), corner(n+1, v+1), dv), dn)
		}
	}
	return math.Exp(p.pace), 1 / (1 + math.Exp(-p.odds)), math.Exp(p.chance)
}

// place is the index of the point at or below a coordinate, among n points, and the share
// of the way from there to the next.
func place(at float64, n int) (int, float64) {
	at = min(max(at, 0), float64(n-1))
	i := min(int(at), n-2)
	return i, at - float64(i)
}

// placeOf is the same for a number of purchases. Numbers beyond the last point count as
// the last.
func placeOf(x float64) (int, float64) {
	for i := 1; i < len(tableX); i++ {
		if x <= tableX[i] {
			return i - 1, (x - tableX[i-1]) / (tableX[i] - tableX[i-1])
		}
	}
	return len(tableX) - 2, 1
}

func between(a, b point, share float64) point {
	return point{a.pace + share*(b.pace-a.pace), a.odds + share*(b.odds-a.odds), a.chance + share*(b.chance-a.chance)}
}
