package backtest

// Decile is a tenth of the customers, by what was predicted for them. A group
// of equal forecasts that spans a boundary is shared out by numbers, so that a
// tenth is always a tenth, if need be with parts of customers.
type Decile struct {
	Customers float64 `json:"customers"`
	Predicted float64 `json:"predicted"` // mean purchases per customer
	Actual    float64 `json:"actual"`    // mean purchases per customer
}

const tenths = 10

// deciles cuts groups into tenths, the highest forecast first; nil without
// customers.
func deciles(groups []group) []Decile {
	sizes := make([]float64, len(groups))
	for i, g := range groups {
		sizes[i] = g.customers
	}
	table := make([]Decile, tenths)
	if !shareOut(sizes, func(tenth, i int, share float64) { table[tenth].add(groups[i], share) }) {
		return nil
	}
	for i := range table {
		table[i].Predicted /= table[i].Customers
		table[i].Actual /= table[i].Customers
	}
	return table
}

// shareOut gives each tenth its customers of groups, in their order, whose sizes those
// are. It tells whether there are customers.
func shareOut(sizes []float64, add func(tenth, group int, customers float64)) bool {
	total := 0.0
	for _, size := range sizes {
		total += size
	}
	if total == 0 {
		return false
	}
	before, d := 0.0, 0
	for i, size := range sizes {
		after := before + size
		for {
			low, high := total*float64(d)/tenths, total*float64(d+1)/tenths
			if share := min(after, high) - max(before, low); share > 0 {
				add(d, i, share)
			}
			if after < high || d == tenths-1 {
				break
			}
			d++
		}
		before = after
	}
	return true
}

// add adds customers of a group, as sums.
func (d *Decile) add(g group, customers float64) {
	d.Customers += customers
	d.Predicted += customers * g.predicted
	d.Actual += customers * g.actual
}

// poolDeciles averages the deciles of splits.
func poolDeciles(splits []Metrics) []Decile {
	table := make([]Decile, tenths)
	for _, m := range splits {
		for i, d := range m.Deciles {
			table[i].add(group{predicted: d.Predicted, actual: d.Actual}, d.Customers)
		}
	}
	for i := range table {
		table[i].Predicted /= table[i].Customers
		table[i].Actual /= table[i].Customers
	}
	return table
}
