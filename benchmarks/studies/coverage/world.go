package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"clientele/clv"
)

// world is where simulated shops come from. Times are in weeks.
type world struct {
	model  string
	params map[string]float64
	// live draws how one customer buys and leaves.
	live func(dice *rand.Rand, params map[string]float64) customer
}

// customer is what a simulated customer is, for good: drawn once.
type customer struct {
	whole    bool    // buys at weekly opportunities only: rate is the chance of it, dropout that of leaving before
	rate     float64 // per week
	lifetime float64 // weeks from the first purchase; +Inf where a coin decides
	dropout  float64 // chance of leaving after a purchase
	first    bool    // the coin is tossed after the first purchase too
}

// worlds are the truths, one for each model. Parameters are near those of published fits, in a shop of half a year to
// three half-years.
var worlds = []world{
	{"bg-nbd", map[string]float64{"r": 0.5, "alpha": 6, "a": 0.8, "b": 2.5}, coin(false)},
	{"mbg-nbd", map[string]float64{"r": 0.9, "alpha": 6, "a": 0.8, "b": 2.5}, coin(true)},
	{"pareto-nbd", map[string]float64{"r": 0.55, "alpha": 10.6, "s": 0.6, "beta": 11.7}, clock},
	{"nbd", map[string]float64{"r": 0.5, "alpha": 10}, stay},
	{"bg-bb", map[string]float64{"alpha": 0.7, "beta": 8, "gamma": 0.7, "delta": 20}, opportunities},
	{"sbg", map[string]float64{"alpha": 0.7, "beta": 20}, contract},
}

func coin(first bool) func(*rand.Rand, map[string]float64) customer {
	return func(dice *rand.Rand, p map[string]float64) customer {
		return customer{
			rate:     gamma(dice, p["r"], p["alpha"]),
			dropout:  distuv.Beta{Alpha: p["a"], Beta: p["b"], Src: dice}.Rand(),
			lifetime: math.Inf(1), first: first,
		}
	}
}

func clock(dice *rand.Rand, p map[string]float64) customer {
	return customer{rate: gamma(dice, p["r"], p["alpha"]), lifetime: dice.ExpFloat64() / gamma(dice, p["s"], p["beta"])}
}

func stay(dice *rand.Rand, p map[string]float64) customer {
	return customer{rate: gamma(dice, p["r"], p["alpha"]), lifetime: math.Inf(1)}
}

func opportunities(dice *rand.Rand, p map[string]float64) customer {
	return customer{
		whole:   true,
		rate:    distuv.Beta{Alpha: p["alpha"], Beta: p["beta"], Src: dice}.Rand(),
		dropout: distuv.Beta{Alpha: p["gamma"], Beta: p["delta"], Src: dice}.Rand(),
	}
}

func contract(dice *rand.Rand, p map[string]float64) customer {
	return customer{whole: true, rate: 1, dropout: distuv.Beta{Alpha: p["alpha"], Beta: p["beta"], Src: dice}.Rand()}
}

func gamma(dice *rand.Rand, shape, rate float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: rate, Src: dice}.Rand()
}

// The rest of the truth: spend, prices and the time watched.
var (
	spend  = clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	plain  = clv.Prices{Margin: 0.3}
	costly = clv.Prices{Margin: 0.3, PerOrder: 2, PerYearAlive: 4, UnitsPerYear: weeksPerYear}
	delta  = clv.ContinuousRate(0.10, weeksPerYear)
)

const (
	weeksPerYear   = 365.25 / 7
	horizon        = 52.
	watchedAtLeast = 26.
	watchedAtMost  = 78.
)

// shop is what one sees of a shop, and what then happens.
type shop struct {
	panel     clv.Panel
	meanSpend []float64

	purchases        []float64 // within the horizon
	value, netValue  []float64 // at the prices plain and costly
	allPurchases     float64
	allValue, allNet float64
}

// simulate plays a shop. Days are whole, as in an export.
func (w world) simulate(dice *rand.Rand, customers int) (s shop) {
	for range customers {
		c := w.live(dice, w.params)
		watched := watchedAtLeast + math.Floor(7*(watchedAtMost-watchedAtLeast)*dice.Float64())/7
		if c.whole {
			watched = math.Floor(watched)
		}
		days, left := c.play(dice, watched+horizon)
		s.add(dice, days, watched, gamma(dice, spend.Q, spend.Gamma), c.aliveTime(left-watched))
	}
	return s
}

// play gives the times of repeat purchases, and when the customer left.
func (c customer) play(dice *rand.Rand, end float64) (days []float64, left float64) {
	if c.whole {
		return c.playWeeks(dice, end)
	}
	if c.first && dice.Float64() < c.dropout {
		return nil, 0
	}
	for now := dice.ExpFloat64() / c.rate; now < min(end, c.lifetime); now += dice.ExpFloat64() / c.rate {
		days = append(days, now)
		if dice.Float64() < c.dropout {
			return days, now
		}
	}
	return days, c.lifetime
}

// playWeeks is play for opportunities; left is the last one met.
func (c customer) playWeeks(dice *rand.Rand, end float64) (days []float64, left float64) {
	for now := 1.; now <= end; now++ {
		if dice.Float64() < c.dropout {
			return days, now - 1
		}
		if dice.Float64() < c.rate {
			days = append(days, now)
		}
	}
	return days, end
}

// aliveTime is the discounted time as a customer within the horizon, or the sum
// over the opportunities met.
func (c customer) aliveTime(stays float64) float64 {
	stays = min(max(stays, 0), horizon)
	if c.whole {
		return math.Exp(-delta) * math.Expm1(-delta*stays) / math.Expm1(-delta)
	}
	return -math.Expm1(-delta*stays) / delta
}

// add puts a customer with purchases on days, and alive for some of the time
// ahead, into the shop.
func (s *shop) add(dice *rand.Rand, days []float64, watched, nu, alive float64) {
	var x, last, spent, n, money, orders float64
	for _, day := range days {
		paid := gamma(dice, spend.P, nu)
		if day <= watched {
			x++
			last = day
			spent += paid
			continue
		}
		n++
		discount := math.Exp(-delta * (day - watched))
		orders += discount
		money += discount * paid
	}
	s.panel.X = append(s.panel.X, x)
	s.panel.TX = append(s.panel.TX, math.Floor(7*last)/7)
	s.panel.T = append(s.panel.T, watched)
	s.meanSpend = append(s.meanSpend, spent/max(x, 1))
	value := plain.Margin * money
	net := costly.Margin*money - costly.PerOrder*orders - costly.PerYearAlive*alive/weeksPerYear
	s.purchases, s.value, s.netValue = append(s.purchases, n), append(s.value, value), append(s.netValue, net)
	s.allPurchases += n
	s.allValue += value
	s.allNet += net
}
