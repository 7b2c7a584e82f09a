package lifecycle

import "math"

// past is a customer's purchases up to a night.
type past struct {
	days  []int32
	times []float64 // of days, on the shop's clock
	from  int       // the first purchase since the last return
	x     int       // completed gaps
	tx    float64   // how long they took, on the shop's clock
}

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
	p.x = len(days) - 1
	p.tx = p.took(p.x)
}

// spell is the purchase days since the last return, or the first purchase of all.
func (p *past) spell() []int32 { return p.days[p.from:] }

// took is how long the last n of the gaps took.
func (p *past) took(n int) float64 {
	last := len(p.times) - 1
	return p.times[last] - p.times[last-n]
}

// evenness is what the last gaps say of the customer's regularity.
func (p *past) evenness() evenness {
	var b gapBlocks
	for at := max(1, len(p.times)-mostGaps); at < len(p.times); at++ {
		b.add(p.times[at] - p.times[at-1])
	}
	return b.evenness()
}

// mostGaps is how many of a customer's gaps say how regular they are: those of daily
// buyers need not all be looked at.
const mostGaps = 60

// former is the purchases of the former rhythm, all but the last few: those since the
// last return, if they have a gap, else all.
func (p *past) former(recent int) []int32 {
	days := p.days[:len(p.days)-recent]
	if len(days)-p.from > 1 {
		return days[p.from:]
	}
	return days
}

// usualGap is the mean of the gaps between days, of the calendar.
func usualGap(days []int32) float64 {
	gaps := len(days) - 1
	return float64(days[gaps]-days[0]) / float64(gaps)
}

// gapSD is their standard deviation; NaN of fewer than three.
func gapSD(days []int32) float64 {
	gaps := len(days) - 1
	if gaps < 3 {
		return math.NaN()
	}
	var sum, squares float64
	for at := 1; at <= gaps; at++ {
		gap := float64(days[at] - days[at-1])
		sum += gap
		squares += gap * gap
	}
	return math.Sqrt(max(0, squares-sum*sum/float64(gaps)) / float64(gaps-1))
}
