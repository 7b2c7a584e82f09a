package lifecycle

import "math"

// A customer may have slowed down: since one of the last purchases the rate has been a
// share c of the former one, so that the customer's own clock runs at that speed. If
// that was n purchases ago, x gaps that took tx days took tx′ < tx on the own clock. With
// exponential gaps and a flat prior of the log of the rate, the likelihood is
//
//	c^n · (tx/tx′)^x
//
// times that of no slowdown. Only completed gaps count here. What the open gap says, the
// Forecast tells.
//
// Source: Raftery and Akman (1986), Bayesian Analysis of a Poisson Process with a
// Change-Point, Biometrika 73(1).

// How many purchases ago the rate may have fallen, and to which share of the former
// rate. A fall at the last purchase (0) can only be seen by the silence. A fall one or two
// purchases ago is left out: it cannot be told from a long gap.
var (
	slowSince  = [...]int{0, 3, 4, 6, 8, 12, 16, 24, 32}
	slowShares = [...]float64{0.5, 0.25, 0.12, 0.06}
	slowLogs   = func() (logs [len(slowShares)]float64) {
		for i, c := range slowShares {
			logs[i] = math.Log(c)
		}
		return logs
	}()
)

// slowPower is the power to which the likelihood of a slowdown is raised, because gaps
// are not exponential and rates are not constant. lastWeight is the prior weight of a fall
// at the last purchase, relative to one at an earlier purchase.
//
// Source: benchmarks/studies/manykinds. Of the powers from 0.5 to 1 and the weights from
// 1 to 3, these find most declines among those settings at which, on any one night, no
// kind of steady customer is taken to be in decline more often than one in twenty.
const (
	slowPower  = 0.75
	lastWeight = 1.5
)

// leastSlowing is how many times as long as the earlier gaps the later ones must be for
// a slowdown to be looked at. Below about 1.4 times (2·ln 2 for a few gaps after many) no
// slowdown is likelier than none, not even the mildest, to half of the rate.
const leastSlowing = 1.5

// pace is one way in which a customer may buy now.
type pace struct {
	share  float64 // of the former rate
	tx     float64 // sum of the gaps on the customer's own clock, in days
	weight float64 // its probability when the last purchase was made
}

// paces are the paces at which a customer may buy now: the former one, and one for each
// of slowShares.
type paces struct {
	all     [1 + len(slowShares)]pace
	n       int
	since   int  // the most likely number of purchases since the slowdown, if there is one
	evident bool // whether completed gaps show a slowdown
}

// eachSlowdown calls do with the weight of every slowdown, relative to no slowdown, if
// the later gaps are more than slower times as long as the earlier ones. duration gives
// the sum of the last n gaps.
func eachSlowdown(x int, tx, slower float64, duration func(n int) float64, do func(since, share int, own, weight float64)) {
	possible := 0
	for _, n := range slowSince {
		if n < x {
			possible++
		}
	}
	even := 1 / float64(possible*len(slowShares))
	for i := range slowShares {
		do(0, i, tx, lastWeight*even)
	}
	for _, n := range slowSince[1:possible] {
		after := duration(n)
		before := tx - after
		if !(after*float64(x-n) > slower*before*float64(n)) {
			continue
		}
		for i, c := range slowShares {
			own := before + c*after
			log := slowPower * (float64(n)*slowLogs[i] + float64(x)*math.Log(tx/own))
			do(n, i, own, math.Exp(log)*even)
		}
	}
}

// pacesOf weighs the paces of a customer, where slowdowns is the shop's share of
// customers who have slowed down.
func pacesOf(slowdowns float64, x int, tx float64, duration func(n int) float64) (p paces) {
	p.n = 1
	p.all[0] = pace{share: 1, tx: tx, weight: 1}
	if slowdowns == 0 || x < 1 {
		return p
	}
	var slowed [len(slowShares)]pace
	sum, best := 1-slowdowns, 0.0
	eachSlowdown(x, tx, leastSlowing, duration, func(since, share int, own, weight float64) {
		weight *= slowdowns
		p.evident = p.evident || since > 0
		if weight > best {
			best, p.since = weight, since
		}
		slowed[share].weight += weight
		slowed[share].tx += weight * own
		sum += weight
	})
	p.all[0].weight = (1 - slowdowns) / sum
	for i, s := range slowed {
		if s.weight > negligible*sum {
			p.all[p.n] = pace{share: slowShares[i], tx: s.tx / s.weight, weight: s.weight / sum}
			p.n++
		}
	}
	return p
}

// negligible is the probability below which a pace or a shape is left out, to save the
// work: less than the shares of a shop are known to (see leastShare).
const negligible = 1e-4

// fitSlowdowns is the shop's share of customers who have slowed down. weights has, for
// each customer of the sample, the likelihood of a slowdown relative to none. The share
// is that of maximum posterior density, with a prior of half a customer who has slowed
// down and fifty who have not. The derivative of the log density falls everywhere, so
// that bisection finds its only zero.
func fitSlowdowns(weights []float64) float64 {
	slope := func(share float64) float64 {
		d := 0.5/share - 50/(1-share)
		for _, w := range weights {
			d += (w - 1) / (1 + share*(w-1))
		}
		return d
	}
	lo, hi := 0.0, 1.0
	for range 40 {
		if mid := (lo + hi) / 2; slope(mid) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}
