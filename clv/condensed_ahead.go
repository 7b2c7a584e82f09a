package clv

import "math"

// condensedCurves are the curves of survival and purchases of customers of BG/CNBD-k who
// are alive at t after some purchases, for each stage. In stage j, with A = alpha+t and u = (time after
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
// Customers who behave otherwise from t on are as those of survivor: events, and with them
// purchases, come at Rate times the rate, and a purchase counts for Dropout/Rate tosses.
//
// Source: derived from the assumptions of condensed; k = 1 is survivor.
type condensedCurves struct {
	k           int
	a, b, s     float64
	alpha       float64
	kappa, pace float64
	rate        float64
	dropout     dropout
	survives    func(n float64) float64 // a purchase after n others
	pieces      []condensedPiece
	roots       []stageRoot
}

// condensedPiece are S_j and R_j/w^(k-1-j) on a piece of v, by j.
type condensedPiece []curvePiece

// newCondensedCurves makes the curves of customers with posterior Beta(a, b) of dropout and
// Gamma(s, alpha+t) of events right after a purchase.
//
// The rate of purchases swings from one to the next until the memory of the last
// one is lost. In time those swings are as long as k events, whatever s: kappa and
// pace, the pieces per unit of v, are made for them. Over more swings than a piece
// of half k can follow they have died out.
func newCondensedCurves(k int, a, b, s, alpha float64) *condensedCurves {
	c := &condensedCurves{k: k, a: a, b: b, s: s, alpha: alpha, kappa: 1 + s + float64(k), pace: math.Ceil(float64(k) / 2)}
	c.roots = stageRoots(k)
	c.rate, c.dropout, c.survives = 1, dropout{a: a, b: b, q: 1}, survivalAfter(a, b)
	return c
}

// changed is the same of customers who behave otherwise from t on.
func (c *condensedCurves) changed(by Change) *condensedCurves {
	_, c.rate = by.factors()
	c.dropout.q = by.tosses()
	c.survives = c.dropout.survival()
	return c
}

// scale is A.
func (c *condensedCurves) scale(t float64) float64 { return (c.alpha + t) / c.rate }

// atLog returns S_j and R_j/w^(k-1-j) at v = ln(1 + kappa u).
func (c *condensedCurves) atLog(j int, v float64) (alive, buying float64) {
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
func (c *condensedCurves) newPiece(i float64) condensedPiece {
	var nodes []dropoutNode
	values := make([][pieceDegree][2]float64, c.k)
	work := newStageWork(c.k)
	for n, y := range chebyshevNodes {
		u := math.Expm1((i+(y+1)/2)/c.pace) / c.kappa
		if fewEvents(c.s+float64(c.k), u) {
			c.overAll(u, work)
			for j := range values {
				values[j][n] = [2]float64{work.alive[j], work.buying[j]}
			}
			continue
		}
		if nodes == nil {
			nodes = c.dropoutNodes(math.Expm1((i+1)/c.pace) / c.kappa)
		}
		for _, at := range nodes {
			c.given(at, u, work)
			for j := range values {
				values[j][n][0] += at.weight * work.alive[j]
				values[j][n][1] += at.weight * work.buying[j]
			}
		}
	}
	piece := make(condensedPiece, c.k)
	for j := range piece {
		piece[j] = *pieceOf(&values[j])
	}
	return piece
}

// dropoutNode is a node of the quadrature over p: q = 1-p, rho = q^(1/k) and
// less = 1-rho.
type dropoutNode struct{ weight, q, rho, less float64 }

// dropoutNodes are those for times up to u.
func (c *condensedCurves) dropoutNodes(u float64) []dropoutNode {
	p, w := betaNodes(c.a, c.b, c.s+float64(c.k), u, c.k)
	nodes := make([]dropoutNode, len(p))
	for i, pi := range p {
		lnStays := math.Log1p(-pi)
		if c.dropout.q.changes() {
			pi, lnStays = c.dropout.q.lost(pi)
		}
		ln := lnStays / float64(c.k)
		nodes[i] = dropoutNode{weight: w[i], q: 1 - pi, rho: math.Exp(ln), less: -math.Expm1(ln)}
	}
	return nodes
}

// stageWork holds S_j and R_j/w^(k-1-j) at one p, and room for one root's part.
type stageWork struct {
	alive, buying []float64
	spans, powers []complex128
}

func newStageWork(k int) *stageWork {
	return &stageWork{
		alive: make([]float64, k), buying: make([]float64, k),
		spans: make([]complex128, k+1), powers: make([]complex128, k),
	}
}

// given writes S_j and R_j/w^(k-1-j) for one p: as sums over events where few are
// expected before p ends it, else by roots of unity. Those lose digits to terms that
// cancel, up to i!/y^i of them for i events where y are expected, i < k; at fewToCome
// that is below 100.
func (c *condensedCurves) given(at dropoutNode, u float64, into *stageWork) {
	const fewToCome = 0.35
	k := float64(c.k)
	if at.rho*(u/(1+u))*(c.s+k) < fewToCome*(k-1) {
		c.byEvents(at.q, u, into)
		return
	}
	c.byRoots(at, u, into)
}

// byEvents writes S_j and R_j/w^(k-1-j) for one p as sums over events.
func (c *condensedCurves) byEvents(q, u float64, into *stageWork) {
	for j := range c.k {
		into.alive[j], into.buying[j] = eventSums(c.k, j, c.s, u, func(float64) float64 { return q })
	}
}

// overAll writes S_j and R_j/w^(k-1-j) over all p as sums over events: the expectation
// over p is taken term by term.
func (c *condensedCurves) overAll(u float64, into *stageWork) {
	for j := range c.k {
		into.alive[j], into.buying[j] = eventSums(c.k, j, c.s, u, c.survives)
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
		switch {
		case l == 0:
			root.count = 1
		case 2*l == k:
			root.cos, root.sin, root.count = -1, 0, 1
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
// ω_l being the roots of unity and ρ = q^(1/k). The part of the root 1 is the
// largest; where others are nothing beside it they are left out.
func (c *condensedCurves) byRoots(at dropoutNode, u float64, into *stageWork) {
	clear(into.alive)
	clear(into.buying)
	w := u / (1 + u)
	largest := math.Inf(-1)
	for _, root := range c.roots {
		more, im := u*(at.less+at.rho*root.lessCos), -u*at.rho*root.sin // re is 1 + more
		beyond := 2*more + more*more + im*im                            // |base|² - 1
		re, square := 1+more, 1+beyond
		ln := -c.s / 2 * math.Log1p(beyond)
		if largest = max(largest, ln); ln < largest+negligible {
			continue
		}
		// The power of the base for stage 0, then for one after another.
		power := complex(math.Exp(ln)*root.count/float64(c.k), 0)
		if root.sin != 0 {
			sin, cos := math.Sincos(-c.s * math.Atan2(im, re))
			power *= complex(cos, sin)
		}
		inverse := complex(re/square, -im/square)
		into.spanStages(complex(root.cos/at.rho, -root.sin/at.rho), at.q, w)
		for j := range into.alive {
			into.alive[j] += real(power * into.spans[j])
			power *= inverse
			into.buying[j] += real(power * into.powers[j])
		}
	}
}

// spanStages writes what a root with y = (ρω)^-1 adds by stage: to S_j,
//
//	Σ y^i q^[i+j>=k], i = 0, ..., k-1,
//
// and to R_j/w^(k-1-j), (y/w)^(k-1-j).
func (s *stageWork) spanStages(y complex128, q, w float64) {
	k := len(s.powers)
	term, scaled := complex(1, 0), complex(1, 0)
	sum, perStep := complex(0, 0), y*complex(1/w, 0)
	for i := range k {
		s.spans[k-i] = sum // Σ up to i, for j = k-i
		s.powers[k-1-i] = scaled
		sum += term
		term *= y
		scaled *= perStep
	}
	for j := range k {
		below := sum
		if j > 0 {
			below = s.spans[j]
		}
		s.spans[j] = below + complex(q, 0)*(sum-below)
	}
}
