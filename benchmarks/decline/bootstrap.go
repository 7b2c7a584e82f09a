package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// interval is an estimate with its 95% bootstrap interval.
type interval struct{ value, low, high float64 }

func (i interval) String() string { return fmt.Sprintf("%.2f (%.2f-%.2f)", i.value, i.low, i.high) }

// bootstrap draws customers, with all their nights. Draws in which the statistic
// is none, because nobody is left to compare with, do not count.
func bootstrap(seen []prospect, statistic func([]prospect) float64) interval {
	const rounds = 400
	of := map[int][]prospect{}
	var customers []int
	for _, o := range seen {
		if of[o.customer] == nil {
			customers = append(customers, o.customer)
		}
		of[o.customer] = append(of[o.customer], o)
	}
	dice := rand.New(rand.NewPCG(1, 0))
	var values []float64
	for range rounds {
		var sample []prospect
		for range customers {
			sample = append(sample, of[customers[dice.IntN(len(customers))]]...)
		}
		if v := statistic(sample); !math.IsNaN(v) && !math.IsInf(v, 0) {
			values = append(values, v)
		}
	}
	i := interval{statistic(seen), math.NaN(), math.NaN()}
	if n := len(values); n > 0 {
		slices.Sort(values)
		i.low, i.high = values[n/40], values[n-1-n/40]
	}
	return i
}
