package segment

import "math"

// spell is a customer's purchases since the last return (or the first purchase
// of all), on the shop's clock, with what the tests need of every beginning of
// it.
type spell struct {
	days  []int32
	times []float64
	// blocks and even are of the first gaps: even[g] of the first g.
	blocks []gapBlocks
	even   []evenness
	// baselines are of the first gaps, by their number, once they were asked for.
	baselines []baseline
	// memoryFrom and memoryTo are those of the Life.
	memoryFrom, memoryTo int32
	// memoryX gaps that took memoryActive days, of before the last return: they
	// count as if they had been seen at its beginning.
	memoryX, memoryActive float64
	memoryGap             float64 // the mean of them, in days of the calendar
	first                 bool    // it began with the customer's first purchase of all
}

// memoryMost is how many gaps of before a return count at most: enough to see
// that a customer who came back has left again, few enough for a new rhythm to
// take over soon.
const memoryMost = 8

// begin sets the spell to the purchases on days, of which those from l.From on
// belong to it. What is known of them from the time before stays: they are the same
// days where they begin at the same place in memory, as a course has one judge and
// nobody writes to the days.
func (s *spell) begin(line *timeLine, days []int32, l *Life) {
	start := upTo(days, l.From-1)
	begun := days[start:]
	known := 0
	if len(s.days) > 0 && &s.days[0] == &begun[0] && s.memoryFrom == l.MemoryFrom && s.memoryTo == l.MemoryTo {
		known = min(len(s.times), len(begun))
	} else {
		s.remember(line, days, l)
	}
	s.first, s.days = start == 0, begun
	s.times, s.blocks, s.even, s.baselines = s.times[:known], s.blocks[:known], s.even[:known], s.baselines[:known]
	for at := known; at < len(begun); at++ {
		s.add(line.at(begun[at]))
	}
}

// remember sets what is remembered of before the last return.
func (s *spell) remember(line *timeLine, days []int32, l *Life) {
	s.memoryFrom, s.memoryTo = l.MemoryFrom, l.MemoryTo
	s.memoryX, s.memoryActive, s.memoryGap = 0, 0, 0
	if l.MemoryTo > l.MemoryFrom {
		from := upTo(days, l.MemoryFrom-1)
		x := float64(upTo(days, l.MemoryTo) - 1 - from)
		weight := min(1, memoryMost/x)
		s.memoryGap = float64(l.MemoryTo-l.MemoryFrom) / x
		s.memoryX = weight * x
		s.memoryActive = weight * (line.at(l.MemoryTo) - line.at(l.MemoryFrom))
	}
}

// add appends a purchase.
func (s *spell) add(time float64) {
	var b gapBlocks
	if n := len(s.times); n > 0 {
		b = s.blocks[n-1]
		b.add(time - s.times[n-1])
	}
	s.times, s.blocks, s.even = append(s.times, time), append(s.blocks, b), append(s.even, b.evenness())
	s.baselines = append(s.baselines, baseline{})
}

// baseline is what is known of the rhythm after the first gaps of a spell.
type baseline struct {
	x, active float64          // gaps, those remembered too, and how long they took
	usual     float64          // Rhythm.usualGap; 0: not asked for yet
	shares    regularityShares // of K, once shared
	shared    bool
}

// baseline is that of the first gaps.
func (j *stageJudge) baseline(s *spell, gaps int) *baseline {
	b := &s.baselines[gaps]
	if b.usual == 0 {
		b.x, b.active = s.memoryX+float64(gaps), s.memoryActive+s.times[gaps]-s.times[0]
		b.usual = j.rhythm.usualGap(b.x, b.active)
	}
	return b
}

// shares is what is known of the customer's K after the first gaps.
func (j *stageJudge) shares(s *spell, gaps int) *regularityShares {
	b := j.baseline(s, gaps)
	if !b.shared {
		b.shares, b.shared = j.rhythm.Regularity, true
		if even := s.even[gaps]; even.gaps > 0 {
			b.shares = j.forOne.given(even, scaleOf(b.usual))
		}
	}
	return &b.shares
}

// usualGap is the mean of the first gaps, in days of the calendar; where there is
// none, that of before the last return.
func (s *spell) usualGap(gaps int) (days float64, some bool) {
	switch {
	case gaps > 0:
		return float64(s.days[gaps]-s.days[0]) / float64(gaps), true
	case s.memoryX > 0:
		return s.memoryGap, true
	}
	return 0, false
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
