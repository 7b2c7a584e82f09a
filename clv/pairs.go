package clv

import "math"

// pairs are the distinct (x, y) of rows sorted by x.
type pairs struct {
	x, y []float64
	of   []int32 // the pair of each row
}

// pairSlope writes what depends on one pair, with derivatives, into a slope.
type pairSlope func(x, y float64, into *slope)

// pairsOf finds the pairs, in the order in which they first come.
func pairsOf(x, y []float64) pairs {
	p := pairs{of: make([]int32, len(x))}
	known := make(map[float64]int32) // y to pair, at one x
	lastX := math.NaN()
	for i, xi := range x {
		if xi != lastX {
			lastX = xi
			clear(known)
		}
		pair, found := known[y[i]]
		if !found {
			pair = int32(len(p.x))
			known[y[i]] = pair
			p.x, p.y = append(p.x, xi), append(p.y, y[i])
		}
		p.of[i] = pair
	}
	return p
}

// slopes works out each pair once, on up to workers goroutines. It returns what makes, for
// each goroutine, a function from a row to its pair's slope. If few rows share a pair,
// the slopes are worked out row by row: a table of a million of them takes memory and
// saves no time.
func (p pairs) slopes(workers int, at func() pairSlope) func() func(row int) *slope {
	if 2*len(p.x) > len(p.of) {
		return func() func(row int) *slope {
			write, one := at(), slope{}
			return func(row int) *slope {
				pair := p.of[row]
				write(p.x[pair], p.y[pair], &one)
				return &one
			}
		}
	}
	table := make([]slope, len(p.x))
	inChunks(len(table), workers, func(_, low, high int) {
		write := at()
		for i := low; i < high; i++ {
			write(p.x[i], p.y[i], &table[i])
		}
	})
	return func() func(row int) *slope {
		return func(row int) *slope { return &table[p.of[row]] }
	}
}
