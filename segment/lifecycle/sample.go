package lifecycle

import (
	"cmp"
	"maps"
	"slices"
)

// sample is the customers that a panel is fitted to, and the statistics of each.
type sample struct {
	picked     []int // their indices, in an order that does not depend on that of the rows
	histories  Histories
	statistics map[statisticClass]int64
	slowdowns  []float64 // see fitSlowdowns
}

func newSample(p *Purchases, day int32, line timeLine, most int) *sample {
	s := &sample{picked: pickSample(p, day, most), statistics: map[statisticClass]int64{}}
	now := line.at(day)
	var c history
	for _, i := range s.picked {
		days := p.daysOf(i, day)
		c.set(&line, days, &Life{From: days[0]})
		s.histories.X = append(s.histories.X, float64(c.x))
		s.histories.TX = append(s.histories.TX, c.tx)
		s.histories.T = append(s.histories.T, now-c.times[0])
		s.histories.LnGaps = append(s.histories.LnGaps, c.lnGaps())
		if c.x > 1 {
			s.statistics[classOf(c.gapStatistic(), c.tx/float64(c.x))]++
		}
		if c.x > slowSince[1] {
			sum := 0.0
			eachSlowdown(c.x, c.tx, 0, c.duration, func(_, _ int, _, weight float64) { sum += weight })
			s.slowdowns = append(s.slowdowns, sum)
		}
	}
	return s
}

// pickSample picks so many of the customers who have bought up to a day: those with the
// lowest keys, or hashes of their purchases if there are no keys.
func pickSample(p *Purchases, day int32, most int) []int {
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
		// The order of rows must not count: customers with equal keys go by their purchases.
		return cmp.Or(cmp.Compare(a.key, b.key), slices.Compare(p.daysOf(a.at, day), p.daysOf(b.at, day)))
	})
	picked := make([]int, min(len(all), most))
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
