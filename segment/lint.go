package segment

import (
	"fmt"
	"iter"
)

// Cell is one combination of scores.
type Cell struct{ R, F, M int8 }

// String is the cell as the column rfm has it: 5-4-3.
func (c Cell) String() string { return fmt.Sprintf("%d-%d-%d", c.R, c.F, c.M) }

// Cells are all combinations of the scheme's scores, lowest first.
func (s Scheme) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		bins := int8(s.Bins)
		for r := int8(1); r <= bins; r++ {
			for f := int8(1); f <= bins; f++ {
				for m := int8(1); m <= bins; m++ {
					if !yield(Cell{r, f, m}) {
						return
					}
				}
			}
		}
	}
}

// Lint is what a scheme's rules leave open or say twice. Cells come lowest
// first, rules in the scheme's order.
type Lint struct {
	Cells int // of the scheme
	// Unmatched cells are held by no rule: their customers are Others.
	Unmatched []Cell
	// Overlapping cells are held by more than one rule.
	Overlapping []Cell
	// OrderDependent cells are held by rules of different segments, so that
	// another order of the rules names their customers differently. Where keys
	// are unique, they are the overlapping ones.
	OrderDependent []Cell
	// Never are the rules, by index, that can never fire: those before them
	// hold all of their cells, or they hold none.
	Never []int
}

// Lint looks at every cell of the scheme.
func (s Scheme) Lint() Lint {
	var l Lint
	fires := make([]bool, len(s.Rules))
	for c := range s.Cells() {
		l.Cells++
		first, matches, differ := -1, 0, false
		for i := range s.Rules {
			if !s.Rules[i].Matches(c.R, c.F, c.M) {
				continue
			}
			if matches++; matches == 1 {
				first = i
			}
			differ = differ || s.Rules[i].Key != s.Rules[first].Key
		}
		if matches == 0 {
			l.Unmatched = append(l.Unmatched, c)
			continue
		}
		fires[first] = true
		if matches > 1 {
			l.Overlapping = append(l.Overlapping, c)
		}
		if differ {
			l.OrderDependent = append(l.OrderDependent, c)
		}
	}
	for i, fired := range fires {
		if !fired {
			l.Never = append(l.Never, i)
		}
	}
	return l
}
