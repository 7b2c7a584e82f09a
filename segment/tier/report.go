package tier

import (
	"clientele/internal/calendar"
)

// report is the result of the night.
func (r *replay) report() Result {
	n := len(r.members)
	night := Result{
		State: NewState(n),
		Level: make([]int, n), Since: make([]int32, n), Until: make([]int32, n),
		Status: make([]Status, n), Reason: make([]string, n),
	}
	if r.Reverse {
		night.State.Reversible = make([][]Reversible, n)
	}
	for _, t := range r.tiers {
		night.State.Order = append(night.State.Order, t.name)
	}
	for i := range r.members {
		r.store(&night.State, i)
		r.show(&night, i)
		w := r.newText()
		r.explain(w, i)
		night.Reason[i] = string(w.b)
	}
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

// explain writes why customer i has the tier, or none.
func (r *replay) explain(w *reasonText, i int) {
	m := &r.members[i]
	if pin, ok := r.pin[i]; ok {
		if pin.tier == "" {
			w.text("no tier")
		} else {
			w.text(pin.tier)
		}
		w.text(", set by hand on ").date(pin.since).text(" until ").date(pin.until)
		if m.level == NoLevel {
			w.part().text("no tier by the rules")
			return
		}
		w.part().text("by the rules ")
	}
	switch {
	case len(r.tiers) == 0:
		w.text("the programme has no tiers")
		return
	case m.level == NoLevel:
		r.explainNone(w, i)
	default:
		r.explainMember(w, i)
	}
	// On the day of a change its reason says this already.
	if refused := r.limits.refusal(i); refused != nil && m.since != r.day {
		r.explainRefusal(w.part(), refused)
	}
}

// explainMember writes why a member holds the tier and what keeps it.
func (r *replay) explainMember(w *reasonText, i int) {
	m := &r.members[i]
	t := r.tiers[m.level]
	w.text(t.name, " since ").date(m.since)
	if m.why != "" {
		w.text(": ", m.why)
	}
	switch {
	case len(t.qualify.all)+len(t.qualify.any) == 0:
		return
	case len(t.keep.all)+len(t.keep.any) == 0:
		w.part().text("kept without conditions")
		return
	}
	due := m.due()
	w.part().text("to keep it on ").date(due).text(": ")
	r.explainKeep(w, t.keep, r.facts(i, r.reviewOf(i, due)))
}

// due is the day of the next decision on a member's tier.
func (m *member) due() int32 {
	if m.grace != calendar.NoDay {
		return m.grace
	}
	return m.until
}

// explainKeep writes what criteria ask for, and how much there is so far in the span that
// will count. A warning has the same number.
//
//	spend of 1500 (so far 1800)
func (r *replay) explainKeep(w *reasonText, c criteria, f facts) {
	one := func(at int, c criterion, joint string) {
		if at > 0 {
			w.text(joint)
		}
		by := " (so far "
		if !c.isCounted() {
			by = " (now "
		}
		w.metric(c.name).text(" of ").number(c.atLeast).text(by).number(c.over(f.entries)).text(")")
	}
	for at, th := range c.all {
		one(at, th, " and ")
	}
	if len(c.all) > 0 && len(c.any) > 0 {
		w.text(", and ")
	}
	for at, th := range c.any {
		one(at, th, " or ")
	}
}

// explainNone writes what a customer lacks for the lowest tier.
func (r *replay) explainNone(w *reasonText, i int) {
	m := &r.members[i]
	switch {
	case m.since != calendar.NoDay && m.since == r.day, r.leftTonight[i]:
		w.text(m.why)
		return
	case m.since != calendar.NoDay:
		w.text("left on ").date(m.since)
	case r.from[i] > r.day:
		w.text("no customer before ").date(r.from[i])
		return
	}
	t := r.tiers[0]
	f := r.facts(i, r.todayOf(i, r.day))
	if t.qualify.hold(f.entries) {
		return // the limit alone keeps the customer out
	}
	missed, alternatives := t.qualify.missed(f.entries)
	ask := t.name + " asks for "
	if alternatives && len(missed) > 1 {
		ask += "one of several, such as "
		missed = missed[:1]
	}
	w.eachCompared(missed, f, ask, "")
}
