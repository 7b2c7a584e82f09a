package clv

import "math"

// clock is what lies ahead of customers of BG/CNBD-k who are alive at t after some
// purchases, whatever their stage. In stage j, with A = alpha+t and u = (time after
// t)/A,
//
//	λ ~ Gamma(s+j, rate A),  p ~ Beta(a, b),  q = 1-p,
//
// and the event that makes j+m of them since the last purchase is purchase number
// (j+m)/k where that is whole. A purchase is survived with chance q. So, with the
// chance of m events NB(m; S, u) = (S)_m/m! w^m (1+u)^-S, w = u/(1+u),
//
//	P(still alive at u)    = S_j(u) = E_p[Σ NB(m; s+j, u) q^⌊(j+m)/k⌋],
//	rate of purchases at u = (s+j)/A R_j(u),
//	R_j(u) = E_p[Σ NB(nk+k-1-j; s+j+1, u) q^n],  n = 0, 1, ...
//
// Both depend on x and not on t, and are smooth in v = ln(1 + kappa u). They are kept
// as pieces of polynomials in v, R_j after division by w^(k-1-j): so the purchases in
// no time at all keep their digits too.
//
// Source: derived from the assumptions of condensed; k = 1 is survivor.
type clock struct {
	k           int
	a, b, s     float64
	alpha       float64
	kappa, pace float64
	pieces      []clockPiece
	roots       []stageRoot
}

// clockPiece are S_j and R_j/w^(k-1-j) on a piece of v, by j.
type clockPiece []curvePiece

// newClock makes the clock of customers with posterior Beta(a, b) of dropout and
// Gamma(s, alpha+t) of events right after a purchase.
//
// The rate of purchases swings from one to the next until the memory of the last
// one is lost. In time those swings are as long as k events, whatever s: kappa and
// pace, the pieces per unit of v, are made for them. Over more swings than a piece
// of half k can follow they have died out.
func newClock(k int, a, b, s, alpha float64) *clock {
	c := &clock{k: k, a: a, b: b, s: s, alpha: alpha, kappa: 1 + s + float64(k), pace: math.Ceil(float64(k) / 2)}
	c.roots = stageRoots(k)
	return c
}

// atLog returns S_j and R_j/w^(k-1-j) at v = ln(1 + kappa u).
func (c *clock) atLog(j int, v float64) (alive, buying float64) {
	at := v * c.pace
	i := int(at)
	for len(c.pieces) <= i {
		c.pieces = append(c.pieces, nil)
	}
	if c.pieces[i] == nil {
		c.pieces[i] = c.newPiece(float64(i))
	}
	return c.pieces[i][j].at(2*(at-float64(i)) - 1)
}

// newPiece fits the piece from v = i/pace on.
func (c *clock) newPiece(i float64) clockPiece {
	p, w := betaNodes(c.a, c.b, c.s+float64(c.k), math.Expm1((i+1)/c.pace)/c.kappa, c.k)
	values := make([][pieceDegree][2]float64, c.k)
	work := newStageWork(c.k)
	for n, y := range chebyshevNodes {
		u := math.Expm1((i+(y+1)/2)/c.pace) / c.kappa
		for m, pm := range p {
			c.given(pm, u, work)
			for j := range values {
				values[j][n][0] += w[m] * work.alive[j]
				values[j][n][1] += w[m] * work.buying[j]
			}
		}
	}
	piece := make(clockPiece, c.k)
	for j := range piece {
		piece[j] = *pieceOf(&values[j])
	}
	return piece
}

// stageWork holds S_j and R_j/w^(k-1-j) at one p.
type stageWork struct{ alive, buying []float64 }

func newStageWork(k int) *stageWork {
	return &stageWork{alive: make([]float64, k), buying: make([]float64, k)}
}

// given writes S_j and R_j/w^(k-1-j) for one p: as sums over events where few are
// expected before p ends it, else by roots of unity, whose terms would then cancel.
func (c *clock) given(p, u float64, into *stageWork) {
	lnStay := math.Log1p(-p) / float64(c.k)
	stay, w := math.Exp(lnStay), u/(1+u)
	few := 2 * float64(c.k)
	if stay*w < 0.5 && stay*w*(c.s+float64(c.k)) < few {
		c.byEvents(1-p, u, into)
		return
	}
	c.byRoots(stay, -math.Expm1(lnStay), u, into)
}

// byEvents adds up the terms of S_j and R_j, period by period of k events.
func (c *clock) byEvents(q, u float64, into *stageWork) {
	const negligibleShare = 1e-18
	w, lnNone := u/(1+u), -math.Log1p(u)
	for j := range c.k {
		shape := c.s + float64(j)
		term := math.Exp(shape * lnNone) // NB(m) times q for each purchase
		alive, buying := 0.0, 0.0
		rate := math.Exp((shape + 1) * lnNone) // the same for R_j
		m := 0.0
		for first := j; ; first = 0 {
			before := alive
			for stage := first; stage < c.k; stage++ {
				alive += term
				if stage == c.k-1 {
					buying += rate
				}
				// R_j counts events beyond the first k-1-j in powers of w.
				if m < float64(c.k-1-j) {
					rate *= (shape + 1 + m) / (m + 1)
				} else {
					rate *= (shape + 1 + m) / (m + 1) * w
				}
				term *= (shape + m) / (m + 1) * w
				m++
			}
			term *= q
			rate *= q
			if alive-before <= negligibleShare*alive || term == 0 && rate == 0 {
				break
			}
		}
		into.alive[j], into.buying[j] = alive, buying
	}
}

// stageRoot is a k-th root of unity e^iθ, with how often it counts: a root and its
// conjugate are one.
type stageRoot struct {
	cos, sin, lessCos float64 // lessCos is 1 - cos
	count             float64
}

func stageRoots(k int) []stageRoot {
	roots := make([]stageRoot, 0, k/2+1)
	for l := 0; 2*l <= k; l++ {
		half := math.Pi * float64(l) / float64(k)
		sin, cos := math.Sincos(2 * half)
		root := stageRoot{cos: cos, sin: sin, lessCos: 2 * math.Sin(half) * math.Sin(half), count: 2}
		if l == 0 || 2*l == k {
			root.sin, root.count = 0, 1
		}
		roots = append(roots, root)
	}
	return roots
}

// byRoots takes the sums over events m of one remainder i by k from the function
// that generates them all,
//
//	Σ NB(m; S, u) ρ^m [m = i mod k] = 1/k Σ_l ω_l^-i (1 + (1-ρω_l) u)^-S,
//
// ω_l being the roots of unity and ρ = q^(1/k). less is 1-ρ.
func (c *clock) byRoots(rho, less, u float64, into *stageWork) {
	clear(into.alive)
	clear(into.buying)
	w, k := u/(1+u), float64(c.k)
	for _, root := range c.roots {
		base := complex(1+u*(less+rho*root.lessCos), -u*rho*root.sin)
		modulus, angle := polar(base)
		// The power of the base for stage 0, then for one after another.
		size := math.Exp(-c.s*math.Log(modulus)) * root.count / k
		sin, cos := math.Sincos(-c.s * angle)
		power := complex(size*cos, size*sin)
		back := 1 / complex(rho*root.cos, rho*root.sin) // (ρω)^-1
		inverse := 1 / base
		for j := range c.k {
			into.alive[j] += real(power * stageSpan(back, rho, c.k, j))
			power *= inverse
			into.buying[j] += real(power * whole(back/complex(w, 0), c.k-1-j))
		}
	}
}

// stageSpan is Σ y^i q^[i+j>=k] over i = 0, ..., k-1, where q y^i = ρ^k y^i.
func stageSpan(y complex128, rho float64, k, j int) (sum complex128) {
	term, q := complex(1, 0), complex(math.Pow(rho, float64(k)), 0)
	for i := range k {
		if i+j == k {
			term *= q
		}
		sum += term
		term *= y
	}
	return sum
}

// whole is y^n.
func whole(y complex128, n int) complex128 {
	power := complex(1, 0)
	for range n {
		power *= y
	}
	return power
}

// polar are the modulus and the angle of a number with a real part above 0.
func polar(z complex128) (modulus, angle float64) {
	return math.Hypot(real(z), imag(z)), math.Atan2(imag(z), real(z))
}
