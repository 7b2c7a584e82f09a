package clv

// outcome is a value with a probability.
type outcome struct{ value, weight float64 }

// sceneWork is room for the futures of one customer.
type sceneWork struct {
	buying, idle []float64 // values, sorted
	all          []outcome
}

func newSceneWork() *sceneWork {
	return &sceneWork{
		buying: make([]float64, 0, keptScenes),
		idle:   make([]float64, 0, keptIdlers),
		all:    make([]outcome, 0, 1+keptScenes+keptIdlers),
	}
}

// netValue is the interval of a value with costs that do not follow spend:
//
//	margin * spend - perOrder * purchases - perYear * time.
//
// It may be above or below 0, and grows with none of the three alone: so it is
// worked out for a sample of futures. Each of the cells around the customer
// gives as many of them as it has weight.
func (p *Predictive) netValue(m mixture, s rowScores, each Basket, work *sceneWork) (low, high float64) {
	spend := p.o.Prices.Margin * each.Spend * s.dect / s.pAlive
	orders := p.o.Prices.PerOrder * each.Orders * s.dect / s.pAlive
	keeping := p.o.Prices.aliveCost(1)
	work.buying, work.idle = work.buying[:0], work.idle[:0]
	for i := range keptScenes {
		if c := m.turn(i); len(c.scenes) > 0 {
			f := c.scenes[i]
			work.buying = append(work.buying, spend*f.spend-orders*f.discounted-keeping*f.time)
		}
	}
	for i := keptIdlers - 1; i >= 0; i-- { // the longest first: they cost most
		if c := m.turn(i); len(c.idle) > 0 {
			work.idle = append(work.idle, -keeping*c.idle[i])
		}
	}
	sortNearlySorted(work.buying)
	sortNearlySorted(work.idle)
	buys := 1 - m.nothing
	return shortestOf(work.merge(1-s.pAlive, buys, max(s.pAlive-buys, 0)), p.o.Level)
}

// sortNearlySorted sorts by insertion. Scenes come in the order of spend, which
// is most of a value as a rule, and there are too few of them to lose much where
// it is not.
func sortNearlySorted(values []float64) {
	for i := 1; i < len(values); i++ {
		v, k := values[i], i
		for ; k > 0 && values[k-1] > v; k-- {
			values[k] = values[k-1]
		}
		values[k] = v
	}
}

// merge puts the values in order, with the probabilities of having left, which
// is worth 0, of buying and of not buying. What has no probability is left out.
func (w *sceneWork) merge(left, buys, idles float64) []outcome {
	w.all = w.all[:0]
	add := func(value, weight float64) {
		if weight > 0 {
			w.all = append(w.all, outcome{value + 0, weight}) // no -0
		}
	}
	buys /= float64(len(w.buying))
	idles /= float64(len(w.idle))
	for i, j := 0, 0; i < len(w.buying) || j < len(w.idle); {
		var value, weight float64
		if j == len(w.idle) || i < len(w.buying) && w.buying[i] <= w.idle[j] {
			value, weight = w.buying[i], buys
			i++
		} else {
			value, weight = w.idle[j], idles
			j++
		}
		if value > 0 {
			add(0, left)
			left = 0
		}
		add(value, weight)
	}
	add(0, left)
	return w.all
}

// turn is the cell that gives the i-th future: by the multiples of the golden
// ratio, which spread any number of turns evenly.
func (m *mixture) turn(i int) *cell {
	const golden = 0.618033988749894848
	u := float64(i) * golden
	u -= float64(int(u))
	k := 0
	for ; k < m.n-1 && u >= m.weight[k]; k++ {
		u -= m.weight[k]
	}
	return m.cells[k]
}

// costWindows are the parts into which what an interval leaves out is cut: it
// may all be below or above, or in these parts.
const costWindows = 4

// shortestOf is the shortest of a few intervals of sorted outcomes that hold
// level. An outcome at an end is inside when more than half of it should be, so
// that an atom of probability is either in or out.
func shortestOf(sorted []outcome, level float64) (low, high float64) {
	if len(sorted) == 0 {
		return 0, 0
	}
	below := func(window int) float64 { return (1 - level) * float64(window) / costWindows }
	var from, to [costWindows + 1]int // outcomes left out below, and the first left out above
	sum, entered, left := 0., 0, 0    // windows that have begun and ended so far
	for i, o := range sorted {
		middle := sum + o.weight/2
		for ; entered < len(from) && middle >= below(entered); entered++ {
			from[entered] = i
		}
		for ; left < costWindows && middle > below(left)+level; left++ {
			to[left] = i
		}
		sum += o.weight
	}
	for ; entered < len(from); entered++ {
		from[entered] = len(sorted)
	}
	for ; left < len(to); left++ {
		to[left] = len(sorted) // the last goes up to the most that was played
	}
	for w := range from {
		first := min(from[w], len(sorted)-1)
		end := sorted[max(to[w]-1, first)].value
		if w == 0 || end-sorted[first].value < high-low {
			low, high = sorted[first].value, end
		}
	}
	return low, high
}
