package main

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// truth is what is true of a customer who has not left by the night.
type truth struct {
	rate  float64 // purchases a day
	leave float64 // a day, or by purchase where a coin decides
	spend float64 // mean of a purchase
}

// behaviour is how customers live after the night: their rate of purchases and their risk to
// leave, per unit of time, in multiples of what they were.
type behaviour struct {
	coin          bool
	rate, dropout float64
}

// last is the chance that a purchase is the last: the risk per day, of which there are rate
// times as many purchases a day, is dropout times what it was.
func (b behaviour) last(c truth) float64 { return min(1, c.leave*b.dropout/b.rate) }

// leaving is the risk to leave per day.
func (b behaviour) leaving(c truth) float64 {
	if b.coin {
		return b.rate * c.rate * b.last(c)
	}
	return b.dropout * c.leave
}

// expected is the margin that a customer brings in the mean, discounted.
func (b behaviour) expected(c truth) float64 {
	fall := b.leaving(c) + delta
	return margin * c.spend * b.rate * c.rate * -math.Expm1(-fall*horizon) / fall
}

// play lives a customer on, and adds up the margin of what they buy, discounted. p is the
// shape of spend.
func (b behaviour) play(dice *rand.Rand, c truth, p float64) (brings float64) {
	leaves := math.Inf(1)
	if !b.coin {
		leaves = dice.ExpFloat64() / (b.dropout * c.leave)
	}
	spend := distuv.Gamma{Alpha: p, Beta: p / c.spend, Src: dice}
	for now := 0.; ; {
		now += dice.ExpFloat64() / (b.rate * c.rate)
		if now > min(horizon, leaves) {
			return brings
		}
		brings += margin * spend.Rand() * math.Exp(-delta*now)
		if b.coin && dice.Float64() < b.last(c) {
			return brings
		}
	}
}

// retention is what customers buy in four weeks a year on, as a share of what they buy now.
func (b behaviour) retention(all []truth) float64 {
	var now, then float64
	for _, c := range all {
		leaving := b.leaving(c)
		bought := b.rate * c.rate * -math.Expm1(-leaving*window) / leaving
		now += bought
		then += bought * math.Exp(-leaving*year)
	}
	return then / now
}

// dropoutFor is the factor on the risk to leave at which so much is kept, by halving.
func (b behaviour) dropoutFor(all []truth, retention float64) float64 {
	low, high := math.Log(1e-3), math.Log(1e3)
	for range 60 {
		middle := (low + high) / 2
		b.dropout = math.Exp(middle)
		if b.retention(all) > retention {
			low = middle
		} else {
			high = middle
		}
	}
	return b.dropout
}

// after is how customers behave once a change was made.
func (w world) after(c change, all []truth) behaviour {
	b := behaviour{coin: w.coin, rate: 1 + c.frequency, dropout: 1}
	if c.retention != 0 {
		before := behaviour{coin: w.coin, rate: 1, dropout: 1}
		b.dropout = b.dropoutFor(all, (1+c.retention)*before.retention(all))
	}
	return b
}
