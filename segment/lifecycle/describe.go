package lifecycle

import (
	"math"

	"clientele/internal/calendar"
)

// row is one customer's row of a Result.
type row struct {
	out *Result
	i   int
}

func (r *Result) row(i int) row { return row{r, i} }

// lostMomentum is the momentum below which who has been silent for long is lost.
const lostMomentum = 0.05

// describe fills in a customer's row. A customer without a purchase yet keeps
// an empty one.
func (c *course) describe(days []int32, l *Life, night int32, alive float64, row row) {
	out, i := row.out, row.i
	out.Onset[i], out.ReactivatedSince[i] = calendar.NoDay, calendar.NoDay
	for _, column := range [][]float64{out.Momentum, out.FormerRate, out.UsualGap, out.RateBefore, out.RateAfter} {
		column[i] = math.NaN()
	}
	if len(days) == 0 {
		return
	}
	c.begin(&c.line, days, l)
	s := c.stand(c.line.at(night), 0)
	out.Stage[i], out.Since[i] = l.Stage, l.Since
	out.Declines[i], out.Reactivations[i] = l.Declines, l.Reactivations
	out.Decline[i] = c.decline(l, night, alive, &s)
	if c.surface != nil {
		out.Momentum[i], out.FormerRate[i], out.UsualGap[i] = s.momentum, 365*s.former, 1/s.former
	}
	if l.declining() {
		out.DeclineFrom[i] = l.Base
		out.Onset[i], out.RateBefore[i], out.RateAfter[i] = c.change(s.recent(), night)
	}
	if c.reactivated(l, night) {
		out.ReactivatedSince[i] = l.From
	}
	out.Reasons[i] = c.reasons(l, night, alive, &s, out.Decline[i])
}

// decline names the kind of decline.
func (c *course) decline(l *Life, night int32, alive float64, s *findings) Decline {
	switch {
	case !l.declining() && s.momentum < c.rules.Watch:
		return DeclineWatch
	case !l.declining():
		return DeclineNone
	case c.lost(night, alive, s):
		return DeclineLost
	case slackened(c.times, c.line.at(night), c.meanRegularity()):
		return DeclineGradual
	}
	return DeclineSudden
}

// reactivated tells whether a customer who came back has yet to show a rhythm: no
// more than two purchases since, nor two of the usual gaps.
func (c *course) reactivated(l *Life, night int32) bool {
	gap := c.panel.MedianGap
	if c.from > 1 {
		gap = usualGap(c.days[:c.from])
	}
	return l.Reactivations > 0 && !l.declining() && len(c.spell()) <= 2 && float64(night-l.From) <= 2*max(gap, 1)
}

// lost tells whether a return is not to be expected: of a buyer of one purchase, who has
// no rhythm to take up again; after a silence that is long both in days and for the
// customer; or because the lifetime model says so, where NaN, no opinion, compares false.
func (c *course) lost(night int32, alive float64, s *findings) bool {
	silence := float64(night - c.days[len(c.days)-1])
	return len(c.days) == 1 || alive < c.rules.LostPAlive ||
		silence >= c.rules.LostSilenceDays && s.momentum < lostMomentum
}

// recent is how many of the last gaps are of a slower pace, where that is more probable
// than not.
func (s *findings) recent() int {
	if s.all[0].weight > 0.5 {
		return 0
	}
	return s.since
}

// change is when the customer's buying changed, and the purchases a year before
// and since, by the calendar: the recent gaps begin the day after the last
// of the others ended.
func (c *course) change(recent int, night int32) (onset int32, before, after float64) {
	onset = c.days[c.x-recent] + 1
	after = 365 * float64(recent) / float64(night-onset+1)
	before = math.NaN()
	if c.x > 0 {
		before = 365 / usualGap(c.former(recent))
	}
	return onset, before, after
}
