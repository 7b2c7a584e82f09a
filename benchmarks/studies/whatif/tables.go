package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
)

// result is what was found in the shops of one world.
type result struct {
	world   world
	refused int
	shops   [][]answer // of each change
}

// print writes a row for each change.
func (r result) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s (%s), %d shops", r.world.name, r.world.model, len(r.shops))
	if r.refused > 0 {
		fmt.Fprintf(w, " and %d without a model", r.refused)
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "change\tin 90%\tforetold/brought\twidth\tchange in 90%\tforetold change/true\ttrue change\t")
	for i, c := range changes {
		var held, changed int
		var off, width, ofChange, moved []float64
		for _, shop := range r.shops {
			a := shop[i]
			held += one(a.Low <= a.Brought && a.Brought <= a.High)
			off = append(off, a.Foretold/a.Brought)
			width = append(width, (a.High-a.Low)/a.Foretold)
			moved = append(moved, a.True/(a.Foretold-a.Change))
			if a.True != 0 {
				changed += one(a.ChangeLow <= a.True && a.True <= a.Higher)
				ofChange = append(ofChange, a.Change/a.True)
			}
		}
		fmt.Fprintf(t, "%s\t%s\t%.2f\t%.0f%%\t", c.name, shareOf(held, len(off)), median(off), 100*median(width))
		if len(ofChange) > 0 {
			fmt.Fprintf(t, "%s\t%.2f\t%+.1f%%\t\n", shareOf(changed, len(ofChange)), median(ofChange), 100*median(moved))
		} else {
			fmt.Fprint(t, "\t\t\t\n")
		}
	}
	_ = t.Flush() // of a table whose writer's errors nobody would see
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func shareOf(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f%%", 100*float64(n)/float64(of))
}

func median(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(of))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
