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

// lostTail is the tail of the next gap beyond which a customer is lost.
const lostTail = 0.005

// describe fills in a customer's row. A customer without a purchase yet keeps
// an empty one.
func (c *course) describe(days []int32, spend []float64, l *Life, night int32, alive float64, row stageRow) {
	out, i := row.out, row.i
	out.Onset[i], out.DeclineP[i] = NoDay, 1
	out.RateBefore[i], out.RateAfter[i] = math.NaN(), math.NaN()
	if len(days) == 0 {
		return
	}
	e := c.evidence(days, spend, l, night, ordinary)
	out.Stage[i], out.Since[i], out.Reactivations[i], out.DeclineP[i] = l.Stage, l.Since, l.Reactivations, e.p
	out.Decline[i] = c.decline(days, l, night, alive, e)
	if l.declining() {
		out.DeclineFrom[i] = l.Base
		out.Onset[i], out.RateBefore[i], out.RateAfter[i] = c.change(e, night)
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
	case c.lost(night, alive, e):
		return DeclineLost
	case c.gradual(days, l, night, e):
		return DeclineGradual
	}
	return DeclineSudden
}

// lost tells whether a return is not to be expected: after a silence that is
// long both in days and for the customer, or because the lifetime model says so.
// The model is context, not the test: it is asked only of customers in decline,
// and NaN, no opinion, compares false.
func (c *course) lost(night int32, alive float64, e evidence) bool {
	silence := float64(night - c.spell.days[len(c.spell.days)-1])
	return silence >= c.rules.LostSilenceDays && e.silenceChance <= lostTail || alive < c.rules.LostPAlive
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
// and since: the gaps taken for recent begin the day after the last of the
// others ended.
func (c *course) change(e evidence, night int32) (onset int32, before, after float64) {
	s := &c.spell
	at := len(s.days) - 1 - e.recent
	onset = s.days[at] + 1
	after = 365 * float64(e.recent) / float64(night-onset+1)
	before = math.NaN()
	if x, _, _ := s.baseline(at); x > 0 {
		before = 365 / e.usual
	}
	return onset, before, after
}
