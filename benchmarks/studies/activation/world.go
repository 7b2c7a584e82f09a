package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// person is a simulated customer. Rates are purchases in 91 days.
type person struct {
	id           string
	rate         float64 // of former days
	active       float64 // share of it that goes on
	spend        float64 // mean of a purchase
	stage, tier  string
	pNext        float64 // by what is known
	future, risk float64 // value, and value at risk, by what is known
	gone         bool
}

// window of simulated campaigns, in quarters of 91 days.
const window = 31. / 91

// spread of a purchase around its customer's mean: sigma of a lognormal.
const spread = 0.7

// people are customers of a shop: half go on, three tenths have slowed to a third, a fifth
// are gone but for a twentieth. What is known of that is right five times in six.
func people(n int, dice *rand.Rand) []person {
	rates := distuv.Gamma{Alpha: .8, Beta: .6, Src: dice}
	of := make([]person, n)
	for i := range of {
		p := person{id: fmt.Sprintf("%06d", i), rate: rates.Rand(), spend: math.Exp(3.4 + .6*dice.NormFloat64())}
		p.live(dice)
		of[i] = p
	}
	values := make([]float64, n)
	for i, p := range of {
		values[i] = p.rate * p.spend
	}
	slices.Sort(values)
	for i, p := range of {
		switch v := p.rate * p.spend; {
		case v >= values[n*9/10]:
			of[i].tier = "gold"
		case v >= values[n*6/10]:
			of[i].tier = "silver"
		}
	}
	return of
}

func (p *person) live(dice *rand.Rand) {
	known := 1.
	switch u := dice.Float64(); {
	case u < .2:
		p.active, p.gone, known = .05, true, .1
	case u < .5:
		p.active, known = .35, .35
	default:
		p.active = 1
	}
	if dice.Float64() < 1./6 { // taken for another kind
		known = []float64{.1, .35, 1}[dice.IntN(3)]
	}
	switch {
	case known < 1:
		p.stage = "decline"
	case p.rate < .5:
		p.stage = "exploration"
	case p.rate < 1.5:
		p.stage = "formation"
	default:
		p.stage = "stability"
	}
	const horizon = 12 // quarters
	p.pNext = 1 - math.Exp(-p.rate*known)
	p.future = horizon * p.rate * known * p.spend
	p.risk = horizon * p.rate * (1 - known) * p.spend
}

// brings is what a customer spends in the window, at a rate times a factor.
func (p person) brings(factor float64, dice *rand.Rand) (spent float64) {
	for range int(distuv.Poisson{Lambda: p.expects() / p.spend * factor, Src: dice}.Rand()) {
		spent += p.purchase(dice)
	}
	return spent
}

func (p person) purchase(dice *rand.Rand) float64 {
	return p.spend * math.Exp(spread*dice.NormFloat64()-spread*spread/2)
}

// expects is what a customer spends in the window in the mean.
func (p person) expects() float64 { return p.rate * p.active * window * p.spend }
