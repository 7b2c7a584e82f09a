package clv

import "math"

// LeastLogScore is the log score of a count that is impossible under the model,
// ln(1e-300). Without a least score one such customer would weigh more than all others.
var LeastLogScore = math.Log(leastProbability)

const leastProbability = 1e-300

// memoCounts bounds the counts whose probability a CountLaw keeps. Larger ones
// are worked out anew: a lone count of a million should not cost a table.
const memoCounts = 1 << 12

// CountLaw is the distribution of the number of purchases that one customer makes in
// (t, t+h]. EachCountLaw makes it. It may be used until the call that it was passed to
// returns.
type CountLaw struct {
	unknown bool
	parts   []lawPart
}

// weigh sets the weights of the members for a customer.
func (l *CountLaw) weigh(b *Blend, x, tx, t float64, pAlive, shares []float64) {
	for k, part := range l.parts {
		pAlive[k] = part.pAlive
	}
	b.shares(x, tx, t, pAlive, shares)
	for k := range l.parts {
		l.parts[k].weight = shares[k]
	}
}

// lawPart is the law by one member of a blend.
type lawPart struct {
	weight, pAlive float64
	known          history
	look           *outlook
	chances        []float64 // of the stages of a customer who is alive
	alive          []aliveCounts
	model          *Model
	x, tx, t       float64 // of the customer
}

// P is the probability of n purchases; of a blend of one it has the bits of
// Model.PMFAhead.
func (l CountLaw) P(n float64) (p float64) {
	if l.unknown || !validCount(n) {
		return math.NaN()
	}
	for _, part := range l.parts {
		p += part.weight * part.p(n)
	}
	return p
}

func (l lawPart) p(n float64) float64 {
	p := l.pAlive * mean(l.chances, func(j int) float64 { return l.alive[j].at(n) })
	if n == 0 {
		p += 1 - l.pAlive
	}
	return min(p, 1)
}

// newLawPart is that of customers with x repeat purchases.
func newLawPart(m Member, x, h float64) lawPart {
	part := lawPart{weight: m.Weight, known: historyOf(m.Model.process, x), look: outlookOf(m.Model.process, x)}
	for _, ahead := range part.look.by {
		part.alive = append(part.alive, aliveCounts{ahead: ahead, h: h, t: math.NaN()})
	}
	return part
}

// moveTo turns to another customer.
func (l *lawPart) moveTo(m *Model, x, tx, t float64) {
	l.model, l.x, l.tx, l.t = m, x, tx, t
	if l.pAlive = math.NaN(); !m.family.validRow(x, tx, t) {
		return
	}
	l.pAlive = l.known.pAlive(tx, t)
	l.chances = l.look.of(tx, t)
	for j := range l.alive {
		l.alive[j].moveTo(t)
	}
}

// LogScore is ln p, at least LeastLogScore: the score of a forecast when a count came to
// which it gave the probability p. Over many customers its mean is highest for the true law.
//
// Source: Good (1952), Rational Decisions, JRSS B 14(1); Gneiting and Raftery
// (2007), Strictly Proper Scoring Rules, Prediction, and Estimation, JASA
// 102(477), https://doi.org/10.1198/016214506000001437.
func LogScore(p float64) float64 {
	if p < leastProbability {
		return LeastLogScore
	}
	return math.Log(p)
}

// LnSilence is [Model.LnSilence] of a member for the customer.
func (l CountLaw) LnSilence(member int) float64 {
	part := l.parts[member]
	if math.IsNaN(part.pAlive) {
		return math.NaN()
	}
	return part.model.lnSilence(part.x, part.tx, part.t, part.pAlive)
}

// aliveCounts are the probabilities of counts in (t, t+h] given that the
// customer is alive at t, kept once worked out.
type aliveCounts struct {
	ahead prospect
	h, t  float64
	p     []float64 // NaN where not yet known
}

// at is the probability of n purchases.
func (c *aliveCounts) at(n float64) float64 {
	if n >= memoCounts {
		return c.ahead.pmf(n, c.h, c.t)
	}
	for len(c.p) <= int(n) {
		c.p = append(c.p, math.NaN())
	}
	if math.IsNaN(c.p[int(n)]) {
		c.p[int(n)] = c.ahead.pmf(n, c.h, c.t)
	}
	return c.p[int(n)]
}

// moveTo forgets the probabilities where t is another.
func (c *aliveCounts) moveTo(t float64) {
	if t != c.t {
		c.t, c.p = t, c.p[:0]
	}
}

// EachCountLaw calls do once for every row of a panel with the law, by a blend, of the
// purchases in (t, t+h], h finite, on up to workers goroutines: do must write
// only to what belongs to its row. Rows come in no order that matters, weights
// play no part, and every law has the same bits for that row alone. A
// row that CheckRow refuses, and every row where h is not a finite horizon, gets
// a law of NaN.
//
// It is fast because all customers with one (x, t) share their probabilities
// given that they are alive.
func EachCountLaw(b *Blend, p Panel, h float64, workers int, do func(row int, law CountLaw)) {
	possible := validHorizon(h, 0) && !math.IsInf(h, 1)
	h = min(h*b.pace, horizonAt(h))
	tasks := sameX(p)
	inParallel(len(tasks), workers, func(i int) {
		rows := tasks[i]
		law := CountLaw{parts: make([]lawPart, len(b.members))}
		for k, m := range b.members {
			law.parts[k] = newLawPart(m, rows[0].x, h)
		}
		pAlive, shares := make([]float64, len(law.parts)), make([]float64, len(law.parts))
		for _, r := range rows {
			law.unknown = !possible
			for k, m := range b.members {
				law.parts[k].moveTo(m.Model, r.x, p.TX[r.row], r.t)
				law.unknown = law.unknown || math.IsNaN(law.parts[k].pAlive)
			}
			if !law.unknown {
				law.weigh(b, r.x, p.TX[r.row], r.t, pAlive, shares)
			}
			do(r.row, law)
		}
	})
}

// ExpectedCurve is Expected at many times, with the same bits, faster.
func (m *Model) ExpectedCurve(times []float64) []float64 {
	curve := make([]float64, len(times))
	pAlive, look := m.PAlive(0, 0, 0), outlookOf(m.process, 0)
	chances := look.of(0, 0)
	for i, t := range times {
		if curve[i] = math.NaN(); !validHorizon(t, 0) {
			continue
		}
		curve[i] = ifAlive(pAlive, mean(chances, func(j int) float64 {
			purchases, _ := look.by[j].ahead(t, 0, 0)
			return purchases
		}))
	}
	return curve
}
