package tier

import (
	"cmp"
	"math"
	"slices"

	"clientele/internal/calendar"
)

// warnings are the members who are about to fall, by due day and customer.
func (r *replay) warnings() []Warning {
	var out []Warning
	if r.Warn.IsZero() {
		return nil
	}
	for i := range r.members {
		if warning, ok := r.warning(i); ok {
			out = append(out, warning)
		}
	}
	slices.SortFunc(out, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// isSoon tells whether a day is near enough for a warning.
func (r *replay) isSoon(day int32) bool {
	return day > r.day && day <= r.Warn.After(r.day, 1)
}

// warning tells whether customer i falls unless something is bought.
func (r *replay) warning(i int) (Warning, bool) {
	if pin, ok := r.pin[i]; ok {
		return r.pinWarning(i, pin)
	}
	m := &r.members[i]
	due, status := m.due(), Active
	if m.grace != calendar.NoDay {
		status = InGrace
	}
	if m.level == NoLevel || !r.isSoon(due) || r.passes(i, due) {
		return Warning{}, false
	}
	// A member who fails a review keeps the tier through the grace.
	lost := due
	if status == Active {
		lost = max(due, r.Grace.After(due, 1))
	}
	t := r.tiers[m.level]
	out := Warning{
		ID: r.in.ID[i], Tier: t.name, WouldFallTo: r.name(r.fall(i, lost, m.level-1)),
		Due: due, Status: status,
	}
	r.fillMissing(&out, t.keep, r.facts(i, r.reviewOf(i, due)), "keeps")
	return out, true
}

// pinWarning tells whether customer i falls when the pin ends, by the tier that the rules
// give today, and what is missing for the pinned one.
func (r *replay) pinWarning(i int, pin heldPin) (Warning, bool) {
	level, earned := r.pinsTonight[i].Tier, int(r.members[i].level)
	if !r.isSoon(pin.until) || level <= earned {
		return Warning{}, false
	}
	t := r.tiers[level]
	out := Warning{
		ID: r.in.ID[i], Tier: t.name, WouldFallTo: r.name(int32(earned)),
		Due: pin.until, Status: Pinned,
	}
	f := r.facts(i, r.todayOf(i, pin.until))
	if t.qualify.hold(f.entries) {
		return Warning{}, false
	}
	r.fillMissing(&out, t.qualify, f, "qualifies")
	return out, true
}

// fillMissing sets what is missing for criteria that do not hold; see [replay.compared]
// for how.
func (r *replay) fillMissing(t *Warning, c criteria, f facts, how string) {
	missed, alternatives := c.missed(f.entries)
	w := words{say: r.say}
	for at, one := range missed {
		if at > 0 && alternatives {
			w.b = w.say.AppendText(w.b, "tier.or_clause")
		} else {
			w.part()
		}
		why := r.newText()
		r.compared(why, how, one, f, t.Tier)
		w.remembered(why)
		if have := one.over(f.entries); !math.IsNaN(have) {
			w.b = w.say.AppendText(w.b, "tier.short", "short", numberText(Shortfall(have, one.atLeast)))
		}
	}
	first := missed[0]
	t.Metric, t.Have, t.Need = first.name, first.over(f.entries), first.atLeast
	t.Shortfall = Shortfall(t.Have, t.Need)
	t.Reason = string(w.b)
}

// Shortfall is need − have, rounded to the 15 significant digits that a float64 always
// has, so that 0.3 − 0.1 is 0.2 and not 0.19999999999999998.
func Shortfall(have, need float64) float64 {
	size := max(math.Abs(have), math.Abs(need))
	if math.IsNaN(size) || size == 0 {
		return need - have
	}
	digits := 15 - int(math.Ceil(math.Log10(size)))
	if digits < 0 || digits > 15 {
		return need - have
	}
	unit := math.Pow10(digits)
	return math.Round((need-have)*unit) / unit
}
