package tier

import (
	"math"
	"strconv"
	"strings"

	"clientele/internal/calendar"
)

// decision is a reason: the text, and the threshold that decided, if one did.
type decision struct {
	words     string
	metric    string
	threshold float64
}

// reasonText builds a reason from parts, with semicolons between them.
type reasonText struct {
	b []byte
	// decisive is the first threshold that was written.
	decisive criterion
}

// newText begins a new reason. It overwrites the one before.
func (r *replay) newText() *reasonText {
	r.text = reasonText{b: r.text.b[:0]}
	return &r.text
}

func (w *reasonText) decision() decision {
	if w.decisive.metric == nil {
		return decision{words: string(w.b), threshold: math.NaN()}
	}
	return decision{string(w.b), w.decisive.name, w.decisive.atLeast}
}

// part begins the next part.
func (w *reasonText) part() *reasonText {
	if len(w.b) > 0 {
		w.b = append(w.b, "; "...)
	}
	return w
}

func (w *reasonText) text(parts ...string) *reasonText {
	for _, p := range parts {
		w.b = append(w.b, p...)
	}
	return w
}

func (w *reasonText) date(day int32) *reasonText {
	w.b = calendar.Append(w.b, day)
	return w
}

// number writes the fewest digits that read back as the same number.
func (w *reasonText) number(v float64) *reasonText {
	if math.IsNaN(v) {
		return w.text("unknown")
	}
	w.b = strconv.AppendFloat(w.b, v, 'f', -1, 64)
	return w
}

func (w *reasonText) metric(name string) *reasonText {
	if strings.IndexByte(name, '_') < 0 {
		return w.text(name)
	}
	return w.text(strings.ReplaceAll(name, "_", " "))
}

// over writes the days that a counted metric was summed over.
func (w *reasonText) over(m *metric, window Window, s span) *reasonText {
	if !m.isCounted() {
		return w
	}
	switch {
	case s.from == always:
		return w.text(" up to ").date(s.to)
	case window.isYearly():
		return w.text(" from ").date(s.from).text(" to ").date(s.to)
	}
	return w.text(" in the ").text(window.Length.String()).text(" to ").date(s.to)
}

// facts are a customer's activity in a span, for a reason.
type facts struct {
	window Window
	span   span
	entries
}

func (r *replay) facts(i int, s span) facts {
	return facts{r.Window, s, r.in.Activity.within(i, s)}
}

// compared writes a metric and its threshold:
//
//	spend 2310.5 in the 12 months to 2026-03-01, gold asks for 2000
func (w *reasonText) compared(c criterion, f facts, before, after string) {
	if w.decisive.metric == nil {
		w.decisive = c
	}
	w.metric(c.name).text(" ").number(c.metric.over(f.entries)).over(c.metric, f.window, f.span)
	w.text(", ", before).number(c.atLeast).text(after)
}

// eachCompared writes a part for each criterion.
func (w *reasonText) eachCompared(list []criterion, f facts, before, after string) *reasonText {
	for _, c := range list {
		w.part().compared(c, f, before, after)
	}
	return w
}

// qualified writes by which thresholds a customer qualifies for a tier.
func (w *reasonText) qualified(t resolvedTier, f facts) {
	met := t.qualify.met(f.entries)
	if len(met) == 0 {
		w.part().text(t.name, " is open to everybody")
		return
	}
	w.eachCompared(met, f, t.name+" asks for ", "")
}

// moveReason is why customer i comes to a level.
func (r *replay) moveReason(i int, c claim, level int32) decision {
	w := r.newText()
	old := r.held(i)
	switch c.outcome {
	case tierRemoved:
		w.text(old, " is no longer part of the programme")
		if c.base != NoLevel && level == c.base {
			r.qualifiedBy(w, i, int(level))
		}
	case fallen:
		if level <= c.base {
			r.failed(w, i, "would have kept")
		}
	default:
	}
	if level > c.base {
		w.qualified(r.tiers[level], r.facts(i, r.todayOf(i, r.day)))
	}
	if refused := r.limits.refusal(i); refused != nil {
		r.explainRefusal(w.part(), refused)
	}
	return w.decision()
}

// qualifiedBy writes by which thresholds a member qualifies for a tier, in the span of a
// review or in that for rising. It writes nothing if there are none.
func (r *replay) qualifiedBy(w *reasonText, i, level int) {
	for _, s := range []span{r.reviewOf(i, r.day), r.todayOf(i, r.day)} {
		if f := r.facts(i, s); r.tiers[level].qualify.hold(f.entries) {
			w.qualified(r.tiers[level], f)
			return
		}
	}
}

// failed writes what a member is missing at a review.
func (r *replay) failed(w *reasonText, i int, verb string) {
	t := r.tiers[r.members[i].level]
	f := r.facts(i, r.reviewOf(i, r.day))
	missed, alternatives := t.keep.missed(f.entries)
	if alternatives {
		verb = "as one of several ways " + verb
	}
	w.eachCompared(missed, f, "", " "+verb+" "+t.name)
}

// renewReason is why member i keeps the tier at a review.
func (r *replay) renewReason(i int) decision {
	w := r.newText()
	level := int(r.members[i].level)
	t := r.tiers[level]
	f := r.facts(i, r.reviewOf(i, r.day))
	if t.keep.hold(f.entries) {
		met := t.keep.met(f.entries)
		if len(met) == 0 {
			w.text(t.name, " is open to everybody")
		}
		return w.eachCompared(met, f, "", " keeps "+t.name).decision()
	}
	higher, _ := r.qualified(i, r.day, level, len(r.tiers))
	r.qualifiedBy(w, i, higher)
	return w.decision()
}

// graceReason is why member i is in grace.
func (r *replay) graceReason(i int, until int32) decision {
	w := r.newText()
	r.failed(w, i, "keeps")
	w.part().text("there is time until ").date(until)
	return w.decision()
}

// unpinReason is why customer i is no longer pinned.
func (r *replay) unpinReason(i int, held heldPin) string {
	w := r.newText()
	if held.until < r.day {
		w.text("the tier set by hand ended on ").date(held.until)
	} else {
		w.text("the tier set by hand was taken back")
	}
	if m := &r.members[i]; m.level != NoLevel {
		w.part().text(r.name(m.level), " by the rules since ").date(m.since)
		if m.why != "" {
			w.text(": ", m.why)
		}
	}
	return string(w.b)
}

// explainRefusal writes why a limit left no place:
//
//	gold is full: rank 61 by spend, 60 allowed
func (r *replay) explainRefusal(w *reasonText, why *refusal) {
	tier, limit := r.tiers[why.tier].name, r.tiers[why.limit].limit
	if why.unknown {
		w.text("no place in ", tier, ", which is limited: ").metric(limit.by.name)
		if limit.cost != nil && limit.cost != limit.by {
			w.text(" or ").metric(limit.cost.name)
		}
		w.text(" is not known")
		return
	}
	switch {
	case limit.Budget > 0:
		w.text("the budget of ", tier, " is used up")
	case why.tier == why.limit:
		w.text(tier, " is full")
	default:
		w.text("no place in ", tier, ", as ", r.tiers[why.limit].name, " and above are full")
	}
	w.text(": rank ", strconv.Itoa(why.first))
	if why.last > why.first {
		w.text("-", strconv.Itoa(why.last))
	}
	w.text(" by ").metric(limit.by.name)
	if limit.Margin > 0 {
		w.text(", members counting ").number(math.Round(limit.Margin*1e8) / 1e6).text("% more")
	}
	w.text(", ", strconv.Itoa(why.fit), " allowed")
}
