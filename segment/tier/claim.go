package tier

import (
	"math/bits"

	"clientele/internal/calendar"
)

// claim is what is due to a customer on a day, limits aside.
type claim struct {
	// above are the tiers higher than base that the customer qualifies for.
	above uint64
	// base is what is left without rising: the present tier, or the one that
	// the review led to.
	base    int32
	outcome outcome
}

// outcome is what a review came to.
type outcome int32

const (
	noReview    outcome = iota // or one ahead of time that was passed
	renewed                    // for another term
	graceBegins                // failed, with time to make up for it
	graceLasts
	fallen  // failed
	without // the tier is no longer in the programme
)

// highest is the highest tier that is due.
func (c claim) highest() int32 {
	if c.above != 0 {
		return int32(63 - bits.LeadingZeros64(c.above))
	}
	return c.base
}

// claim decides what is due to customer i.
func (r *replay) claim(i int) claim {
	if r.Reverse && r.declines[i] {
		r.reverse(i)
	}
	c := claim{base: r.members[i].level}
	if r.isReviewed(i) {
		c = r.review(i)
	}
	today := r.in.Activity.within(i, r.todayOf(i, r.day))
	for k := len(r.tiers) - 1; k > int(c.base); k-- {
		if r.tiers[k].qualify.hold(today) {
			c.above |= 1 << k
			if !r.limited {
				break
			}
		}
	}
	return c
}

// isReviewed tells whether the day has a decision on customer i's tier.
func (r *replay) isReviewed(i int) bool {
	m := &r.members[i]
	if _, ok := r.wasRemoved(i); ok {
		return true
	}
	return m.level != NoLevel && (r.day >= m.until || m.grace != calendar.NoDay || r.first && r.in.AtOnce)
}

// review decides on customer i's tier.
func (r *replay) review(i int) claim {
	m := &r.members[i]
	if _, ok := r.wasRemoved(i); ok {
		return claim{base: r.replacement(i), outcome: without}
	}
	c := claim{base: m.level}
	switch {
	case r.passes(i, r.day):
		if r.day >= m.until || m.grace != calendar.NoDay {
			c.outcome = renewed
		}
	case m.grace == calendar.NoDay && r.graceEnd(m) > r.day:
		c.outcome = graceBegins
	case m.grace > r.day:
		c.outcome = graceLasts
	default:
		c.base, c.outcome = r.fall(i, r.day, m.level-1), fallen
	}
	return c
}

// wasRemoved tells whether customer i is a member of a tier that is not in the
// programme any more, and of which.
func (r *replay) wasRemoved(i int) (tier string, ok bool) {
	if len(r.removed) == 0 {
		return "", false
	}
	tier, ok = r.removed[i]
	return tier, ok
}

// replacement is where a member of a tier that was removed lands: in the
// highest one that is qualified for, and if members fall one step at a time,
// not lower than that.
func (r *replay) replacement(i int) int32 {
	level, _ := r.qualified(i, r.day, 0, len(r.tiers))
	if r.Downgrade != ToEarned {
		return max(int32(level), r.members[i].level)
	}
	return int32(level)
}

// graceEnd is the last day of a grace that begins with a review on the day.
func (r *replay) graceEnd(m *member) int32 {
	return r.Grace.After(min(m.until, r.day), 1)
}

// passes tells whether a member keeps the tier at a review on a day: by what
// keeps it, or by what qualifies for it or a higher one.
func (r *replay) passes(i int, day int32) bool {
	level := int(r.members[i].level)
	reviewed := r.in.Activity.within(i, r.reviewOf(i, day))
	if r.tiers[level].keep.hold(reviewed) {
		return true
	}
	_, ok := r.qualified(i, day, level, len(r.tiers))
	return ok
}

// qualified is the highest tier from `from` up to, without, `to` that a member
// qualifies for on a day, by what counts for rising or at a review.
func (r *replay) qualified(i int, day int32, from, to int) (level int, ok bool) {
	reviewed := r.in.Activity.within(i, r.reviewOf(i, day))
	today := r.in.Activity.within(i, r.todayOf(i, day))
	for k := to - 1; k >= from; k-- {
		if r.tiers[k].qualify.hold(reviewed) || today != reviewed && r.tiers[k].qualify.hold(today) {
			return k, true
		}
	}
	return NoLevel, false
}

// fall is where a member lands on a day who lost the tier, where `next` is the
// next lower one.
func (r *replay) fall(i int, day, next int32) int32 {
	if r.Downgrade != ToEarned {
		return next
	}
	level, _ := r.qualified(i, day, 0, int(next)+1)
	return int32(level)
}
