package lifecycle

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// add appends a customer who bought on the given ascending days, for the same
// amount each time.
func (p *Purchases) add(days ...int32) {
	if p.Start == nil {
		p.Start = []int64{0}
	}
	p.Days = append(p.Days, days...)
	for range days {
		p.Spend = append(p.Spend, 20)
	}
	p.Start = append(p.Start, int64(len(p.Days)))
}

// oneCustomer is a panel of a single customer.
func oneCustomer(days ...int32) (p Purchases) {
	p.add(days...)
	return p
}

// every lists n days from 0 in steps of gap.
func every(gap int32, n int) []int32 {
	days := make([]int32, n)
	for i := range days {
		days[i] = int32(i) * gap
	}
	return days
}

// reordered is the panel with customer order[i] at index i.
func (p *Purchases) reordered(order []int) (moved Purchases) {
	for _, i := range order {
		from, to := p.Start[i], p.Start[i+1]
		moved.add(p.Days[from:to]...)
		copy(moved.Spend[len(moved.Spend)-int(to-from):], p.Spend[from:to])
	}
	return moved
}

func pick[T any](column []T, order []int) []T {
	moved := make([]T, len(order))
	for to, from := range order {
		moved[to] = column[from]
	}
	return moved
}

// buyer simulates purchases on days 0 … span: gaps ~ Gamma(k) with the given
// mean, each purchase kept with probability keep(time/span). Purchases on the
// same day are one.
type buyer struct {
	k, meanGap float64
	keep       func(at float64) float64
}

func (b buyer) days(src rand.Source, span int32) []int32 {
	gap := distuv.Gamma{Alpha: b.k, Beta: b.k / b.meanGap, Src: src}
	random := rand.New(src)
	days := []int32{0}
	for at := gap.Rand(); at < float64(span)+1; at += gap.Rand() {
		if b.keep == nil || random.Float64() < b.keep(at/float64(span)) {
			days = append(days, int32(math.Floor(at)))
		}
	}
	return slices.Compact(days)
}

// simulated is a panel of n customers over span days.
func simulated(seed uint64, n int, span int32, customer func(random *rand.Rand) buyer) (p Purchases) {
	src := rand.NewPCG(seed, 0)
	random := rand.New(src)
	for range n {
		p.add(customer(random).days(src, span)...)
	}
	for i := range p.Spend {
		p.Spend[i] = 20 * math.Exp(0.5*random.NormFloat64())
	}
	return p
}

// mixedShop holds customers of all rates, some of whom leave.
func mixedShop(n int) Purchases {
	return simulated(11, n, 700, func(random *rand.Rand) buyer {
		quit := 0.2 + random.ExpFloat64()
		return buyer{k: 1.5, meanGap: 20 + 90*random.ExpFloat64(), keep: func(at float64) float64 {
			if at > quit {
				return 0
			}
			return 1
		}}
	})
}
