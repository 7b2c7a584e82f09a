package main

import (
	"math"
	"math/rand/v2"
)

// days is how long a shop's history is.
const days = 730

// categories is how many there are in a shop. The first are in most baskets,
// the last in few.
const categories = 20

// world is where simulated shops come from.
type world struct {
	name string
	// drift is by how much the log-odds of a category move from the first day
	// to the last: the standard deviation over categories.
	drift float64
	// season is the amplitude of the log-odds over the year; the phase differs
	// between categories.
	season float64
	// fading is the share of customers who come to buy a fifth as often from
	// some day on.
	fading float64
	// arriving: customers come all through the history, and those who come late
	// have other tastes.
	arriving bool
	// streak is the chance that a basket holds a category just because the last
	// one did or did not: tastes that come and go.
	streak float64
	// dropping is the share of categories that a customer drops, of those in a
	// tenth of the baskets or more.
	dropping float64
}

var worlds = []world{
	{name: "steady"},
	{name: "drifting assortment", drift: 1},
	{name: "seasons", season: 1},
	{name: "fading customers", fading: 0.4},
	{name: "arriving customers", arriving: true},
	{name: "all of it", drift: 1, season: 1, fading: 0.4, arriving: true},
	{name: "drops", dropping: 0.05},
	{name: "drops and all of it", drift: 1, season: 1, fading: 0.4, arriving: true, dropping: 0.05},
	{name: "streaks of taste", streak: 0.3},
	{name: "drops and streaks of taste", streak: 0.3, dropping: 0.05},
}

// drop is what a customer did to a category.
type drop struct {
	from   int     // first day; days: never
	factor float64 // of the odds since; 0: stopped
}

// customer is one simulated customer.
type customer struct {
	baskets []int // days, ascending
	holds   [][]bool
	drops   []drop
}

// shop is the customers of one draw of a world.
type shop struct{ customers []customer }

// play draws a shop.
func (w world) play(dice *rand.Rand, customers int) shop {
	drift, phase := make([]float64, categories), make([]float64, categories)
	for c := range categories {
		drift[c], phase[c] = w.drift*dice.NormFloat64(), 2*math.Pi*dice.Float64()
	}
	moved := func(c, day int) float64 {
		t := float64(day) / days
		return drift[c]*t + w.season*math.Sin(2*math.Pi*float64(day)/365+phase[c])
	}
	s := shop{make([]customer, customers)}
	for i := range s.customers {
		s.customers[i] = w.live(dice, moved)
	}
	return s
}

// live draws one customer.
func (w world) live(dice *rand.Rand, moved func(c, day int) float64) customer {
	first := 0
	if w.arriving {
		first = dice.IntN(days)
	}
	rate := math.Exp(math.Log(30)+dice.NormFloat64()*0.8) / 365 // baskets a day: 30 a year, two thirds from 13 to 67
	slow := days
	if dice.Float64() < w.fading {
		slow = first + dice.IntN(days-first)
	}
	c := customer{drops: make([]drop, categories)}
	tastes := make([]float64, categories)
	for k := range tastes {
		tastes[k] = popularity(k) + dice.NormFloat64()
		if w.arriving {
			tastes[k] += (float64(first)/days - 0.5) * 2 * math.Cos(float64(k))
		}
		c.drops[k] = w.drop(dice, tastes[k])
	}
	last := make([]bool, categories)
	for day := first; day < days; day++ {
		r := rate
		if day >= slow {
			r /= 5
		}
		if dice.Float64() >= r {
			continue
		}
		holds := make([]bool, categories)
		for k := range holds {
			odds := math.Exp(tastes[k] + moved(k, day))
			if day >= c.drops[k].from {
				odds *= c.drops[k].factor
			}
			holds[k] = dice.Float64() < odds/(1+odds)
			if len(c.baskets) > 0 && dice.Float64() < w.streak {
				holds[k] = last[k]
			}
		}
		last = holds
		c.baskets, c.holds = append(c.baskets, day), append(c.holds, holds)
	}
	return c
}

// popularity is the log-odds of a category: from four baskets in ten down to one
// in twenty-five.
func popularity(category int) float64 {
	share := 0.4 * math.Pow(0.1, float64(category)/(categories-1))
	return math.Log(share / (1 - share))
}

// drop draws whether and how a customer drops a category.
func (w world) drop(dice *rand.Rand, taste float64) drop {
	const aTenth = -2.2 // log-odds
	if dice.Float64() >= w.dropping || taste < aTenth {
		return drop{from: days, factor: 1}
	}
	d := drop{from: days/3 + dice.IntN(days*3/5)}
	if dice.IntN(2) == 0 {
		d.factor = 0.15
	}
	return d
}
