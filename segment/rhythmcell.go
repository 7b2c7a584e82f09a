package segment

import (
	"maps"
	"math"
	"math/bits"
	"slices"
)

// rhythmCell stands for customers whose histories are nearly alike: their
// number and their mean repeats, active days and silent days.
type rhythmCell struct {
	customers          float64
	x, active, silence float64
}

// rhythmSums is what a panel comes to for the fit of its rhythm.
type rhythmSums struct {
	once, again          []rhythmCell
	customers, repeaters int
	medianGap            float64
	even                 map[evenClass]int64
}

// sumRhythm merges one-time buyers and repeat buyers into cells, so that
// fitting a million costs what fitting a few thousand does. Short histories
// keep their values to the day; longer ones share cells whose width is at most
// a quarter of the value (half of it for the silence of repeat buyers, a
// sixteenth for one-time buyers), which is little against the spread of rates
// between customers. Sums are of integers and cells are in key order: the
// order of rows leaves no trace.
func sumRhythm(p *Purchases, line *timeLine, lastDay int32) rhythmSums {
	type sums struct{ customers, x, active, silence int64 }
	cells := map[uint32]sums{}
	gaps := map[uint32]int{}
	s := rhythmSums{even: map[evenClass]int64{}}
	now := line.at(lastDay)
	for i := range p.Len() {
		days := p.daysOf(i, lastDay)
		if len(days) == 0 {
			continue
		}
		s.customers++
		x := int32(len(days) - 1)
		first, last := line.at(days[0]), line.at(days[x])
		active, silence := int32(math.Round(last-first)), int32(math.Round(now-last))
		key := logClass(x, 2)<<16 | logClass(active, 2)<<8 | logClass(silence, 1)
		if x == 0 {
			key = logClass(silence, 4)
		} else {
			s.repeaters++
			gaps[uint32(math.Round((last-first)*4/float64(x)))]++
			if x > 1 {
				s.even[evenClassOf(evennessOf(days, line), (last-first)/float64(x))]++
			}
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
			s.once = append(s.once, mean)
		} else {
			s.again = append(s.again, mean)
		}
	}
	s.medianGap = medianOf(gaps, s.repeaters) / 4
	return s
}

// mostGaps is how many of a customer's gaps say how regular the shop's customers
// are: those of daily buyers need not all be looked at.
const mostGaps = 60

func evennessOf(days []int32, line *timeLine) evenness {
	var b gapBlocks
	for at := 1; at < len(days) && at <= mostGaps; at++ {
		b.add(line.at(days[at]) - line.at(days[at-1]))
	}
	return b.evenness()
}

// medianOf is the median of counted values, 0 of none.
func medianOf(counts map[uint32]int, n int) float64 {
	seen := 0
	for _, v := range slices.Sorted(maps.Keys(counts)) {
		if seen += counts[v]; 2*seen >= n {
			return float64(v)
		}
	}
	return 0
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
