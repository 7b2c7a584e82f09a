package main

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"clientele/benchmarks/process"
	"clientele/clv"
)

// shardRows is how many customers are in memory at a time.
const shardRows = 1 << 16

// streamed is what is printed of customers who streamed by, as JSON.
type streamed struct {
	CPU, Wall float64 // seconds, from the first customer to the last
	Value     float64 // of all customers, so that nothing is computed in vain
}

// stream scores customers in shards and keeps the sum of their value alone.
func stream(v variant, model string, customers int) (streamed, error) {
	s, err := newScorer(model)
	if err != nil {
		return streamed{}, err
	}
	clock := process.StartClock()
	passers := newPassersBy(model)
	var sum streamed
	for done := 0; done < customers; done += shardRows {
		passers.next(min(shardRows, customers-done))
		for _, value := range v.score(s, passers.table).value {
			sum.Value += value
		}
	}
	took := clock.Read()
	sum.CPU, sum.Wall = took.CPU.Seconds(), took.Wall.Seconds()
	return sum, nil
}

// passersBy are customers made up on the way: no model's population, but histories
// that any model takes, at the cost of a few random numbers each.
type passersBy struct {
	table
	dice     *rand.Rand
	rate     distuv.Gamma
	units    int     // of the longest history, whole ones
	perUnit  float64 // whole units in one of the table's
	renewing bool    // histories are those of subscribers
}

// newPassersBy makes customers of two years, by the day, or by the month where
// the model counts opportunities.
func newPassersBy(model string) *passersBy {
	const days, months = 730, 24
	p := &passersBy{dice: rand.New(rand.NewPCG(1, 2)), units: days, perUnit: daysPerWeek, renewing: model == "sbg"}
	if populations[model].daysPerUnit == daysPerOpportunity {
		p.units, p.perUnit = months, 1
	}
	p.rate = distuv.Gamma{Alpha: 0.8, Beta: 0.15, Src: p.dice}
	p.table = table{Panel: clv.Panel{
		X: make([]float64, shardRows), TX: make([]float64, shardRows), T: make([]float64, shardRows),
	}, meanSpend: make([]float64, shardRows)}
	return p
}

// next fills the table with n more customers, in the same memory. At most one
// purchase comes in a unit, and the last in one of those that leave room for
// the others.
func (p *passersBy) next(n int) {
	p.X, p.TX, p.T, p.meanSpend = p.X[:n], p.TX[:n], p.T[:n], p.meanSpend[:n]
	for i := range p.X {
		end := p.dice.IntN(p.units + 1)
		x := min(int(p.rate.Rand()), end)
		last := 0
		if x > 0 {
			last = x + p.dice.IntN(end-x+1)
		}
		if p.renewing {
			last = x
		}
		p.X[i], p.TX[i], p.T[i] = float64(x), float64(last)/p.perUnit, float64(end)/p.perUnit
		p.meanSpend[i] = 100 * p.dice.Float64()
	}
}
