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
	total := 0.0
	for _, g := range groups {
		total += g.customers
	}
	if total == 0 {
		return nil
	}
	table := make([]Decile, tenths)
	before, d := 0.0, 0
	for _, g := range groups {
		after := before + g.customers
		for {
			low, high := total*float64(d)/tenths, total*float64(d+1)/tenths
			if share := min(after, high) - max(before, low); share > 0 {
				table[d].add(g, share)
			}
			if after < high || d == tenths-1 {
				break
			}
			d++
		}
		before = after
	}
	for i := range table {
		table[i].Predicted /= table[i].Customers
		table[i].Actual /= table[i].Customers
	}
	return table
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
