package segment

import "math"

// past is the purchases that a customer is judged by: those since the last return (or
// the first of all), and before them the last few of before the silence that it ended,
// as if that silence had not been.
type past struct {
	days  []int32
	times []float64 // of days, on the shop's clock
	from  int       // the first purchase of the present spell
	// memory is the last purchase of the spell before, of which remembered gaps count.
	memory, remembered int
	memoryFrom         int32 // Life.MemoryFrom that remembered is of
	x                  int   // completed gaps
	tx                 float64
}

// memoryMost is how many gaps of before a return count at most: enough to see
// that a customer who came back has left again, few enough for a new rhythm to
// take over soon.
const memoryMost = 8

// begin sets the past to the purchases on days. Times that are known of them stay: they
// are the same days where they begin at the same place in memory, as a course has one
// judge and nobody writes to the days.
func (p *past) begin(line *timeLine, days []int32, l *Life) {
	known := 0
	if len(p.days) > 0 && &p.days[0] == &days[0] {
		known = min(len(p.times), len(days))
	}
	p.days, p.times = days, p.times[:known]
	for _, day := range days[known:] {
		p.times = append(p.times, line.at(day))
	}
	p.from = upTo(days, l.From-1)
	last := len(days) - 1
	p.x, p.tx, p.remembered = last-p.from, p.times[last]-p.times[p.from], 0
	if l.MemoryTo > l.MemoryFrom {
		p.memory = upTo(days, l.MemoryTo) - 1
		p.remembered = min(memoryMost, p.memory-upTo(days, l.MemoryFrom-1))
		p.x += p.remembered
		p.tx += p.times[p.memory] - p.times[p.memory-p.remembered]
	}
}

// spell is the purchase days since the last return, or the first purchase of all.
func (p *past) spell() []int32 { return p.days[p.from:] }

// took is how long the last n of the gaps took.
func (p *past) took(n int) float64 {
	last := len(p.times) - 1
	if n <= last-p.from {
		return p.times[last] - p.times[last-n]
	}
	n -= last - p.from
	return p.times[last] - p.times[p.from] + p.times[p.memory] - p.times[p.memory-n]
}

// evenness is what the last gaps say of the customer's regularity.
func (p *past) evenness() evenness {
	var b gapBlocks
	before := p.took(min(p.x, mostGaps))
	for n := min(p.x, mostGaps) - 1; n >= 0; n-- {
		left := p.took(n)
		b.add(before - left)
		before = left
	}
	return b.evenness()
}

// mostGaps is how many of a customer's gaps say how regular they are: those of daily
// buyers need not all be looked at.
const mostGaps = 60

// usualGap is the mean of the gaps but for the last few, in days of the calendar.
func (p *past) usualGap(recent int) (days float64, some bool) {
	first, last := p.from, len(p.days)-1-recent
	switch {
	case last > first:
		return float64(p.days[last]-p.days[first]) / float64(last-first), true
	case p.remembered > 0:
		return float64(p.days[p.memory]-p.days[p.memory-p.remembered]) / float64(p.remembered), true
	}
	return 0, false
}

// gapSD is the standard deviation of the gaps of the spell but for the last few, in
// days of the calendar; NaN of fewer than three.
func (p *past) gapSD(recent int) float64 {
	spell := p.spell()
	gaps := len(spell) - 1 - recent
	if gaps < 3 {
		return math.NaN()
	}
	var sum, squares float64
	for at := 1; at <= gaps; at++ {
		gap := float64(spell[at] - spell[at-1])
		sum += gap
		squares += gap * gap
	}
	return math.Sqrt(max(0, squares-sum*sum/float64(gaps)) / float64(gaps-1))
}
