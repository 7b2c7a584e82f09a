package tier

import (
	"clientele/internal/calendar"
)

// This file takes the customers through the days up to the night. Most days
// bring nothing to most of them: an agenda has, for each customer, the next day
// on which something may be due. What is due on no other day is what
// [replay.next] must know.

// run replays the days up to the night.
func (r *replay) run() {
	first := r.in.AsOf
	r.pinsFrom = first
	switch {
	case r.in.Before != nil:
		first = r.in.Before.Night + 1
		r.pinsFrom = first
		r.dismiss(first)
	case r.in.Replay:
		r.founding = true
		r.changes = make([]Change, len(r.members))
		for _, day := range r.from {
			first = min(first, day)
		}
	default:
		r.changes = make([]Change, 0, len(r.members))
	}
	if r.limited {
		r.together(first)
	} else {
		r.apart(first)
	}
	r.begin(r.in.AsOf, first)
	if r.founding {
		r.found()
	}
}

// begin makes a day today.
func (r *replay) begin(day, first int32) {
	r.day, r.first, r.window = day, day == first, r.Window.today(0, day)
}

// apart takes one customer after the other through all days: nobody's tier
// depends on others.
func (r *replay) apart(first int32) {
	for i := range r.members {
		for day := max(first, r.from[i]); day <= r.in.AsOf; {
			r.begin(day, first)
			c := r.claim(i)
			day = r.next(i, r.settle(i, c, c.highest()))
		}
	}
}

// together takes everybody through one day after the other, since places are
// limited. A day on which nothing is due to anybody is as the day before.
func (r *replay) together(first int32) {
	r.agenda = newAgenda(first, r.in.AsOf, len(r.members))
	for i := range r.members {
		r.agenda.set(i, max(first, r.from[i]))
	}
	r.limits.prepare(r)
	customers := 0
	for day := first; day <= r.in.AsOf; day++ {
		due := r.agenda.take(day)
		if len(due) == 0 && day < r.in.AsOf {
			continue
		}
		r.begin(day, first)
		r.limits.reset()
		for _, i := range due {
			if day == max(first, r.from[i]) {
				customers++
			}
			r.decide(int(i))
		}
		r.limits.place(r, customers)
	}
}

// decide finds what is due to customer i. Who is due a tier that is limited, or
// one above it, competes for it; the others have theirs.
func (r *replay) decide(i int) {
	c := r.claim(i)
	if r.isPinned(i) || c.highest() < r.limits.lowest {
		r.limits.leave(i)
		r.agenda.set(i, r.next(i, r.settle(i, c, c.highest())))
		return
	}
	r.claims[i] = c
	r.limits.enter(i, r.day)
}

// next is the next day on which something may be due to customer i, or one
// beyond the night: after a change the very next day, since terms, years and
// places have other ends.
func (r *replay) next(i int, changed bool) int32 {
	if changed {
		return r.day + 1
	}
	next := r.in.AsOf + 1
	soon := func(day int32) {
		if day > r.day && day < next {
			next = day
		}
	}
	m := &r.members[i]
	if m.level != NoLevel {
		soon(m.until)
		if m.grace != calendar.NoDay {
			soon(m.grace)
		}
	}
	if len(r.wanted) > 0 {
		if pin, ok := r.wanted[i]; ok {
			soon(r.pinsFrom)
			soon(pin.Until + 1)
		}
	}
	if r.Window.isYearly() {
		soon(yearEnd(r.yearAnchor(i), r.day) + 1)
	}
	r.soonCounted(i, soon)
	return next
}

// soonCounted gives the days on which what counts for customer i becomes more:
// by something new, or where something below 0 leaves a rolling window. Of those
// who compete it also matters where it becomes less, as others move up.
func (r *replay) soonCounted(i int, soon func(day int32)) {
	a := &r.in.Activity
	past := a.within(i, span{always, r.day})
	if past.to < a.Start[i+1] {
		soon(a.Day[past.to])
	}
	competes := r.limited && r.limits.in[i]
	if r.Window.Kind != Rolling || !competes && !r.declines[i] {
		return
	}
	counts := a.within(i, r.window)
	for k := counts.from; k < counts.to; k++ {
		if competes || r.hasNegative(k, k+1) {
			soon(r.Window.Length.After(a.Day[k], 1))
			return
		}
	}
}

// hasNegative tells whether a counted metric is below 0 in some entries.
func (r *replay) hasNegative(from, to int64) bool {
	for _, m := range r.counted {
		for _, v := range m.value[from:to] {
			if v < 0 {
				return true
			}
		}
	}
	return false
}

// found makes the changes of a first night that was replayed: everybody who has a
// tier tonight enters it, on the day on which they came to it and for the reason
// of the last change.
func (r *replay) found() {
	kept := r.changes[:0]
	for i := range r.members {
		c := r.changes[i]
		if _, pinned := r.pin[i]; !pinned {
			if r.members[i].level == NoLevel {
				continue
			}
			c.Op, c.From, c.To, c.Effective = OpEnter, "", r.held(i), r.members[i].since
		} else {
			c.From = ""
		}
		c.ChangeID = r.changeID(&c)
		kept = append(kept, c)
	}
	r.changes = kept
}
