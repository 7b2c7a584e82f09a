package main

import (
	"fmt"
	"math"
)

// tolerance is how far two scores of a customer may be apart, relative to the
// larger or to 1e-6 of a purchase. The peers' formulas subtract numbers that are
// nearly equal: that is what they lose by it.
const (
	tolerance = 1e-6
	smallest  = 1e-6
)

// agreement is what a comparison of two scorings prints, as JSON.
type agreement struct {
	Customers int
	Undefined int // customers for whom the peer has no finite number
	Apart     int // others whose numbers are apart
}

// compare compares the columns that two programs left.
func compare(ours, theirs string) (a agreement, err error) {
	got, err := readColumns(ours)
	if err != nil {
		return a, err
	}
	want, err := readColumns(theirs)
	if err != nil {
		return a, err
	}
	if len(want) > len(got) || len(want[0]) != len(got[0]) {
		return a, fmt.Errorf("%s and %s hold %d by %d and %d by %d numbers", ours, theirs, len(got), len(got[0]), len(want), len(want[0]))
	}
	a.Customers = len(want[0])
	for i := range want[0] {
		undefined, apart := false, false
		for c := range want {
			g, w := got[c][i], want[c][i]
			undefined = undefined || math.IsNaN(w) || math.IsInf(w, 0)
			apart = apart || !(math.Abs(g-w) <= tolerance*max(math.Abs(g), math.Abs(w), smallest))
		}
		switch {
		case undefined:
			a.Undefined++
		case apart:
			a.Apart++
		}
	}
	return a, nil
}
