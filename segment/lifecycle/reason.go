package lifecycle

import (
	"fmt"
	"math"
	"strconv"
)

// reasons says in words what the stage of a customer rests on, such as
//
//	usually every 12 days (±5), last order 61 days ago; expected to buy at 22% of the former pace
func (c *customer) reasons(l *Life, night int32, alive float64, s *standing, kind Decline) string {
	days := c.days
	silence := night - days[len(days)-1]
	since := len(c.sinceReturn())
	b := make([]byte, 0, 128)
	switch {
	case len(days) == 1:
		b = c.reasonOnce(b, night)
	case since == 1 && l.Reactivations > 0:
		b = fmt.Appendf(b, "back %s after %s", ago(silence), inDays(l.From-days[len(days)-2]))
	default:
		b = c.reasonRhythm(b, s.recent(), silence)
	}
	if l.declining() || kind == DeclineWatch {
		b = fmt.Appendf(b, "; expected to buy at %s of the former pace", percents(s.momentum))
	}
	if since > 1 && l.Reactivations > 0 {
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

// reasonOnce says how many buyers of one purchase return after such a silence.
func (c *customer) reasonOnce(b []byte, night int32) []byte {
	b = fmt.Appendf(b, "one order, %s", ago(night-c.days[0]))
	if c.table == nil {
		return append(b, "; too few repeat buyers to tell more"...)
	}
	if c.returns == nil {
		c.returns = map[float64]float64{}
	}
	silence := c.line.at(night) - c.times[0]
	chance, known := c.returns[silence]
	if !known {
		chance = c.forecast.AtLeast(1, 0, 0, silence, c.rules.ReturnDays)
		c.returns[silence] = chance
	}
	return fmt.Appendf(b, "; %s within %s", buyersReturn(chance), inDays(int32(c.rules.ReturnDays)))
}

// reasonRhythm says how long the usual gaps and the recent ones are.
func (c *customer) reasonRhythm(b []byte, recent int, silence int32) []byte {
	former := c.former(recent)
	b = fmt.Appendf(b, "usually every %s", inDays(int32(math.Round(usualGap(former)))))
	if sd := gapSD(former); !math.IsNaN(sd) {
		b = fmt.Appendf(b, " (±%.0f)", sd)
	}
	if recent > 0 {
		last := len(c.days) - 1
		duration := c.days[last] - c.days[last-recent]
		b = fmt.Appendf(b, ", the last %d only every %s", recent, inDays(int32(math.Round(float64(duration)/float64(recent)))))
	}
	return fmt.Appendf(b, ", last order %s", ago(silence))
}

// percents writes a share in per cent.
func percents(share float64) string {
	if share < 0.01 {
		return "less than 1%"
	}
	return strconv.FormatFloat(100*share, 'f', 0, 64) + "%"
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

// buyersReturn says how many of such buyers return.
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

// Above mostOf a probability is written in tenths, because one in two is the most that
// "one in" can say. From nearlyAll on, tenths would be rounded to ten in ten.
const (
	mostOf    = 0.51
	nearlyAll = 0.95
)

// oneIn writes a probability as people say it: one in so many with two significant
// digits, or in tenths if it is more than a half.
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
