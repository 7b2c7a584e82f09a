package lifecycle

import (
	"math"

	"clientele/internal/calendar"
)

// resultRow is one customer's row of a Result.
type resultRow struct {
	out *Result
	i   int
}

func (r *Result) row(i int) resultRow { return resultRow{r, i} }

// lostMomentum is the momentum below which a customer who has been silent for
// LostSilenceDays counts as lost: one purchase expected where twenty were usual, one in
// twenty being the conventional level for what is not to be expected.
const lostMomentum = 0.05

// describe fills in a customer's row. The row of a customer without a purchase yet stays
// empty.
func (c *customer) describe(days []int32, l *Life, night int32, alive float64, row resultRow) {
	out, i := row.out, row.i
	out.Onset[i], out.ReactivatedSince[i] = calendar.NoDay, calendar.NoDay
	for _, column := range [][]float64{out.Momentum, out.FormerRate, out.UsualGap, out.RateBefore, out.RateAfter} {
		column[i] = math.NaN()
	}
	if len(days) == 0 {
		return
	}
	c.set(&c.line, days, l)
	s := c.standing(c.line.at(night), 0)
	out.Stage[i], out.Since[i] = l.Stage, l.Since
	out.Declines[i], out.Reactivations[i] = l.Declines, l.Reactivations
	out.Decline[i] = c.decline(l, night, alive, &s)
	if c.table != nil {
		out.Momentum[i], out.FormerRate[i], out.UsualGap[i] = s.momentum, 365*s.formerRate, 1/s.formerRate
	}
	if l.declining() {
		out.DeclineFrom[i] = l.Base
		out.Onset[i], out.RateBefore[i], out.RateAfter[i] = c.change(s.recent(), night)
	}
	if c.reactivated(l, night) {
		out.ReactivatedSince[i] = l.From
	}
	out.recent[i] = int32(s.recent())
}

// decline names the kind of decline.
func (c *customer) decline(l *Life, night int32, alive float64, s *standing) Decline {
	switch {
	case !l.declining() && s.momentum < c.rules.Watch:
		return DeclineWatch
	case !l.declining():
		return DeclineNone
	case c.lost(night, alive, s):
		return DeclineLost
	case fellGradually(c.times, c.line.at(night), c.meanRegularity()):
		return DeclineGradual
	}
	return DeclineSudden
}

// reactivated tells whether a customer who returned has not yet shown a rhythm again: at
// most two purchases since the return, and at most two usual gaps of time.
func (c *customer) reactivated(l *Life, night int32) bool {
	gap := c.panel.MedianGap
	if c.from > 1 {
		gap = usualGap(c.days[:c.from])
	}
	return l.Reactivations > 0 && !l.declining() && len(c.sinceReturn()) <= 2 && float64(night-l.From) <= 2*max(gap, 1)
}

// lost tells whether no return is to be expected. That holds for a buyer of one purchase,
// who has no rhythm to take up again; after a silence that is long both in days and for
// the customer; and if the lifetime model says so (NaN, no opinion, compares false).
func (c *customer) lost(night int32, alive float64, s *standing) bool {
	silence := float64(night - c.days[len(c.days)-1])
	return len(c.days) == 1 || alive < c.rules.LostPAlive ||
		silence >= c.rules.LostSilenceDays && s.momentum < lostMomentum
}

// recent is how many of the last gaps belong to a slower pace, or 0 if a slower pace is
// less probable than not.
func (s *standing) recent() int {
	if s.all[0].weight > 0.5 {
		return 0
	}
	return s.since
}

// change is the day on which the customer's buying changed, and the purchases a year
// before it and since, by the calendar. The recent gaps begin on the day after the last
// earlier purchase.
func (c *customer) change(recent int, night int32) (onset int32, before, after float64) {
	onset = c.days[c.x-recent] + 1
	after = 365 * float64(recent) / float64(night-onset+1)
	before = math.NaN()
	if c.x > 0 {
		before = 365 / usualGap(c.former(recent))
	}
	return onset, before, after
}
