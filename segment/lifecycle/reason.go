package lifecycle

import (
	"math"
	"strconv"

	"clientele/internal/wording"
)

// grounds are what reasons rest on beside the purchases, the life and its night.
type grounds struct {
	decline  Decline
	momentum float64
	recent   int32 // see standing
}

// appendReasons says in words what the stage of a customer rests on, such as
//
//	usually every 12 days (±5), last order 61 days ago; expected to buy at 22% of the former pace
//
// Of the history it needs no more than the days.
func (c *customer) appendReasons(b []byte, say wording.Language, l *Life, night int32, alive float64, g grounds) []byte {
	days := c.days
	silence := night - days[len(days)-1]
	since := len(c.sinceReturn())
	switch {
	case len(days) == 1:
		b = c.reasonOnce(say, b, night)
	case since == 1 && l.Reactivations > 0:
		b = say.AppendOf(b, "reason.back", when(silence), "days", inDays(silence), "after", inDays(l.From-days[len(days)-2]))
	default:
		b = c.reasonRhythm(say, b, int(g.recent), silence)
	}
	if l.declining() || g.decline == DeclineWatch {
		b = reasonPace(say, b, g.momentum)
	}
	if since > 1 && l.Reactivations > 0 {
		b = say.AppendTo(b, "reason.back_since", "days", inDays(night-l.From))
	}
	if l.Reactivations > 1 {
		b = say.AppendTo(b, "reason.reactivations", "times", inDays(l.Reactivations))
	}
	if g.decline == DeclineLost && alive < c.rules.LostPAlive {
		b = say.AppendTo(b, "reason.p_alive", "chance", inPercent(alive))
	}
	return b
}

// reasonOnce says how many buyers of one purchase return after such a silence.
func (c *customer) reasonOnce(say wording.Language, b []byte, night int32) []byte {
	ago := night - c.days[0]
	b = say.AppendOf(b, "reason.once", when(ago), "days", inDays(ago))
	if c.table == nil {
		return say.AppendTo(b, "reason.too_few")
	}
	if c.returns == nil {
		c.returns = map[float64]float64{}
	}
	silence := c.line.at(night) - c.line.at(c.days[0])
	chance, known := c.returns[silence]
	if !known {
		chance = c.forecast.AtLeast(1, 0, 0, silence, c.rules.ReturnDays)
		c.returns[silence] = chance
	}
	how, n := buyersReturn(chance)
	return say.AppendOf(b, "reason.return", how, "n", n, "days", inDays(int32(c.rules.ReturnDays)))
}

// reasonRhythm says how long the usual gaps and the recent ones are. One gap is no habit, and
// is told as what it is.
func (c *customer) reasonRhythm(say wording.Language, b []byte, recent int, silence int32) []byte {
	former := c.former(recent)
	gap := "usual"
	if len(former) == 2 && recent == 0 {
		gap = "once"
	}
	b = say.AppendOf(b, "reason.gap", gap, "days", inDays(int32(math.Round(usualGap(former)))))
	if sd := gapSD(former); !math.IsNaN(sd) {
		b = say.AppendTo(b, "reason.give_or_take", "days", strconv.FormatFloat(sd, 'f', 0, 64))
	}
	if recent > 0 {
		last := len(c.days) - 1
		duration := c.days[last] - c.days[last-recent]
		b = say.AppendTo(b, "reason.recent", "gaps", inDays(int32(recent)), "days", inDays(int32(math.Round(float64(duration)/float64(recent)))))
	}
	return say.AppendOf(b, "reason.last", when(silence), "days", inDays(silence))
}

// inDays is a count of days or times, written without commas.
func inDays(n int32) wording.Plain { return wording.Plain(n) }

// inPercent is a small chance; of one that rounds to nothing it is said that it is less.
func inPercent(chance float64) string {
	if chance < 0.01 {
		return "<1%"
	}
	return strconv.FormatFloat(100*chance, 'f', 0, 64) + "%"
}

// when names the forms of `so many days ago`: those of today and yesterday have no number.
func when(days int32) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	}
	return "ago"
}

// reasonPace says how much of the former pace is left.
func reasonPace(say wording.Language, b []byte, momentum float64) []byte {
	if momentum < 0.01 {
		return say.AppendTo(b, "reason.hardly_pace")
	}
	return say.AppendTo(b, "reason.pace", "percent", strconv.FormatFloat(100*momentum, 'f', 0, 64))
}

// buyersReturn says how many of such buyers return: the form, and the number in it. It is
// one in so many, or so many of ten if it is more than a half.
func buyersReturn(p float64) (form, n string) {
	switch {
	case p <= 1e-6: // also 0, where nobody does
		return "hardly", ""
	case p >= nearlyAll:
		return "nearly_all", ""
	case p > mostOf:
		return "of_ten", strconv.FormatFloat(10*p, 'f', 0, 64)
	}
	return "one_in", oneIn(p)
}

// Above mostOf a probability is written in tenths, because one in two is the most that
// "one in" can say. From nearlyAll on, tenths would be rounded to ten in ten.
const (
	mostOf    = 0.51
	nearlyAll = 0.95
)

// oneIn writes a probability of a half or less as one in so many, with two significant
// digits.
func oneIn(p float64) string {
	in := 1 / p
	if in < 9.95 {
		return strconv.FormatFloat(in, 'g', 2, 64)
	}
	scale := math.Pow(10, math.Floor(math.Log10(in))-1)
	return strconv.FormatFloat(math.Round(in/scale)*scale, 'f', 0, 64)
}
