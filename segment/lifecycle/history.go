package lifecycle

import "math"

// history is a customer's purchases up to a night.
type history struct {
	days  []int32
	times []float64 // the days on the shop's clock
	lns   []float64 // ln of the gaps between them, as many as were asked for so far; see lnGap
	from  int       // index of the last return, or of the first purchase
	x     int       // number of gaps between purchases
	tx    float64   // their sum, on the shop's clock
}

// set makes this the history of the purchases on days. If days begin at the same place
// in memory as those before, their times are kept: nobody writes to the days, and a
// history has one clock.
func (h *history) set(line *timeLine, days []int32, l *Life) {
	known := 0
	if len(h.days) > 0 && &h.days[0] == &days[0] {
		known = min(len(h.times), len(days))
	}
	h.times, h.lns = h.times[:known], h.lns[:min(len(h.lns), max(0, known-1))]
	for _, day := range days[known:] {
		h.times = append(h.times, line.at(day))
	}
	h.begin(days, l)
	h.x = len(days) - 1
	h.tx = h.duration(h.x)
}

// setDays makes this the history of the purchases on days as far as the calendar goes:
// nothing may be asked then that goes by the shop's clock.
func (h *history) setDays(days []int32, l *Life) {
	h.times, h.lns = h.times[:0], h.lns[:0]
	h.begin(days, l)
}

// begin begins the history on the first of the days, or after the last return among them.
func (h *history) begin(days []int32, l *Life) {
	h.days, h.from = days, 0
	if l.From > days[0] {
		h.from = upTo(days, l.From-1)
	}
}

// sinceReturn is the purchase days since the last return, or all of them.
func (h *history) sinceReturn() []int32 { return h.days[h.from:] }

// duration is the sum of the last n gaps, on the shop's clock.
func (h *history) duration(n int) float64 {
	last := len(h.times) - 1
	return h.times[last] - h.times[last-n]
}

// lnGaps is the sum of the logarithms of all gaps, on the shop's clock.
func (h *history) lnGaps() (sum float64) {
	for at := 1; at < len(h.times); at++ {
		sum += math.Log(h.times[at] - h.times[at-1])
	}
	return sum
}

// gapStatistic is what the last gaps say about regularity.
func (h *history) gapStatistic() gapStatistic {
	var b gapBlocks
	for at := max(1, len(h.times)-mostGaps); at < len(h.times); at++ {
		b.add(h.gap(at), h.lnGap(at))
	}
	return b.statistic()
}

// gap is the gap that a purchase ended, no shorter than leastGap.
func (h *history) gap(at int) float64 { return max(h.times[at]-h.times[at-1], leastGap) }

// lnGap is its logarithm. It is taken once, as the gaps of a customer are looked at after
// each of the purchases.
func (h *history) lnGap(at int) float64 {
	for next := len(h.lns) + 1; next <= at; next++ {
		h.lns = append(h.lns, math.Log(h.gap(next)))
	}
	return h.lns[at-1]
}

// mostGaps is how many of the last gaps tell how regular a customer is. The standard
// error of the shape k of a gamma distribution is about k·√(2/n) from n gaps, less than
// a fifth of k from 60 of them; the nearest two values of shapes are a quarter apart.
const mostGaps = 60

// former is the purchases that show the former rhythm: those before the recent gaps.
// Purchases before the last return are left out if at least two remain.
func (h *history) former(recent int) []int32 {
	days := h.days[:len(h.days)-recent]
	if len(days)-h.from > 1 {
		return days[h.from:]
	}
	return days
}

// usualGap is the mean gap between days, in days of the calendar.
func usualGap(days []int32) float64 {
	gaps := len(days) - 1
	return float64(days[gaps]-days[0]) / float64(gaps)
}

// gapSD is the standard deviation of the gaps; NaN if there are fewer than three.
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
