package simulate

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// draws tells apart the random numbers of one customer by what they decide,
// so that asking for more of one kind leaves the others alone.
type draws uint64

const (
	lifeDraws    draws = iota + 1 // traits, purchase times, spend
	basketDraws                   // lines, products, channel
	returnDraws                   // what comes back
	messDraws                     // damage
	contactDraws                  // what a contact does, of each contact its own
	accountDraws                  // the account above
)

// dice draws random numbers for one customer after another. It is not safe for
// use by several goroutines.
type dice struct {
	*rand.Rand
	pcg rand.PCG
}

// newDice makes dice that must be put on a customer before use.
func newDice() *dice {
	d := new(dice)
	d.Rand = rand.New(&d.pcg)
	return d
}

// reset puts the dice at the start of one kind of draws for one customer. Seed,
// kind and customer are scrambled first: generators of the PCG family that
// start from neighbouring numbers begin with related draws.
func (d *dice) reset(seed uint64, of draws, customer int) {
	d.pcg.Seed(scramble(seed^scramble(uint64(of))), scramble(uint64(customer)))
}

// scramble is a bijection of 64-bit numbers in which every bit of the input
// sways every bit of the output.
//
// Source: Steele, Lea and Flood (2014), "Fast Splittable Pseudorandom Number
// Generators", doi:10.1145/2660193.2660195, with Stafford's variant 13 of the
// mixing constants.
func scramble(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// gamma draws from the gamma law with the given shape and rate.
func (d *dice) gamma(shape, rate float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: rate, Src: &d.pcg}.Rand()
}

// beta draws from the beta law, as X/(X+Y) of two gamma variates. For tiny a
// and b both are below the smallest float64; the law is then all at 0 and 1,
// with weights b and a.
func (d *dice) beta(a, b float64) float64 {
	x, y := d.gamma(a, 1), d.gamma(b, 1)
	if x+y > 0 {
		return x / (x + y)
	}
	if d.Float64() < a/(a+b) {
		return 1
	}
	return 0
}

// between draws evenly from [low, high).
func (d *dice) between(low, high float64) float64 {
	return low + (high-low)*d.Float64()
}
