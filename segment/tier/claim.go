package tier

import (
	"math/bits"

	"clientele/internal/calendar"
)

// claim is what is due to a customer on a day, before limits.
type claim struct {
	// above are the tiers higher than base that the customer qualifies for.
	above uint64
	// base is the tier without a rise: the present one, or the result of the review.
	base    int32
	outcome outcome
}

// outcome is the result of a review.
type outcome int32

const (
	noReview    outcome = iota // also a review before the end of the term that was passed
	renewed                    // passed: another term
	graceBegins                // failed, and there is time to make up for it
	graceLasts
	fallen      // failed
	tierRemoved // the tier is no longer in the programme
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
	if r.Reverse && r.hasReturns[i] {
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

// isReviewed tells whether customer i's tier is reviewed today.
func (r *replay) isReviewed(i int) bool {
	m := &r.members[i]
	if _, ok := r.wasRemoved(i); ok {
		return true
	}
	return m.level != NoLevel && (r.day >= m.until || m.grace != calendar.NoDay || r.first && r.in.AtOnce)
}

// review decides whether customer i keeps the tier.
func (r *replay) review(i int) claim {
	m := &r.members[i]
	if _, ok := r.wasRemoved(i); ok {
		return claim{base: r.replacement(i), outcome: tierRemoved}
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

// wasRemoved tells whether customer i is a member of a tier that is no longer in the
// programme, and of which.
func (r *replay) wasRemoved(i int) (tier string, ok bool) {
	if len(r.removed) == 0 {
		return "", false
	}
	tier, ok = r.removed[i]
	return tier, ok
}

// replacement is the new tier of a member whose tier was removed: the highest one that
// the member qualifies for, but not lower than the next lower tier if members fall one
// step at a time.
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

// passes tells whether a member keeps the tier at a review on a day: by the criteria for
// keeping it, or by those that qualify for it or for a higher one.
func (r *replay) passes(i int, day int32) bool {
	level := int(r.members[i].level)
	reviewed := r.in.Activity.within(i, r.reviewOf(i, day))
	if r.tiers[level].keep.hold(reviewed) {
		return true
	}
	_, ok := r.qualified(i, day, level, len(r.tiers))
	return ok
}

// qualified is the highest tier, at least `from` and below `to`, that a member qualifies
// for on a day, by the span that counts for rising or by that of a review.
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

// fall is the new tier of a member who lost the tier on a day. next is the next lower
// tier.
func (r *replay) fall(i int, day, next int32) int32 {
	if r.Downgrade != ToEarned {
		return next
	}
	level, _ := r.qualified(i, day, 0, int(next)+1)
	return int32(level)
}
