package lifecycle

import (
	"math"

	"clientele/internal/concurrent"
)

// surface is a Forecast over the next quarter, tabled, so that millions of histories
// can be looked up in it. Between its points it is linear in the number of purchases,
// the logarithm of their mean gap, and that of the silence in usual gaps.
type surface struct {
	r, alpha float64
	points   []point
	once     []point // of one-time buyers, by silence
}

// point is what a Forecast says of one history, on scales on which it is nearly
// straight.
type point struct {
	pace   float64 // ln of purchases expected while alive, over those at the former rate
	odds   float64 // ln of the odds of being alive
	chance float64 // ln of the chance of being alive and silent for so long
}

// The points: numbers of purchases; mean gaps from a third of a day to three years;
// silences up to two hundred usual gaps, at which nobody is expected back.
var surfaceX = [...]float64{1, 2, 3, 4, 6, 9, 14, 22, 35, 60, 110, 200, 400}

const (
	surfaceGaps     = 17
	surfaceSilences = 37
	leastLogGap     = -1.1
	logGapStep      = 0.5
	logSilenceStep  = 0.15
)

func newSurface(f Forecast, workers int) *surface {
	s := &surface{
		points: make([]point, len(surfaceX)*surfaceGaps*surfaceSilences),
		once:   make([]point, surfaceSilences),
	}
	s.r, s.alpha = f.Rhythm()
	for z := range s.once {
		s.once[z] = s.point(f, 0, 0, z)
	}
	concurrent.Ranges(len(surfaceX)*surfaceGaps, workers, func(from, to int) {
		for at := from; at < to; at++ {
			x := surfaceX[at/surfaceGaps]
			tx := x * math.Exp(leastLogGap+logGapStep*float64(at%surfaceGaps))
			for z := range surfaceSilences {
				s.points[at*surfaceSilences+z] = s.point(f, x, tx, z)
			}
		}
	})
	return s
}

// usualGap is the customer's own mean gap, drawn towards the shop's.
func (s *surface) usualGap(x, tx float64) float64 { return (s.alpha + tx) / (s.r + x) }

func (s *surface) point(f Forecast, x, tx float64, z int) point {
	usual := s.usualGap(x, tx)
	o := f.Ahead(x, tx, tx+usual*math.Expm1(logSilenceStep*float64(z)), quarter)
	// Rates and chances that vanish keep a logarithm.
	const least, most = 1e-200, 1 - 1e-15
	alive := min(max(o.Alive, least), most)
	return point{
		pace:   math.Log(max(o.Purchases/alive*usual/quarter, least)),
		odds:   math.Log(alive / (1 - alive)),
		chance: math.Log(max(o.Silent, least) * alive),
	}
}

// look is the Forecast of x purchases that took tx days, and a silence.
func (s *surface) look(x, tx, silence float64) (pace, alive, chance float64) {
	z, dz := place(math.Log1p(silence/s.usualGap(x, tx))/logSilenceStep, surfaceSilences)
	var p point
	if x == 0 {
		p = between(s.once[z], s.once[z+1], dz)
	} else {
		v, dv := place((math.Log(max(tx, 1e-9)/x)-leastLogGap)/logGapStep, surfaceGaps)
		n, dn := placeOf(x)
		corner := func(n, v int) point {
			at := (n*surfaceGaps+v)*surfaceSilences + z
			return between(s.points[at], s.points[at+1], dz)
		}
		p = between(corner(n, v), corner(n, v+1), dv)
		if dn > 0 {
			p = between(p, between(corner(n+1, v), corner(n+1, v+1), dv), dn)
		}
	}
	return math.Exp(p.pace), 1 / (1 + math.Exp(-p.odds)), math.Exp(p.chance)
}

// place is the point at or before a place among n, and how far it is on to the next.
func place(at float64, n int) (int, float64) {
	at = min(max(at, 0), float64(n-1))
	i := min(int(at), n-2)
	return i, at - float64(i)
}

// placeOf is that of a number of purchases, of which those beyond the last point count
// as it.
func placeOf(x float64) (int, float64) {
	for i := 1; i < len(surfaceX); i++ {
		if x <= surfaceX[i] {
			return i - 1, (x - surfaceX[i-1]) / (surfaceX[i] - surfaceX[i-1])
		}
	}
	return len(surfaceX) - 2, 1
}

func between(a, b point, share float64) point {
	return point{a.pace + share*(b.pace-a.pace), a.odds + share*(b.odds-a.odds), a.chance + share*(b.chance-a.chance)}
}
