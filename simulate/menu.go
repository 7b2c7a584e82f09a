package simulate

import (
	"fmt"
	"sort"
)

// menu is a list of labels of which the first ones are the commonest.
type menu struct {
	labels []string
	upTo   []float64 // upTo[i]: share of choices that fall on labels 0 to i
}

// newMenu gives label i a weight of 1/(i+1), Zipf's law. Without labels it
// holds one that is empty.
func newMenu(labels []string) menu {
	if len(labels) == 0 {
		labels = []string{""}
	}
	m := menu{labels: labels, upTo: make([]float64, len(labels))}
	var sum float64
	for i := range labels {
		sum += 1 / float64(i+1)
		m.upTo[i] = sum
	}
	for i := range m.upTo {
		m.upTo[i] /= sum
	}
	// Rounding must not leave a gap below 1 that no label covers.
	m.upTo[len(labels)-1] = 1
	return m
}

// pick chooses a label by its popularity and gives its number.
func (m menu) pick(d *dice) int {
	return sort.SearchFloat64s(m.upTo, d.Float64())
}

// pickBut chooses a label by popularity, but not the one with number no. The
// menu must have two labels or more.
func (m menu) pickBut(d *dice, no int) int {
	for {
		if i := m.pick(d); i != no {
			return i
		}
	}
}

// productNames names the products by number of category and product: P01-001.
func productNames(categories, products int) [][]string {
	names := make([][]string, categories)
	for c := range names {
		names[c] = make([]string, products)
		for i := range names[c] {
			names[c][i] = fmt.Sprintf("P%02d-%03d", c+1, i+1)
		}
	}
	return names
}
