package lifecycle

import (
	"cmp"
	"maps"
	"slices"
)

// sample is the customers that a panel is fitted to, and what they say.
type sample struct {
	picked    []int // in an order that does not depend on that of the customers
	histories Histories
	even      map[evenClass]int64
	slowdowns []float64 // see fitSlowdowns
}

func newSample(p *Purchases, day int32, line timeLine) *sample {
	s := &sample{picked: pick50k(p, day), even: map[evenClass]int64{}}
	now := line.at(day)
	var c past
	for _, i := range s.picked {
		days := p.daysOf(i, day)
		c.begin(&line, days, &Life{From: days[0]})
		s.histories.X = append(s.histories.X, float64(c.x))
		s.histories.TX = append(s.histories.TX, c.tx)
		s.histories.T = append(s.histories.T, now-c.times[0])
		if c.x > 1 {
			s.even[evenClassOf(c.evenness(), c.tx/float64(c.x))]++
		}
		if c.x > slowSince[1] {
			sum := 0.0
			eachSlowdown(c.x, c.tx, 0, c.took, func(_, _ int, _, weight float64) { sum += weight })
			s.slowdowns = append(s.slowdowns, sum)
		}
	}
	return s
}

// pick50k picks sampleMost of the customers who have bought up to a day, by the hash of
// what they are known by, else of their purchases.
func pick50k(p *Purchases, day int32) []int {
	type keyed struct {
		key uint64
		at  int
	}
	all := make([]keyed, 0, p.Len())
	for i := range p.Len() {
		if days := p.daysOf(i, day); len(days) > 0 {
			key := uint64(traceOf(days))
			if p.Key != nil {
				key = p.Key[i]
			}
			all = append(all, keyed{key, i})
		}
	}
	slices.SortFunc(all, func(a, b keyed) int {
		// Of equal keys only the purchases count, so that the order of rows does not.
		return cmp.Or(cmp.Compare(a.key, b.key), slices.Compare(p.daysOf(a.at, day), p.daysOf(b.at, day)))
	})
	picked := make([]int, min(len(all), sampleMost))
	for i := range picked {
		picked[i] = all[i].at
	}
	return picked
}

// medianOf is the median of counted values, 0 of none.
func medianOf(counts map[uint32]int, n int) float64 {
	seen := 0
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		if seen += counts[v]; 2*seen >= n {
			return float64(v)
		}
	}
	return 0
}
