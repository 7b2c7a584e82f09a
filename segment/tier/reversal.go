package tier

import (
	"slices"

	"clientele/internal/calendar"
)

// This file takes changes back whose purchases came back. What came back is not
// tied to what was bought: a return says what it is worth, and seldom which
// purchase it belongs to. So a change is held against all that counted for it and
// all that came since. It is taken back when, on a day within the term, it would
// still have come about by what was known on its own day, and not any more by what
// is known today: the difference can only be what came back.

// reversal is a change that was taken back today.
type reversal struct {
	level int32 // the tier until today
	decided
}

// reversal is what was taken back of customer i today, if anything was.
func (r *replay) reversal(i int) (back reversal, ok bool) {
	if len(r.reversed) == 0 {
		return reversal{}, false
	}
	back, ok = r.reversed[i]
	return back, ok
}

// reverse takes the changes of customer i back that returns have undone by today,
// the last one first: a member of a tier that stands has what is below it.
func (r *replay) reverse(i int) {
	m := &r.members[i]
	if _, removed := r.wasRemoved(i); removed || len(r.rests[i]) == 0 {
		return
	}
	was := m.level
	w := r.newWords()
	for n := len(r.rests[i]); n > 0 && m.level != NoLevel && r.day <= m.until; n-- {
		rest := r.rests[i][n-1]
		if !r.cameBack(i, rest) {
			break
		}
		r.tellReversal(w, i, rest)
		m.level = r.levelOf(rest.Tier)
		m.since, m.until, m.anchor, m.grace = rest.Since, rest.Until, rest.Anchor, rest.Grace
		r.rests[i] = r.rests[i][:n-1]
		r.reversed[i] = reversal{level: was, decided: w.decided()}
	}
}

// cameBack tells whether what a change of customer i rests on has come back.
func (r *replay) cameBack(i int, rest Rest) bool {
	first := r.risingSpan(i, rest).from
	if r.isRenewal(i, rest) {
		first = min(first, r.stayingSpan(i, rest).from)
	}
	return first >= r.in.From && r.rested(i, rest, rest.Day) && !r.rested(i, rest, r.day)
}

// rested tells whether the last change of customer i would have come about by what
// had happened by a day.
func (r *replay) rested(i int, rest Rest, by int32) bool {
	level := int(r.members[i].level)
	today := r.in.Activity.within(i, span{r.risingSpan(i, rest).from, by})
	if !r.isRenewal(i, rest) {
		return r.tiers[level].qualify.hold(today)
	}
	reviewed := r.in.Activity.within(i, span{r.stayingSpan(i, rest).from, by})
	if r.tiers[level].keep.hold(reviewed) {
		return true
	}
	return slices.ContainsFunc(r.tiers[level:], func(t foundTier) bool {
		return t.qualify.hold(reviewed) || t.qualify.hold(today)
	})
}

// isRenewal tells whether the last change of customer i left the tier as it was.
func (r *replay) isRenewal(i int, rest Rest) bool {
	return r.levelOf(rest.Tier) == r.members[i].level
}

// risingSpan is what counted for customer i to rise on the day of a change.
func (r *replay) risingSpan(i int, rest Rest) span {
	anchor := r.yearAnchor(i)
	if r.Window.Kind == TierYear {
		anchor = rest.Since
		if anchor == calendar.NoDay {
			anchor = r.in.FirstDay[i]
		}
	}
	return r.Window.today(anchor, rest.Day)
}

// stayingSpan is what counted for customer i to stay on the day of a renewal.
func (r *replay) stayingSpan(i int, rest Rest) span {
	switch {
	case r.Window.isYearly():
		return r.Window.review(r.yearAnchor(i), rest.Until, rest.Day)
	case r.Window.Kind == Rolling && rest.Day == rest.Until:
		return r.ofTerm(rest.Anchor, rest.Until)
	}
	return r.risingSpan(i, rest)
}

// rest is what there is before a change of today.
func (r *replay) rest(i int) Rest {
	if !r.Reverse {
		return Rest{}
	}
	m := &r.members[i]
	return Rest{r.day, r.name(m.level), m.since, m.until, m.anchor, m.grace}
}

// rise notes what a rise rests on. A member who falls, or makes way for others,
// has nothing left that a return could take back.
func (r *replay) rise(i int, before Rest, rose bool) {
	switch {
	case !r.Reverse:
	case rose:
		r.rests[i] = append(r.rests[i], before)
	default:
		r.rests[i] = nil
	}
}

// renewed notes what a renewal rests on. The terms before it are over.
func (r *replay) renewed(i int, before Rest) {
	if r.Reverse {
		r.rests[i] = []Rest{before}
	}
}

// settled forgets what could have been taken back: the term is over.
func (r *replay) settled(i int) {
	if r.Reverse {
		r.rests[i] = nil
	}
}

// takenBack makes a change of what was taken back of customer i today and of what
// followed from it.
func (r *replay) takenBack(i int, c *Change, back reversal, level int32) {
	delete(r.reversed, i)
	switch {
	case level != back.level:
		c.Op = opBetween(back.level, level, c.From)
	case r.members[i].grace != calendar.NoDay:
		c.Op = OpGrace
	default:
		c.Op = OpRenew
	}
	words := back.words
	if c.Reason != "" {
		words += "; " + c.Reason
	}
	c.reason(decided{words, back.metric, back.threshold})
	if level == NoLevel && r.day == r.in.AsOf {
		r.left[i] = true
	}
}

// tellReversal writes why a change is taken back:
//
//	gold of 2024-03-15 is taken back: spend 900 from 2023-03-16 to 2024-04-02, gold asks for 2000
func (r *replay) tellReversal(w *words, i int, rest Rest) {
	t := r.tiers[r.members[i].level]
	asked, from := t.qualify, r.risingSpan(i, rest).from
	before, after := t.name+" asks for ", ""
	if r.isRenewal(i, rest) {
		asked, from = t.keep, r.stayingSpan(i, rest).from
		before, after = "", " keeps "+t.name
		w.part().text("the renewal of ").date(rest.Day)
	} else {
		w.part().text(t.name, " of ").date(rest.Day)
	}
	w.text(" is taken back")
	e := r.in.Activity.within(i, span{from, r.day})
	missed, _ := asked.missed(e)
	joint := ": "
	for _, c := range missed {
		if !c.isCounted() {
			continue
		}
		if w.decisive.metric == nil {
			w.decisive = c
		}
		w.text(joint).metric(c.name).text(" ").number(c.over(e))
		if from != always {
			w.text(" from ").date(from)
		}
		w.text(" to ").date(r.day).text(", ", before).number(c.atLeast).text(after)
		joint = "; "
	}
}

// levelOf is the index of a tier, or NoLevel.
func (r *replay) levelOf(name string) int32 {
	return int32(slices.IndexFunc(r.tiers, func(t foundTier) bool { return t.name == name }))
}

// isKnown tells whether all tiers that changes may go back to are still there.
func isKnown(rests []Rest, level map[string]int32) bool {
	return !slices.ContainsFunc(rests, func(rest Rest) bool {
		_, ok := level[rest.Tier]
		return rest.Tier != "" && !ok
	})
}
