package clv

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

const (
	// The first counts have a cell each; above, and between the t, cells are
	// this factor apart. Linear interpolation over it errs by (ln 1.3)²/8 = 0.9% of
	// the second derivative by the logarithm.
	exactCounts = 6
	cellFactor  = 1.3
	// Where time is counted too, x of t changes its meaning with each step of
	// either, and there are few opportunities as a rule.
	exactOpportunities = 24
)

// cellGrid holds the cells that have been asked for. Cells lie at fixed points
// of (x, t); a customer between four of them gets their weighted mean.
type cellGrid struct {
	maker *cellMaker
	x, t  []float64
	slots []cellSlot // of (x, t), t running fastest
	apart sync.Map   // pair -> *cellSlot, for rows with no cell of the grid around
}

// cellSlot is a cell that is made when first needed. It stays nil where the
// model has no such customer.
type cellSlot struct {
	once sync.Once
	cell *cell
}

func newCellGrid(maker *cellMaker) *cellGrid {
	g := &cellGrid{maker: maker}
	if maker.model.family.validRow(0, 0, 0.5) {
		g.x, g.t = countGrid(MaxCount, exactCounts), timeGrid(maker.model)
	} else { // time is counted in opportunities
		g.x, g.t = countGrid(MaxCount, exactOpportunities), countGrid(MaxTime, exactOpportunities)
	}
	g.slots = make([]cellSlot, len(g.x)*len(g.t))
	return g
}

// countGrid are whole numbers from 0 to last: all up to exact, then further and
// further apart.
func countGrid(last, exact float64) (grid []float64) {
	for v := 0.; v < last; {
		grid = append(grid, v)
		if v++; v > exact {
			v = math.Round((v - 1) * cellFactor)
		}
	}
	return append(grid, last)
}

// timeGrid are points in time. What an observed time means to a model is its
// sum with a parameter, as in Gamma(r+x, α+t): so the grid is even in the
// logarithm of the sum with the smallest of those.
func timeGrid(m *Model) (grid []float64) {
	scale := MaxTime
	for i, param := range m.family.params {
		switch {
		case param.scales:
			scale = min(scale, m.theta[i])
		case param.rate:
			scale = min(scale, 1/m.theta[i])
		}
	}
	for sum := 1.; scale*(sum-1) < MaxTime; sum *= cellFactor {
		grid = append(grid, scale*(sum-1))
	}
	return append(grid, MaxTime)
}

// spot is where a customer is on the grid: up to four cells around, with
// weights that sum to 1.
type spot struct {
	n      int
	cells  [4]*cell
	weight [4]float64
}

// spot finds the cells around a row that the model accepts.
func (g *cellGrid) spot(x, t float64) (s spot) {
	i, overX := locate(g.x, x)
	j, overT := locate(g.t, t)
	sum := 0.
	for k := range 4 {
		up, late := k&1, k>>1
		weight := share(overX, up) * share(overT, late)
		if weight == 0 {
			continue
		}
		if c := g.at(i+up, j+late); c != nil {
			s.cells[s.n], s.weight[s.n] = c, weight
			s.n++
			sum += weight
		}
	}
	if s.n == 0 {
		return spot{n: 1, cells: [4]*cell{g.alone(x, t)}, weight: [4]float64{1}}
	}
	for k := range s.n {
		s.weight[k] /= sum
	}
	return s
}

// share is how much of a place lies at its upper or its lower end.
func share(over float64, upper int) float64 {
	if upper == 1 {
		return over
	}
	return 1 - over
}

// locate finds v between grid[i] and grid[i+1], and how far along.
func locate(grid []float64, v float64) (i int, over float64) {
	i, exact := slices.BinarySearch(grid, v)
	if exact {
		return i, 0
	}
	i--
	return i, (v - grid[i]) / (grid[i+1] - grid[i])
}

// at is a cell of the grid, or nil.
func (g *cellGrid) at(i, j int) *cell {
	slot := &g.slots[i*len(g.t)+j]
	slot.once.Do(func() {
		x, t := g.x[i], g.t[j]
		if g.maker.model.family.validRow(x, min(x, 1)*t, t) {
			slot.cell = g.maker.make(x, t, rand.New(rand.NewPCG(uint64(i), uint64(j))))
		}
	})
	return slot.cell
}

// alone is the cell at just (x, t), for models that accept too few rows to have
// four around each, such as those of contracts.
func (g *cellGrid) alone(x, t float64) *cell {
	key := pair{x: x, t: t}
	kept, found := g.apart.Load(key)
	if !found {
		kept, _ = g.apart.LoadOrStore(key, new(cellSlot))
	}
	slot := kept.(*cellSlot)
	slot.once.Do(func() {
		slot.cell = g.maker.make(x, t, rand.New(rand.NewPCG(math.Float64bits(x), math.Float64bits(t))))
	})
	return slot.cell
}
