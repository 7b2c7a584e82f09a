package tier

import (
	"clientele/internal/calendar"
	"clientele/internal/packed"
)

// report is the result of the night.
func (r *replay) report() Result {
	n := len(r.members)
	night := Result{
		State: NewState(n),
		Level: make([]int, n), Since: make([]int32, n), Until: make([]int32, n),
		Status: make([]Status, n),
	}
	if r.Reverse {
		night.State.Reversible = make([][]Reversible, n)
	}
	for _, t := range r.tiers {
		night.State.Order = append(night.State.Order, t.name)
	}
	w, reasons := &words{say: r.say}, packed.New(n)
	for i := range r.members {
		r.store(&night.State, i)
		r.show(&night, i)
		w.b = w.b[:0]
		r.explain(w, i)
		reasons.Add(w.b)
	}
	night.Reason = reasons.All()
	for _, name := range r.in.Sums {
		night.Sums = append(night.Sums, r.sums(name))
	}
	sortChanges(r.changes)
	night.Changes = r.changes
	night.Warnings = r.warnings()
	return night
}

// sums are a counted metric over tonight's span, for each customer.
func (r *replay) sums(name string) []int64 {
	m := metric{}
	for _, c := range r.in.Activity.Counted {
		if c.Name == name {
			m.value = c.Value
		}
	}
	out := make([]int64, len(r.members))
	for i := range out {
		out[i] = m.sum(r.in.Activity.within(i, r.todayOf(i, r.day)))
	}
	return out
}

// store writes row i of the state.
func (r *replay) store(s *State, i int) {
	m := &r.members[i]
	s.Tier[i], s.Why[i] = r.held(i), m.why
	s.Since[i], s.Until[i], s.Anchor[i], s.Grace[i] = m.since, m.until, m.anchor, m.grace
	if r.Reverse {
		s.Reversible[i] = r.reversible[i]
	}
	if pin, ok := r.pin[i]; ok {
		s.Pinned[i], s.PinTier[i], s.PinSince[i], s.PinUntil[i] = true, pin.tier, pin.since, pin.until
	}
}

// show writes row i of the columns about the tier that counts.
func (r *replay) show(night *Result, i int) {
	m := &r.members[i]
	if pin, ok := r.pin[i]; ok {
		night.Level[i], night.Status[i] = r.pinsTonight[i].Tier, Pinned
		night.Since[i], night.Until[i] = pin.since, pin.until
		return
	}
	night.Level[i] = int(m.level)
	switch {
	case m.level == NoLevel:
		night.Since[i], night.Until[i] = calendar.NoDay, calendar.NoDay
	case m.grace != calendar.NoDay:
		night.Since[i], night.Until[i], night.Status[i] = m.since, m.grace, InGrace
	default:
		night.Since[i], night.Until[i], night.Status[i] = m.since, m.until, Active
	}
}
