package clv

// outcomes are sorted values, each with the same probability.
type outcomes struct {
	values []float64
	each   float64
}

// pathWork is room for the futures of one customer.
type pathWork struct {
	values []float64
	runs   []outcomes
}

func newPathWork() *pathWork {
	return &pathWork{values: make([]float64, 0, 4*(keptPaths+keptIdle))}
}

// run adds as many values, in no order, as one outcomes with a probability.
func (w *pathWork) run(from int, probability float64) {
	values := w.values[from:]
	if len(values) == 0 || !(probability > 0) {
		return
	}
	sortNearlySorted(values)
	w.runs = append(w.runs, outcomes{values, probability / float64(len(values))})
}

// sortNearlySorted sorts by insertion. Paths come in the order of spend, which
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

// netValue is the interval of a value with costs that are not proportional to spend:
//
//	margin * spend - perOrder * purchases - perYear * time.
//
// The value is worked out for a sample of simulated futures. Each member of the blend, and
// each of the cells around the customer, contributes futures in proportion to its weight.
func (p *Predictive) netValue(v *mixture, each Basket, work *pathWork) (low, high float64) {
	work.values, work.runs = work.values[:0], work.runs[:0]
	left := 0. // probability of having left, which is worth 0
	for i := range v.components {
		s := &v.components[i]
		buys := 1 - s.nothing
		left += s.share * (1 - s.scores.pAlive)
		p.addBuying(work, s, each, s.share*buys)
		p.addIdle(work, s, s.share*max(s.scores.pAlive-buys, 0))
	}
	work.values = append(work.values, 0)
	work.run(len(work.values)-1, left)
	return tailsOf(work.runs, p.o.Level)
}

// pathsOf is how many of n futures a member contributes: its share, and a sixteenth of
// them at least.
func pathsOf(n int, share float64) int { return min(n, max(int(float64(n)*share+0.5), n/16)) }

// addBuying adds futures with purchases, of so much probability together.
func (p *Predictive) addBuying(work *pathWork, s *component, each Basket, probability float64) {
	if !(probability > 0) || s.n == 0 {
		return
	}
	unit := s.scores.dect / s.scores.pAlive
	spend := p.o.Prices.Margin * each.Spend * unit
	orders := p.o.Prices.PerOrder * each.Orders * unit
	keeping := p.o.Prices.aliveCost(1)
	n, from := pathsOf(keptPaths, s.share), len(work.values)
	for i := range n {
		if c := s.turn(i); len(c.paths) > 0 {
			f := c.paths[(2*i+1)*keptPaths/(2*n)]
			work.values = append(work.values, spend*f.spend-orders*f.discounted-keeping*f.time+0)
		}
	}
	work.run(from, probability)
}

// addIdle adds futures without purchases: they cost what it takes to keep a customer.
func (p *Predictive) addIdle(work *pathWork, s *component, probability float64) {
	if !(probability > 0) || s.n == 0 {
		return
	}
	keeping := p.o.Prices.aliveCost(1)
	n, from := pathsOf(keptIdle, s.share), len(work.values)
	for i := n - 1; i >= 0; i-- { // the longest first: they cost most
		if c := s.turn(i); len(c.idle) > 0 {
			work.values = append(work.values, -keeping*c.idle[(2*i+1)*keptIdle/(2*n)]+0)
		}
	}
	work.run(from, probability)
}

// turn is the cell that gives the i-th future: by the multiples of the golden
// ratio, which spread any number of turns evenly.
func (s *component) turn(i int) *cell {
	const golden = 0.618033988749894848
	u := float64(i) * golden
	u -= float64(int(u))
	k := 0
	for ; k < s.n-1 && u >= s.weight[k]; k++ {
		u -= s.weight[k]
	}
	return s.cells[k]
}

// tailsOf is the interval with equal tails. A value at an end is inside if more than half
// of its probability should be. Only the values in the tails are put in order, which are
// few.
func tailsOf(runs []outcomes, level float64) (low, high float64) {
	total := 0.
	for _, r := range runs {
		total += float64(len(r.values)) * r.each
	}
	out := (1 - level) / 2 * total
	return endOf(runs, out, false), endOf(runs, out, true)
}

// endOf walks through the values of all runs, from the lowest up or from the highest
// down, until so much probability is left out; 0 where there are none.
func endOf(runs []outcomes, out float64, fromTop bool) (end float64) {
	taken := make([]int, len(runs), 32) // on the stack
	for sum := 0.; ; {
		best := -1
		for i, r := range runs {
			if taken[i] == len(r.values) {
				continue
			}
			v := r.values[taken[i]]
			if fromTop {
				v = r.values[len(r.values)-1-taken[i]]
			}
			if best < 0 || (v > end) == fromTop && v != end {
				best, end = i, v
			}
		}
		if best < 0 || sum+runs[best].each/2 >= out {
			return end
		}
		sum += runs[best].each
		taken[best]++
	}
}
