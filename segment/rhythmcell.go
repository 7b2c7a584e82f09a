package segment

import (
	"maps"
	"math/bits"
	"slices"
)

// rhythmCell stands for customers whose histories are nearly alike: their
// number and their mean repeats, active days and silent days.
type rhythmCell struct {
	customers          float64
	x, active, silence float64
}

// rhythmCells merges one-time buyers and repeat buyers into cells, so that
// fitting a million costs what fitting a few thousand does. Short histories
// keep their exact values; longer ones share cells whose width is at most a
// quarter of the value (half of it for the silence of repeat buyers, a
// sixteenth for one-time buyers), which is little against the spread of rates
// between customers. Sums are of integers and cells are in key order: the
// order of rows leaves no trace.
func rhythmCells(h History) (once, again []rhythmCell) {
	type sums struct{ customers, x, active, silence int64 }
	cells := map[uint32]sums{}
	for i, n := range h.PurchaseDays {
		x, active, silence := n-1, h.ActiveDays[i], h.SilenceDays[i]
		key := logClass(x, 2)<<16 | logClass(active, 2)<<8 | logClass(silence, 1)
		if x == 0 {
			key = logClass(silence, 4)
		}
		c := cells[key]
		c.customers++
		c.x += int64(x)
		c.active += int64(active)
		c.silence += int64(silence)
		cells[key] = c
	}
	for _, key := range slices.Sorted(maps.Keys(cells)) {
		c := cells[key]
		n := float64(c.customers)
		mean := rhythmCell{n, float64(c.x) / n, float64(c.active) / n, float64(c.silence) / n}
		if c.x == 0 {
			once = append(once, mean)
		} else {
			again = append(again, mean)
		}
	}
	return once, again
}

// logClass numbers the classes of a logarithmic histogram with 2^fineness
// classes in each octave. Values below 2^(fineness+1) have classes of their
// own. It uses integers alone, so that no rounding moves an edge.
func logClass(v int32, fineness int) uint32 {
	u := uint32(v)
	octave := bits.Len32(u) - 1 - fineness
	if octave <= 0 {
		return u
	}
	return uint32(octave)<<fineness + u>>octave
}
