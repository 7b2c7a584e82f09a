package tier

import (
	"strings"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// words are the clauses of what is published of a customer. They are said at once, as
// nothing of them is remembered.
type words struct {
	say wording.Language
	b   []byte
}

// part begins the next clause.
func (w *words) part() {
	if len(w.b) > 0 {
		w.b = w.say.AppendText(w.b, "list.clause")
	}
}

// explain says why customer i has the tier, or none.
func (r *replay) explain(w *words, i int) {
	m := &r.members[i]
	if pin, ok := r.pin[i]; ok {
		r.explainPin(w, pin)
		w.part()
		if m.level == NoLevel {
			w.b = w.say.AppendText(w.b, "tier.none_by_rules")
			return
		}
		w.b = w.say.AppendText(w.b, "tier.by_rules")
	}
	switch {
	case len(r.tiers) == 0:
		w.b = w.say.AppendText(w.b, "tier.no_tiers")
		return
	case m.level == NoLevel:
		r.explainNone(w, i)
	default:
		r.explainMember(w, i)
	}
	r.explainTonight(w, i)
}

// explainTonight says which limit left no place tonight, unless the reason for the tier
// says the same: that of the day of a change, or one that has been true since.
func (r *replay) explainTonight(w *words, i int) {
	m, refused := &r.members[i], r.limits.refusal(i)
	if refused == nil || m.since == r.day {
		return
	}
	why := r.newText()
	r.explainRefusal(why, refused)
	member := m.level != NoLevel && m.why != ""
	if member && strings.HasSuffix(m.why, string(why.b)) {
		return
	}
	w.part()
	if member { // its reason is of the day on which the tier began
		w.b = w.say.AppendText(w.b, "tier.tonight")
	}
	w.remembered(why)
}

func (w *words) remembered(why *reasonText) { w.b = w.say.AppendRemembered(w.b, string(why.b)) }

func (r *replay) explainPin(w *words, pin heldPin) {
	since, until := r.dayText(pin.since), r.dayText(pin.until)
	if pin.tier == "" {
		w.b = w.say.AppendText(w.b, "tier.pinned_to_none", "since", since, "until", until)
		return
	}
	w.b = w.say.AppendText(w.b, "tier.pinned", "tier", pin.tier, "since", since, "until", until)
}

// explainMember says why a member holds the tier and what keeps it.
func (r *replay) explainMember(w *words, i int) {
	m := &r.members[i]
	t := r.tiers[m.level]
	w.b = w.say.AppendText(w.b, "tier.since", "tier", t.name, "day", r.dayText(m.since))
	if m.why != "" {
		w.b = w.say.AppendText(w.b, "tier.because")
		w.b = w.say.AppendRemembered(w.b, m.why)
	}
	switch {
	case len(t.qualify.all)+len(t.qualify.any) == 0:
		return
	case len(t.keep.all)+len(t.keep.any) == 0:
		w.part()
		w.b = w.say.AppendText(w.b, "tier.kept")
		return
	}
	due := m.due()
	w.part()
	w.b = w.say.AppendText(w.b, "tier.to_keep", "day", r.dayText(due))
	r.explainKeep(w, t.keep, r.facts(i, r.reviewOf(i, due)))
}

// due is the day of the next decision on a member's tier.
func (m *member) due() int32 {
	if m.grace != calendar.NoDay {
		return m.grace
	}
	return m.until
}

// explainKeep says what criteria ask for, and how much there is so far in the span that
// will count. A warning has the same number.
//
//	spend of 1500 (so far 1800)
func (r *replay) explainKeep(w *words, c criteria, f facts) {
	for at, one := range c.all {
		if at > 0 {
			w.b = w.say.AppendText(w.b, "tier.and")
		}
		w.threshold(one, f)
	}
	if len(c.all) > 0 && len(c.any) > 0 {
		w.b = w.say.AppendText(w.b, "tier.and_one_of")
	}
	for at, one := range c.any {
		if at > 0 {
			w.b = w.say.AppendText(w.b, "tier.or")
		}
		w.threshold(one, f)
	}
}

func (w *words) threshold(c criterion, f facts) {
	have := known(c.over(f.entries))
	if c.isCounted() {
		w.b = w.say.AppendText(w.b, "tier.so_far", "metric:", c.words, "need", numberText(c.atLeast), "have:", have)
		return
	}
	w.b = w.say.AppendText(w.b, "tier.now", "metric:", c.words, "need", numberText(c.atLeast), "have:", have)
}

// explainNone says what a customer lacks for the lowest tier.
func (r *replay) explainNone(w *words, i int) {
	m := &r.members[i]
	switch {
	case m.since != calendar.NoDay && m.since == r.day, r.leftTonight[i]:
		w.b = w.say.AppendRemembered(w.b, m.why)
		return
	case m.since != calendar.NoDay:
		w.b = w.say.AppendText(w.b, "tier.left", "day", r.dayText(m.since))
	case r.from[i] > r.day:
		w.b = w.say.AppendText(w.b, "tier.no_customer_before", "day", r.dayText(r.from[i]))
		return
	}
	t := r.tiers[0]
	f := r.facts(i, r.todayOf(i, r.day))
	if t.qualify.hold(f.entries) {
		return // the limit alone keeps the customer out
	}
	missed, alternatives := t.qualify.missed(f.entries)
	how := "asks"
	if alternatives && len(missed) > 1 {
		how, missed = "asks_one_of", missed[:1]
	}
	why := r.newText()
	r.eachCompared(why, how, missed, f, t.name)
	w.part()
	w.remembered(why)
}
