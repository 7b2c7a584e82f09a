package segment

import "math"

// stageRow is one customer's row of a StageResult.
type stageRow struct {
	out *StageResult
	i   int
}

func (r *StageResult) row(i int) stageRow { return stageRow{r, i} }

// ordinary is the p above which nothing is said of it.
const ordinary = 0.5

// shortSpell is the number of purchases since a return up to which those before it
// count too for the kind of a decline.
const shortSpell = 6

// lostTail is the tail of the next gap beyond which a customer is lost.
const lostTail = 0.005

// describe fills in a customer's row. A customer without a purchase yet keeps
// an empty one.
func (c *course) describe(days []int32, spend []float64, l *Life, night int32, alive float64, row stageRow) {
	out, i := row.out, row.i
	out.Onset[i], out.ReactivatedSince[i], out.DeclineP[i] = NoDay, NoDay, 1
	out.RateBefore[i], out.RateAfter[i] = math.NaN(), math.NaN()
	if len(days) == 0 {
		return
	}
	e := c.evidence(days, spend, l, night, ordinary, ordinary)
	if c.unjudged(days, l) {
		e.p, e.chance = 1, 1
	}
	out.Stage[i], out.Since[i] = l.Stage, l.Since
	out.Declines[i], out.Reactivations[i] = l.Declines, l.Reactivations
	if e.p <= ordinary {
		out.DeclineP[i] = e.p
	}
	out.Decline[i] = c.decline(days, l, night, alive, e)
	if l.declining() {
		out.DeclineFrom[i] = l.Base
		out.Onset[i], out.RateBefore[i], out.RateAfter[i] = c.change(e, night)
	}
	if c.reactivated(l, night) {
		out.ReactivatedSince[i] = l.From
	}
	out.Reasons[i] = c.reasons(days, l, night, alive, e, out.Decline[i])
}

// decline names the kind of decline.
func (c *course) decline(days []int32, l *Life, night int32, alive float64, e evidence) Decline {
	switch {
	case !l.declining() && e.p <= c.rules.WatchAlpha:
		return DeclineWatch
	case !l.declining():
		return DeclineNone
	case c.lost(night, alive):
		return DeclineLost
	case c.gradual(days, l, night, e):
		return DeclineGradual
	}
	return DeclineSudden
}

// reactivated tells whether a customer who came back has yet to show a rhythm: no
// more than two purchases since, nor two of the usual gaps.
func (c *course) reactivated(l *Life, night int32) bool {
	gap := c.rhythm.MedianGap
	if c.spell.memoryX > 0 {
		gap = c.spell.memoryGap
	}
	return l.Reactivations > 0 && !l.declining() && len(c.spell.days) <= 2 && float64(night-l.From) <= 2*max(gap, 1)
}

// lost tells whether a return is not to be expected: after a silence that is
// long both in days and for the customer, or because the lifetime model says so.
// The model is context, not the test: it is asked only of customers in decline,
// and NaN, no opinion, compares false.
func (c *course) lost(night int32, alive float64) bool {
	s := &c.spell
	n := len(s.days)
	if alive < c.rules.LostPAlive {
		return true
	}
	if float64(night-s.days[n-1]) < c.rules.LostSilenceDays {
		return false
	}
	b := c.baseline(s, n-1)
	return c.rhythm.overdue(c.shares(s, n-1), b.x, b.active, 1, c.line.at(night)-s.times[n-1], 1) <= lostTail
}

// gradual tells whether the decline came little by little. The memory of a
// customer who left again soon after a return reaches back to before it.
func (c *course) gradual(days []int32, l *Life, night int32, e evidence) bool {
	if e.bySpend {
		return true
	}
	times := c.spell.times
	if len(times) <= shortSpell && l.MemoryTo > l.MemoryFrom {
		times = nil
		for _, day := range days[upTo(days, l.MemoryFrom-1):] {
			times = append(times, c.line.at(day))
		}
	}
	return slackened(times, c.line.at(night), c.ownRegularity())
}

// change is when the customer's buying changed, and the purchases a year before
// and since, by the calendar: the gaps taken for recent begin the day after the last
// of the others ended. Spend that falls does so from the first purchase of the later
// half on.
func (c *course) change(e evidence, night int32) (onset int32, before, after float64) {
	s := &c.spell
	n := len(s.days)
	at := n - 1 - e.recent
	onset = s.days[at] + 1
	if e.bySpend {
		at = n - e.spend.later
		onset = s.days[at]
		before = 365 * float64(at) / float64(max(onset-s.days[0], 1))
		return onset, before, 365 * float64(e.spend.later) / float64(night-onset+1)
	}
	after = 365 * float64(e.recent) / float64(night-onset+1)
	before = math.NaN()
	if gap, some := s.usualGap(at); some {
		before = 365 / gap
	}
	return onset, before, after
}
