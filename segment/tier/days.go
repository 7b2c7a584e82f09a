package tier

import (
	"maps"

	"clientele/internal/calendar"
)

// This file takes the customers through the days up to the night. On most days nothing
// happens to most of them. An agenda has, for each customer, the next day on which
// something may be due. [replay.next] finds that day, and must not miss any.

// run replays the days up to the night.
func (r *replay) run() {
	first := r.in.AsOf
	r.pinsFrom = first
	switch {
	case r.in.Before != nil:
		first = r.in.Before.Night + 1
		r.pinsFrom = first
		r.recordGone(first)
		r.had = maps.Clone(r.in.Before.Had)
	case r.in.Replay:
		r.last = newLastChanges(len(r.members))
		for _, day := range r.from {
			first = min(first, day)
		}
	}
	if r.limited {
		r.allTogether(first)
	} else {
		r.eachAlone(first)
	}
	r.recordJoined(first)
	r.begin(r.in.AsOf, first)
	if r.last != nil {
		r.enterAll()
		r.last = nil // the changes are made, and it takes 24 bytes a customer
	}
}

// begin sets the day.
func (r *replay) begin(day, first int32) {
	r.day, r.first, r.window = day, day == first, r.Window.today(0, day)
}

// eachAlone takes one customer after the other through all days. It is for programmes
// without limits, in which nobody's tier depends on other customers.
func (r *replay) eachAlone(first int32) {
	for i := range r.members {
		for day := max(first, r.from[i]); day <= r.in.AsOf; {
			r.begin(day, first)
			c := r.claim(i)
			day = r.next(i, r.settle(i, c, c.highest()))
		}
	}
}

// allTogether takes all customers through one day after the other. It is for programmes
// with limits, in which customers compete. A day on which nothing is due to anybody is
// left out.
func (r *replay) allTogether(first int32) {
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

// decide finds what is due to customer i. A customer who is due a limited tier, or one
// above it, competes; others get their tier at once.
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

// next is the next day on which something may be due to customer i, or a day after the
// night if there is none. After a change it is the very next day, because terms, years
// and places then have other ends.
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
	if len(r.pinsTonight) > 0 {
		if pin, ok := r.pinsTonight[i]; ok {
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

// soonCounted gives the days on which customer i's counted metrics may rise: when
// something new happens, or when a value below 0 leaves a rolling window. For customers
// who compete, the days on which they may fall count too, because others move up then.
func (r *replay) soonCounted(i int, soon func(day int32)) {
	a := &r.in.Activity
	past := a.within(i, span{always, r.day})
	if past.to < a.Start[i+1] {
		soon(a.Day[past.to])
	}
	competes := r.limited && r.limits.in[i]
	if r.Window.Kind != Rolling || !competes && !r.hasReturns[i] {
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
