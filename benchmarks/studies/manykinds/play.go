package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// purchase is one day's.
type purchase struct {
	day   int32 // from 0, the shop's first day, to span
	spend float64
}

// customer is one of a kind.
type customer struct {
	kind      int // of kinds
	purchases []purchase
}

// play plays a shop: n customers of each steady kind, the others in proportion
// but at least some, and others who join all the time.
func (s shop) play(dice *rand.Rand, n int) (of []customer) {
	elapsed := s.elapsed()
	for i, k := range kinds {
		if k.gap == 0 || !s.has(k) {
			continue
		}
		size := n
		if k.truth == declines || k.keep != nil && k.keep(0.5) == 0 {
			size = int(math.Ceil(float64(n) * s.decliners))
		}
		for range size {
			of = append(of, customer{i, k.live(dice, elapsed, dice.Int32N(30))})
		}
	}
	if !s.joins {
		return of
	}
	// Those who join later differ in rate, and some leave.
	for range 2 * n {
		rate := distuv.Gamma{Alpha: 1.5, Beta: 1.5 * 30, Src: dice}.Rand()
		leaves := dice.ExpFloat64() * 2 / max(s.decliners, 0.01)
		c := customer{kind: stayed, purchases: kind{k: 1, gap: 1 / rate, keep: stop(leaves)}.live(dice, elapsed, dice.Int32N(span))}
		if leaves < 1 {
			c.kind = left
		}
		of = append(of, c)
	}
	return of
}

// elapsed is the shop's time at the end of each day.
func (s shop) elapsed() []float64 {
	out := make([]float64, span+2)
	for d := range out {
		speed := 1.0
		if s.season != nil {
			speed = s.season(int32(d))
		}
		out[d] = speed
		if d > 0 {
			out[d] += out[d-1]
		}
	}
	return out
}

// live plays one customer, who joins on a day. Purchases of one day are one.
func (k kind) live(dice *rand.Rand, elapsed []float64, joined int32) (of []purchase) {
	gap := distuv.Gamma{Alpha: k.k, Beta: k.k / k.gap, Src: dice}
	worth := math.Exp(3 + 0.5*dice.NormFloat64())
	at := elapsed[joined]
	for day := joined; day <= span; {
		u := float64(day-joined) / float64(span-joined+1)
		if day == joined || k.keep == nil || dice.Float64() < k.keep(u) {
			spend := worth * math.Exp(0.5*dice.NormFloat64())
			if k.spend != nil {
				spend *= k.spend(u)
			}
			if n := len(of); n > 0 && of[n-1].day == day {
				of[n-1].spend += spend
			} else {
				of = append(of, purchase{day, spend})
			}
		}
		at += gap.Rand()
		next, _ := slices.BinarySearch(elapsed, at)
		day = int32(next)
	}
	return of
}
