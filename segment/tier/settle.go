package tier

import (
	"math"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// settle moves customer i to a level, which is what is due after limits, and records the
// change unless a pin hides it. It tells whether anything changed.
func (r *replay) settle(i int, c claim, level int32) bool {
	seen := r.seen(i)
	change, changed := r.change(i, c, level)
	if len(r.pinsTonight) > 0 || len(r.pin) > 0 {
		if hidden, moved := r.settlePin(i, seen); hidden {
			return changed || moved
		}
	}
	if changed {
		r.record(i, change)
	}
	return changed
}

// seen is the tier of customer i that counts: the pinned one, if there is a pin.
func (r *replay) seen(i int) string {
	if len(r.pin) > 0 {
		if pin, ok := r.pin[i]; ok {
			return pin.tier
		}
	}
	return r.held(i)
}

// held is the tier of customer i by the rules.
func (r *replay) held(i int) string {
	if tier, ok := r.wasRemoved(i); ok {
		return tier
	}
	if back, ok := r.reversal(i); ok {
		return r.name(back.level)
	}
	return r.name(r.members[i].level)
}

func (r *replay) name(level int32) string {
	if level == NoLevel {
		return ""
	}
	return r.tiers[level].name
}

// record adds a change of customer i.
func (r *replay) record(i int, c Change) {
	c.Effective = r.day
	if !r.joinFirst(i, &c) {
		return
	}
	if r.last != nil {
		r.last.note(i, c)
		return
	}
	r.changes = append(r.changes, c)
}

// change makes the change that a claim leads to, if any, and returns it. Reasons are
// written before the customer is moved, because they speak about the state before.
func (r *replay) change(i int, c claim, level int32) (Change, bool) {
	m := &r.members[i]
	back, reversed := r.reversal(i)
	if !reversed && level == m.level && (c.outcome == noReview || c.outcome == graceLasts) {
		return Change{}, false
	}
	change := Change{ID: r.in.ID[i], From: r.held(i), To: r.name(level), Threshold: math.NaN()}
	was := m.level
	if reversed {
		was = back.level
	}
	before := r.beforeChange(i)
	switch {
	case level != m.level || c.outcome == tierRemoved:
		change.Op = opBetween(was, level, change.From)
		change.decided(r.moveReason(i, c, level))
		r.noteRise(i, before, c.outcome != tierRemoved && level > m.level)
		r.move(m, i, level)
	case c.outcome == renewed:
		change.Op = OpRenew
		change.decided(r.renewReason(i))
		r.noteRenewal(i, before)
		m.anchor, m.until = r.nextTerm(m.anchor, m.until, r.day, r.yearAnchor(i))
		m.grace = calendar.NoDay
	case c.outcome == graceBegins:
		change.Op = OpGrace
		grace := r.graceEnd(m)
		change.decided(r.graceReason(i, grace))
		m.grace = grace
		r.forgetReversible(i)
	case !reversed: // a member who falls, and qualifies for the same tier at once
		return Change{}, false
	}
	if reversed {
		r.recordReversal(i, &change, back, level)
	}
	m.why = change.Why
	return change, true
}

// opBetween is the kind of change between two tiers. A tier that was removed counts as a
// little above the level that stands for it.
func opBetween(from, to int32, fromName string) Op {
	switch {
	case fromName == "":
		return OpEnter
	case to == NoLevel:
		return OpLeave
	case to > from:
		return OpUpgrade
	}
	return OpDowngrade
}

// move puts customer i into a tier, or into none, from the day on.
func (r *replay) move(m *member, i int, level int32) {
	delete(r.removed, i)
	m.level, m.since, m.grace = level, r.day, calendar.NoDay
	m.anchor, m.until = calendar.NoDay, calendar.NoDay
	if level != NoLevel {
		m.anchor, m.until = r.day, r.termEnd(r.day, 1, r.yearAnchor(i))
	}
}

// settlePin begins, continues or ends the pin of customer i. hides: the pin hides the
// tier by the rules today, or did so until today. moved: the pin is not what it was. seen
// is the tier that counted before today.
func (r *replay) settlePin(i int, seen string) (hides, moved bool) {
	held, was := r.pin[i]
	if !r.isPinned(i) {
		if was {
			delete(r.pin, i)
			r.record(i, Change{
				ID: r.in.ID[i], Op: OpUnpin, From: seen, To: r.held(i),
				Why: r.unpinReason(i, held), Threshold: math.NaN(),
			})
		}
		return was, was
	}
	want := r.pinsTonight[i]
	now := heldPin{tier: r.name(int32(want.Tier)), since: r.day, until: want.Until}
	if was && now.tier == held.tier {
		now.since = held.since
	}
	moved = !was || now != held
	if moved {
		r.pin[i] = now
		r.record(i, Change{
			ID: r.in.ID[i], Op: OpPin, From: seen, To: now.tier,
			Why: wording.Clause("tier.pinned_until", "day", r.dayText(now.until)), Threshold: math.NaN(),
		})
	}
	return true, moved
}

// recordGone records the changes of members who are no longer customers, or go on under
// another id.
func (r *replay) recordGone(day int32) {
	r.day = day
	const nobody = -1
	leave := func(members []GoneMember, why string) {
		for _, gone := range members {
			if gone.Tier != "" {
				r.record(nobody, Change{ID: gone.ID, Op: OpLeave, From: gone.Tier, Why: why, Threshold: math.NaN()})
			}
		}
	}
	leave(r.in.Before.Gone, wording.Clause("tier.gone"))
	leave(r.in.Before.Joined, wording.Clause("tier.one_person"))
}
