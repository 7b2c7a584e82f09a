package segment

import "math"

// spell is a customer's purchases since the last return (or the first purchase
// of all), on the shop's clock, with what the tests need of every beginning of
// it.
type spell struct {
	days  []int32
	times []float64
	even  []neighbours // of the first gaps: even[g] of the first g
	// memoryX gaps that took memoryActive days, of before the last return: they
	// count as if they had been seen at its beginning.
	memoryX, memoryActive float64
	first                 bool // it began with the customer's first purchase of all
}

// memoryMost is how many gaps of before a return count at most: enough to see
// that a customer who came back has left again, few enough for a new rhythm to
// take over soon.
const memoryMost = 8

// begin sets the spell to the purchases on days, of which those from `from` on
// belong to it.
func (s *spell) begin(line *timeLine, days []int32, l *Life) {
	start := upTo(days, l.From-1)
	s.first = start == 0
	s.days = days[start:]
	s.times, s.even = s.times[:0], s.even[:0]
	var n neighbours
	for at, day := range s.days {
		s.times = append(s.times, line.at(day))
		if at > 1 {
			n.add(s.times[at-1]-s.times[at-2], s.times[at]-s.times[at-1])
		}
		s.even = append(s.even, n)
	}
	s.memoryX, s.memoryActive = 0, 0
	if l.MemoryTo > l.MemoryFrom {
		from := upTo(days, l.MemoryFrom-1)
		x := float64(upTo(days, l.MemoryTo) - 1 - from)
		weight := min(1, memoryMost/x)
		s.memoryX = weight * x
		s.memoryActive = weight * (line.at(l.MemoryTo) - line.at(l.MemoryFrom))
	}
}

// baseline is what is known of the rhythm after the first gaps of the spell.
func (s *spell) baseline(gaps int) (x, active float64, n neighbours) {
	return s.memoryX + float64(gaps), s.memoryActive + s.times[gaps] - s.times[0], s.even[gaps]
}

// gapSD is the standard deviation of the gaps of the spell, in days of the
// calendar; NaN of fewer than three.
func (s *spell) gapSD(gaps int) float64 {
	if gaps < 3 {
		return math.NaN()
	}
	var sum, squares float64
	for at := 1; at <= gaps; at++ {
		gap := float64(s.days[at] - s.days[at-1])
		sum += gap
		squares += gap * gap
	}
	return math.Sqrt(max(0, squares-sum*sum/float64(gaps)) / float64(gaps-1))
}
