package ledger

import (
	"fmt"
	"strings"
)

// Shapes say what was decided about how files are laid out, where a file leaves it open:
// the first file of each kind, and how many others there are.
func (p *Plan) Shapes() []string {
	var order []string
	first, more := map[string]string{}, map[string]int{}
	for _, b := range p.allBatches() {
		for _, f := range b.files {
			shape := f.shape()
			if shape == "" {
				continue
			}
			if first[shape] == "" {
				order, first[shape] = append(order, shape), f.path
			} else {
				more[shape]++
			}
		}
	}
	said := make([]string, len(order))
	for i, shape := range order {
		said[i] = first[shape] + ": " + shape
		if n := more[shape]; n > 0 {
			said[i] = fmt.Sprintf("%s and %d more: %s", first[shape], n, shape)
		}
	}
	return said
}

// shape is what was decided about a file; empty where nothing had to be.
func (f file) shape() string {
	if f.layout.Found {
		return "its rows are the list " + strings.Join(f.layout.List, ".")
	}
	return ""
}
