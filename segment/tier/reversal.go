package tier

import (
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// This file takes back rises and renewals whose purchases were returned. A return says
// what it is worth, and seldom which purchase it belongs to. So a change is compared with
// everything that counted for it and everything that happened since. It is taken back on
// a day within the term if it would have been made by what had happened up to its own
// day, but not by what has happened up to today: the difference can only be returns.

// reversal is what was taken back today.
type reversal struct {
	level int32 // the tier until today
	decision
}

// reversal is what was taken back from customer i today, if anything.
func (r *replay) reversal(i int) (back reversal, ok bool) {
	if len(r.reversed) == 0 {
		return reversal{}, false
	}
	back, ok = r.reversed[i]
	return back, ok
}

// reverse takes back the changes of customer i that returns have undone by today, the last
// one first. It stops at the first change that stands, because what is below it stands
// too.
func (r *replay) reverse(i int) {
	m := &r.members[i]
	if _, removed := r.wasRemoved(i); removed || len(r.reversible[i]) == 0 {
		return
	}
	was := m.level
	w := r.newText()
	for n := len(r.reversible[i]); n > 0 && m.level != NoLevel && r.day <= m.until; n-- {
		change := r.reversible[i][n-1]
		if !r.isUndone(i, change) {
			break
		}
		r.explainReversal(w, i, change)
		m.level = r.levelOf(change.Tier)
		m.since, m.until, m.anchor, m.grace = change.Since, change.Until, change.Anchor, change.Grace
		r.reversible[i] = r.reversible[i][:n-1]
		r.reversed[i] = reversal{level: was, decision: w.decision()}
	}
}

// isUndone tells whether returns have undone the last change of customer i.
func (r *replay) isUndone(i int, change Reversible) bool {
	first := r.risingSpan(i, change).from
	if r.isRenewal(i, change) {
		first = min(first, r.stayingSpan(i, change).from)
	}
	return first >= r.in.From && r.wouldHold(i, change, change.Day) && !r.wouldHold(i, change, r.day)
}

// wouldHold tells whether the last change of customer i would be made by what had
// happened up to a day.
func (r *replay) wouldHold(i int, change Reversible, by int32) bool {
	level := int(r.members[i].level)
	today := r.in.Activity.within(i, span{r.risingSpan(i, change).from, by})
	if !r.isRenewal(i, change) {
		return r.tiers[level].qualify.hold(today)
	}
	reviewed := r.in.Activity.within(i, span{r.stayingSpan(i, change).from, by})
	if r.tiers[level].keep.hold(reviewed) {
		return true
	}
	return slices.ContainsFunc(r.tiers[level:], func(t resolvedTier) bool {
		return t.qualify.hold(reviewed) || t.qualify.hold(today)
	})
}

// isRenewal tells whether the last change of customer i left the tier as it was.
func (r *replay) isRenewal(i int, change Reversible) bool {
	return r.levelOf(change.Tier) == r.members[i].level
}

// risingSpan is the span that counted for customer i to rise on the day of a change.
func (r *replay) risingSpan(i int, change Reversible) span {
	anchor := r.yearAnchor(i)
	if r.Window.Kind == TierYear {
		anchor = change.Since
		if anchor == calendar.NoDay {
			anchor = r.in.FirstDay[i]
		}
	}
	return r.Window.today(anchor, change.Day)
}

// stayingSpan is the span that counted for customer i to stay on the day of a renewal.
func (r *replay) stayingSpan(i int, change Reversible) span {
	switch {
	case r.Window.isYearly():
		return r.Window.review(r.yearAnchor(i), change.Until, change.Day)
	case r.Window.Kind == Rolling && change.Day == change.Until:
		return r.ofTerm(change.Anchor, change.Until)
	}
	return r.risingSpan(i, change)
}

// beforeChange is the state of customer i before a change of today.
func (r *replay) beforeChange(i int) Reversible {
	if !r.Reverse {
		return Reversible{}
	}
	m := &r.members[i]
	return Reversible{r.day, r.name(m.level), m.since, m.until, m.anchor, m.grace}
}

// noteRise remembers the state before a rise. A member who falls, or makes way for others,
// has nothing left that a return could take back.
func (r *replay) noteRise(i int, before Reversible, rose bool) {
	switch {
	case !r.Reverse:
	case rose:
		r.reversible[i] = append(r.reversible[i], before)
	default:
		r.reversible[i] = nil
	}
}

// noteRenewal remembers the state before a renewal. The terms before it are over.
func (r *replay) noteRenewal(i int, before Reversible) {
	if r.Reverse {
		r.reversible[i] = []Reversible{before}
	}
}

// forgetReversible forgets what could have been taken back: the term is over.
func (r *replay) forgetReversible(i int) {
	if r.Reverse {
		r.reversible[i] = nil
	}
}

// recordReversal completes a change by what was taken back from customer i today, and what
// followed from that.
func (r *replay) recordReversal(i int, c *Change, back reversal, level int32) {
	delete(r.reversed, i)
	switch {
	case level != back.level:
		c.Op = opBetween(back.level, level, c.From)
	case r.members[i].grace != calendar.NoDay:
		c.Op = OpGrace
	default:
		c.Op = OpRenew
	}
	why := back.why
	if c.Why != "" {
		why += "\n" + c.Why
	}
	c.decided(decision{why, back.metric, back.threshold})
	if level == NoLevel && r.day == r.in.AsOf {
		r.leftTonight[i] = true
	}
}

// explainReversal writes why a change is taken back:
//
//	gold of 2024-03-15 is taken back: spend 900 from 2023-03-16 to 2024-04-02, gold asks for 2000
func (r *replay) explainReversal(w *reasonText, i int, change Reversible) {
	t := r.tiers[r.members[i].level]
	asked, from, how, what := t.qualify, r.risingSpan(i, change).from, "asks", "tier"
	if r.isRenewal(i, change) {
		asked, from, how, what = t.keep, r.stayingSpan(i, change).from, "keeps", "renewal"
	}
	over := []string{"over:", wording.Part("tier.over.to"), "to", r.dayText(r.day)}
	if from != always {
		over = []string{"over:", wording.Part("tier.over.between"), "from", r.dayText(from), "to", r.dayText(r.day)}
	}
	e := r.in.Activity.within(i, span{from, r.day})
	missed, _ := asked.missed(e)
	because := reasonText{decisive: w.decisive}
	for _, c := range missed {
		if c.isCounted() {
			because.values = append(because.values[:0], over...)
			because.compare(how, c, e, t.name)
		}
	}
	w.decisive = because.decisive
	if because.b == nil {
		w.b = wording.AppendClauseOf(w.b, "tier.undone", what, "tier", t.name, "day", r.dayText(change.Day))
		return
	}
	w.b = wording.AppendClauseOf(w.b, "tier.undone_as", what, "tier", t.name, "day", r.dayText(change.Day), "why:", string(because.b))
}

// levelOf is the index of a tier, or NoLevel.
func (r *replay) levelOf(name string) int32 {
	return int32(slices.IndexFunc(r.tiers, func(t resolvedTier) bool { return t.name == name }))
}

// isKnown tells whether all tiers that changes may go back to are in the programme.
func isKnown(rests []Reversible, level map[string]int32) bool {
	return !slices.ContainsFunc(rests, func(change Reversible) bool {
		_, ok := level[change.Tier]
		return change.Tier != "" && !ok
	})
}
