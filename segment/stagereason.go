package segment

import (
	"fmt"
	"math"
	"strconv"
)

// reasons says in words what the stage of a customer rests on, such as
//
//	usually every 12 days (±5), last order 61 days ago; 1 in 900 by chance
func (c *course) reasons(days []int32, l *Life, night int32, alive float64, e evidence, kind Decline) string {
	s := &c.spell
	n := len(s.days)
	silence := night - s.days[n-1]
	b := make([]byte, 0, 128)
	switch {
	case len(days) == 1:
		b = c.reasonOnce(b, silence)
	case n == 1 && l.Reactivations > 0:
		b = fmt.Appendf(b, "back %s after %s", ago(silence), inDays(s.days[0]-days[len(days)-2]))
	default:
		b = c.reasonRhythm(b, e, silence)
	}
	b = c.reasonChance(b, e, len(days))
	if n > 1 && l.Reactivations > 0 {
		b = fmt.Appendf(b, "; back since %s ago", inDays(night-l.From))
	}
	if l.Reactivations > 1 {
		b = fmt.Appendf(b, "; %d reactivations", l.Reactivations)
	}
	if kind == DeclineLost && alive < c.rules.LostPAlive {
		b = fmt.Appendf(b, "; p_alive %.2g", alive)
	}
	return string(b)
}

// reasonOnce is the honest word on one-time buyers.
func (c *course) reasonOnce(b []byte, silence int32) []byte {
	b = fmt.Appendf(b, "one order, %s", ago(silence))
	if c.rhythm.A == 0 {
		return append(b, "; too few repeat buyers to tell more"...)
	}
	chance := c.rhythm.returns(float64(silence), c.rules.ReturnDays)
	return fmt.Appendf(b, "; %s within %s", buyersReturn(chance), inDays(int32(c.rules.ReturnDays)))
}

// reasonRhythm tells the usual gaps and the recent ones.
func (c *course) reasonRhythm(b []byte, e evidence, silence int32) []byte {
	s := &c.spell
	before := len(s.days) - 1 - e.recent
	b = append(b, "usually every "...)
	usual, _ := s.usualGap(before) // there is one: half of the gaps are before the recent ones
	b = append(b, inDays(int32(math.Round(max(1, usual))))...)
	if sd := s.gapSD(before); !math.IsNaN(sd) {
		b = fmt.Appendf(b, " (±%.0f)", sd)
	}
	if e.recent > 0 {
		took := s.days[len(s.days)-1] - s.days[before]
		if e.recent == 1 {
			b = fmt.Appendf(b, ", the last only after %s", inDays(took))
		} else {
			b = fmt.Appendf(b, ", the last %d only every %s", e.recent, inDays(int32(math.Round(float64(took)/float64(e.recent)))))
		}
	}
	return fmt.Appendf(b, ", last order %s", ago(silence))
}

// reasonChance tells how probable all that is.
func (c *course) reasonChance(b []byte, e evidence, purchases int) []byte {
	if e.chance < 1 && (purchases > 1 || e.p <= c.rules.WatchAlpha) {
		b = fmt.Appendf(b, "; %s by chance", oneIn(e.chance))
	}
	if e.spend.p < 1 && e.spend.p <= c.rules.WatchAlpha {
		b = fmt.Appendf(b, "; spend per order down by %.0f%%, %s by chance", 100*min(1, 1-e.spend.ratio), oneIn(e.spend.chance))
	}
	return b
}

func ago(days int32) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return inDays(days) + " ago"
}

func inDays(days int32) string {
	if days == 1 {
		return "1 day"
	}
	return strconv.Itoa(int(days)) + " days"
}

// buyersReturn says how many of a kind of buyers return.
func buyersReturn(p float64) string {
	switch {
	case p <= 1e-6: // also 0, where nobody does
		return "hardly any such buyer returns"
	case p >= nearlyAll:
		return "nearly all such buyers return"
	case p > mostOf:
		return oneIn(p) + " such buyers return"
	}
	return oneIn(p) + " such buyers returns"
}

// Above mostOf one in so many is less than one in two, which nobody says, and from
// nearlyAll on not even ten in ten.
const (
	mostOf    = 0.51
	nearlyAll = 0.95
)

// oneIn writes a probability as people say it, with two significant digits; where
// it is more than a half, in tenths.
func oneIn(p float64) string {
	switch {
	case p <= 1e-6:
		return "less than 1 in 1000000"
	case p >= nearlyAll:
		return "more than 9 in 10"
	case p > mostOf:
		return fmt.Sprintf("%.0f in 10", 10*p)
	}
	in := 1 / p
	if in < 9.95 {
		return "1 in " + strconv.FormatFloat(in, 'g', 2, 64)
	}
	scale := math.Pow(10, math.Floor(math.Log10(in))-1)
	return "1 in " + strconv.FormatFloat(math.Round(in/scale)*scale, 'f', 0, 64)
}
