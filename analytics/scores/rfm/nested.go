package rfm

import "fmt"

// Nested are edges within cells: those of frequency by recency score, those of
// monetary value by recency and frequency score. Scores count from 1, indices
// from 0, the worst first.
type Nested struct {
	// MinCell is the number of customers below which a cell took its parent's
	// edges: a cell of both scores those of its recency score, a recency score
	// those of all customers.
	MinCell   int           `json:"min_cell"`
	Frequency [][]float64   `json:"frequency"`
	Monetary  [][][]float64 `json:"monetary"`
}

// fitNested finds the edges within the cells of c, whose edges over all
// customers are known.
func fitNested(c CutPoints, recencyDays, frequency, monetary []float64, minCell int) *Nested {
	nested := &Nested{MinCell: minCell, Frequency: make([][]float64, c.Bins), Monetary: make([][][]float64, c.Bins)}
	members := make([][]int, c.Bins)
	for i, days := range recencyDays {
		r := c.recencyScore(days)
		members[r-1] = append(members[r-1], i)
	}
	within := func(cell []int, column, parent []float64) []float64 {
		if len(cell) < minCell {
			return parent
		}
		return edges(pick(column, cell), c.Bins)
	}
	for r, cell := range members {
		nested.Frequency[r] = within(cell, frequency, c.Frequency)
		parent := within(cell, monetary, c.Monetary)
		byFrequency := make([][]int, c.Bins)
		for _, i := range cell {
			f := c.exceeded(nested.Frequency[r], frequency[i])
			byFrequency[f] = append(byFrequency[f], i)
		}
		nested.Monetary[r] = make([][]float64, c.Bins)
		for f, inner := range byFrequency {
			nested.Monetary[r][f] = within(inner, monetary, parent)
		}
	}
	return nested
}

func pick(column []float64, at []int) []float64 {
	picked := make([]float64, len(at))
	for to, from := range at {
		picked[to] = column[from]
	}
	return picked
}

func (c CutPoints) validateNested() error {
	n := c.Nested
	if (n != nil) != (c.Method == MethodNested) {
		return fmt.Errorf("%w: method %q and nested edges go together only for %q", ErrCutPoints, c.Method, MethodNested)
	}
	if n == nil {
		return nil
	}
	if len(n.Frequency) != c.Bins || len(n.Monetary) != c.Bins {
		return fmt.Errorf("%w: nested edges for %d and %d recency scores, want %d", ErrCutPoints, len(n.Frequency), len(n.Monetary), c.Bins)
	}
	for r := range c.Bins {
		if err := c.validateEdges(n.Frequency[r], fmt.Sprintf("frequency within recency %d", r+1)); err != nil {
			return err
		}
		if len(n.Monetary[r]) != c.Bins {
			return fmt.Errorf("%w: nested edges for %d frequency scores, want %d", ErrCutPoints, len(n.Monetary[r]), c.Bins)
		}
		for f, edges := range n.Monetary[r] {
			if err := c.validateEdges(edges, fmt.Sprintf("monetary within recency %d, frequency %d", r+1, f+1)); err != nil {
				return err
			}
		}
	}
	return nil
}
