package lifecycle

import "math"

// A customer may have slowed down: from one of the last purchases on, the own clock
// runs at a share of the former speed. At a share c since n purchases ago, a history
// of x gaps that took tx days is on that clock one of tx′ < tx, and its likelihood,
// with a flat prior of the log of the rate, is
//
//	c^n · (tx/tx′)^x
//
// times that of no slowdown, were gaps memoryless. Only completed gaps count: what
// the open one says is for the Forecast to tell.
//
// Source: Raftery and Akman (1986), Bayesian Analysis of a Poisson Process with a
// Change-Point, Biometrika 73(1).

// Since how many purchases ago, and to which share of the former rate, the rate may
// have fallen. Since the last one is a fall that only the silence can show; within one
// or two gaps it would be no more than a long gap.
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

// slowPower is the power that evidence of a slowdown is raised to, as gaps are not
// memoryless and rates not steady. lastWeight is the weight of a fall since the last
// purchase, of which nothing is seen but the silence, beside that of an earlier one. From
// simulation: of 0.5 to 1 and 1 to 3 those that find most at which no kind of steady
// customer is called in decline on a night by more than one in twenty.
const (
	slowPower  = 0.75
	lastWeight = 1.5
)

// slowerGaps is how many times as long as those before gaps since must be for a
// customer to have slowed down: less has no weight, and need not be looked at.
const slowerGaps = 1.5

// pace is one way in which a customer may buy now.
type pace struct {
	share  float64 // of the former rate
	tx     float64 // days that the purchases took on the customer's own clock
	weight float64 // chance of it, when the last purchase was made
}

// paces are what may have become of a customer's pace: unchanged, and slowed down to
// each of slowShares.
type paces struct {
	all   [1 + len(slowShares)]pace
	n     int
	since int  // the most likely number of purchases since the slowdown, if there is one
	shows bool // whether gaps that are over show a slowdown
}

// eachSlowdown calls do with the weight of every slowdown to gaps that are slower by so
// much, relative to that of none, where took is how long the last n gaps took.
func eachSlowdown(x int, tx, slower float64, took func(n int) float64, do func(since, share int, own, weight float64)) {
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
		after := took(n)
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

// pacesOf weighs them, where slowdowns is the shop's share of slowed customers.
func pacesOf(slowdowns float64, x int, tx float64, took func(n int) float64) (p paces) {
	p.n = 1
	p.all[0] = pace{share: 1, tx: tx, weight: 1}
	if slowdowns == 0 || x < 1 {
		return p
	}
	var slowed [len(slowShares)]pace
	sum, best := 1-slowdowns, 0.0
	eachSlowdown(x, tx, slowerGaps, took, func(since, share int, own, weight float64) {
		weight *= slowdowns
		p.shows = p.shows || since > 0
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

// negligible is the weight below which a pace, or a regularity, is left out.
const negligible = 1e-4

// fitSlowdowns is the shop's share of customers who have slowed down, given for each
// of some the mean weight of all slowdowns: that of greatest likelihood, with a prior
// of half a customer who has, and fifty who have not. The derivative of the
// log-likelihood falls all the way, so that halving the interval finds its zero.
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
