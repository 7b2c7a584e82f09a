package backtest

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// truth is a shop of simulated customers. A customer buys at a rate of their
// own, times speed from day change on, and leaves after a purchase (first
// included or not) with a probability of their own, or at a moment of their own.
// Times are in weeks.
type truth struct {
	r, alpha float64 // rates: Gamma(r, rate alpha)
	a, b     float64 // leaving after a purchase: Beta(a, b); a = 0: never
	first    bool    // leaving after the first purchase too
	s, beta  float64 // leaving at a time of rate Gamma(s, rate beta); s = 0: never
	births   int32   // days over which first purchases are spread
	days     int32   // days of observation
	change   int32   // day of change, 0 for none
	speed    float64 // of purchases from then on, times the rate before
}

// The truths that tests use: days are those of a year and a half.
var (
	bgTruth     = truth{r: 0.8, alpha: 6, a: 0.8, b: 2.5, births: 300, days: 546}
	mbgTruth    = truth{r: 0.8, alpha: 4, a: 0.8, b: 1.2, first: true, births: 300, days: 546}
	paretoTruth = truth{r: 0.8, alpha: 8, s: 0.6, beta: 12, births: 300, days: 546}
	nbdTruth    = truth{r: 0.8, alpha: 8, births: 300, days: 546}
)

// history simulates customers from day 0 on.
func (v truth) history(seed uint64, customers int) History {
	dice := rand.New(rand.NewPCG(seed, 97))
	h := History{Start: []int64{0}}
	for range customers {
		h.Days = append(h.Days, v.customer(dice)...)
		h.Start = append(h.Start, int64(len(h.Days)))
	}
	return h
}

// customer simulates the purchase days of one.
func (v truth) customer(dice *rand.Rand) []int32 {
	const week = 7
	now := float64(v.births) * dice.Float64()
	rate := distuv.Gamma{Alpha: v.r, Beta: v.alpha, Src: dice}.Rand() / week
	leave := 0.0
	if v.a > 0 {
		leave = distuv.Beta{Alpha: v.a, Beta: v.b, Src: dice}.Rand()
	}
	gone := math.Inf(1)
	if v.s > 0 {
		gone = now + week*dice.ExpFloat64()/distuv.Gamma{Alpha: v.s, Beta: v.beta, Src: dice}.Rand()
	}
	days := []int32{int32(now)}
	alive := !v.first || dice.Float64() >= leave
	for alive {
		now = v.next(now, dice.ExpFloat64()/rate)
		if now >= gone || now >= float64(v.days) {
			break
		}
		days = append(days, int32(now))
		alive = dice.Float64() >= leave
	}
	return slices.Compact(days)
}

// next is when the next purchase falls that would come after so much time at
// the old speed.
func (v truth) next(now, after float64) float64 {
	change := float64(v.change)
	switch {
	case v.change == 0 || now+after < change:
		return now + after
	case now >= change:
		return now + after/v.speed
	}
	return change + (now+after-change)/v.speed
}

// options test models on a simulated shop, in weeks.
func (v truth) options(models ...string) Options {
	return Options{Today: v.days - 1, UnitDays: 7, Models: models, Workers: 2}
}
