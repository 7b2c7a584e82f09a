package tier

import (
	"math"
	"strconv"
	"strings"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// decision is a reason, as it is remembered (see [State.Why]), and the threshold that
// decided, if one did.
type decision struct {
	why       string
	metric    string
	threshold float64
}

// reasonText collects the clauses of a reason.
type reasonText struct {
	b []byte
	// decisive is the first threshold that was written.
	decisive criterion
	values   []string // of the clause that is being written
}

// newText begins a new reason. It overwrites the one before.
func (r *replay) newText() *reasonText {
	r.text = reasonText{b: r.text.b[:0], values: r.text.values}
	return &r.text
}

func (w *reasonText) decision() decision {
	if w.decisive.metric == nil {
		return decision{why: string(w.b), threshold: math.NaN()}
	}
	return decision{string(w.b), w.decisive.name, w.decisive.atLeast}
}

// numberText has the fewest digits that read back as the same number.
func numberText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// known is a number that may not be known, as a message.
func known(v float64) string {
	if math.IsNaN(v) {
		return wording.Part("tier.unknown")
	}
	return "=" + numberText(v)
}

// metricText is the name of a metric in words, as a message.
func metricText(name string) string {
	if wording.Has("metric." + name) {
		return wording.ClauseOf("metric", name)
	}
	return "=" + strings.ReplaceAll(name, "_", " ")
}

// appendOver adds which days a counted metric was summed over to the values of a clause.
func (r *replay) appendOver(values []string, m *metric, s span) []string {
	values = append(values, "over:")
	switch {
	case !m.isCounted():
		return append(values, "")
	case s.from == always:
		return append(values, wording.Part("tier.over.up_to"), "to", r.dayText(s.to))
	case r.Window.isYearly():
		return append(values, wording.Part("tier.over.between"), "from", r.dayText(s.from), "to", r.dayText(s.to))
	}
	return appendLength(append(values, wording.Part("tier.over.window"), "to", r.dayText(s.to)), r.Window.Length)
}

// appendLength adds a length of time to the values of a clause.
func appendLength(values []string, p calendar.Period) []string {
	of := wording.Part("tier.length.both")
	switch {
	case p.Days == 0 && p.Months != 0:
		of = wording.Part("tier.length.months")
	case p.Months == 0:
		of = wording.Part("tier.length.days")
	}
	values = append(values, "length:", of, "months", strconv.Itoa(p.Months), "days", strconv.Itoa(p.Days))
	if p.Months != 0 && p.Days != 0 {
		values = append(values, "in_months:", wording.Part("tier.length.months"), "in_days:", wording.Part("tier.length.days"))
	}
	return values
}

// dayText is a day in figures. Days are few beside the customers who are told of them.
func (r *replay) dayText(day int32) string {
	text, known := r.dayTexts[day]
	if !known {
		text = calendar.Format(day)
		r.dayTexts[day] = text
	}
	return text
}

// facts are a customer's activity in a span, for a reason.
type facts struct {
	span span
	entries
}

func (r *replay) facts(i int, s span) facts {
	return facts{s, r.in.Activity.within(i, s)}
}

// compared adds a metric and its threshold. how says what a tier has to do with the
// threshold:
//
//	asks   spend 2310.5 in the 12 months to 2026-03-01, gold asks for 2000
//	keeps  spend 1500 in the 12 months to 2026-03-01, 1200 keeps gold
func (r *replay) compared(w *reasonText, how string, c criterion, f facts, tier string) {
	w.values = r.appendOver(w.values[:0], c.metric, f.span)
	w.compare(how, c, f.entries, tier)
}

// compare does the same, with the days among the values already.
func (w *reasonText) compare(how string, c criterion, e entries, tier string) {
	if w.decisive.metric == nil {
		w.decisive = c
	}
	w.values = append(w.values, "metric:", c.words, "have:", known(c.over(e)), "need", numberText(c.atLeast), "tier", tier)
	w.b = wording.AppendClauseOf(w.b, "tier.compared", how, w.values...)
}

// eachCompared adds a clause for each criterion.
func (r *replay) eachCompared(w *reasonText, how string, list []criterion, f facts, tier string) {
	for _, c := range list {
		r.compared(w, how, c, f, tier)
	}
}

// explainQualified says by which thresholds a customer qualifies for a tier.
func (r *replay) explainQualified(w *reasonText, t resolvedTier, f facts) {
	met := t.qualify.met(f.entries)
	if len(met) == 0 {
		w.b = wording.AppendClause(w.b, "tier.open", "tier", t.name)
		return
	}
	r.eachCompared(w, "asks", met, f, t.name)
}

// moveReason is why customer i comes to a level.
func (r *replay) moveReason(i int, c claim, level int32) decision {
	w := r.newText()
	switch c.outcome {
	case tierRemoved:
		w.b = wording.AppendClause(w.b, "tier.removed", "tier", r.held(i))
		if c.base != NoLevel && level == c.base {
			r.qualifiedBy(w, i, int(level))
		}
	case fallen:
		if level <= c.base {
			r.failed(w, i, "would_have_kept", "would_have_kept_as_one")
		}
	default:
	}
	if level > c.base {
		r.explainQualified(w, r.tiers[level], r.facts(i, r.todayOf(i, r.day)))
	}
	if refused := r.limits.refusal(i); refused != nil {
		r.explainRefusal(w, refused)
	}
	return w.decision()
}

// qualifiedBy says by which thresholds a member qualifies for a tier, in the span of a
// review or in that for rising. It says nothing if there are none.
func (r *replay) qualifiedBy(w *reasonText, i, level int) {
	for _, s := range []span{r.reviewOf(i, r.day), r.todayOf(i, r.day)} {
		if f := r.facts(i, s); r.tiers[level].qualify.hold(f.entries) {
			r.explainQualified(w, r.tiers[level], f)
			return
		}
	}
}

// failed says what a member is missing at a review: how or, where each of several
// thresholds would do, asOne.
func (r *replay) failed(w *reasonText, i int, how, asOne string) {
	t := r.tiers[r.members[i].level]
	f := r.facts(i, r.reviewOf(i, r.day))
	missed, alternatives := t.keep.missed(f.entries)
	if alternatives {
		how = asOne
	}
	r.eachCompared(w, how, missed, f, t.name)
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
			w.b = wording.AppendClause(w.b, "tier.open", "tier", t.name)
		}
		r.eachCompared(w, "keeps", met, f, t.name)
		return w.decision()
	}
	higher, _ := r.qualified(i, r.day, level, len(r.tiers))
	r.qualifiedBy(w, i, higher)
	return w.decision()
}

// graceReason is why member i is in grace.
func (r *replay) graceReason(i int, until int32) decision {
	w := r.newText()
	r.failed(w, i, "keeps", "keeps_as_one")
	w.b = wording.AppendClause(w.b, "tier.time_until", "day", r.dayText(until))
	return w.decision()
}

// unpinReason is why customer i is no longer pinned.
func (r *replay) unpinReason(i int, held heldPin) string {
	w := r.newText()
	if held.until < r.day {
		w.b = wording.AppendClause(w.b, "tier.pin_ended", "day", r.dayText(held.until))
	} else {
		w.b = wording.AppendClause(w.b, "tier.pin_taken_back")
	}
	m := &r.members[i]
	switch {
	case m.level == NoLevel:
	case m.why == "":
		w.b = wording.AppendClause(w.b, "tier.rules_since", "tier", r.name(m.level), "day", r.dayText(m.since))
	default:
		w.b = wording.AppendClause(w.b, "tier.rules_since_why", "tier", r.name(m.level), "day", r.dayText(m.since), "why:", m.why)
	}
	return string(w.b)
}

// explainRefusal says why a limit left no place:
//
//	gold is full: rank 61 by spend, 60 allowed
func (r *replay) explainRefusal(w *reasonText, why *refusal) {
	tier, limit := r.tiers[why.tier].name, r.tiers[why.limit].limit
	by := limit.by.words
	if why.unknown {
		if limit.cost != nil && limit.cost != limit.by {
			w.b = wording.AppendClause(w.b, "tier.no_place_either", "tier", tier, "metric:", by, "cost:", limit.cost.words)
			return
		}
		w.b = wording.AppendClause(w.b, "tier.no_place", "tier", tier, "metric:", by)
		return
	}
	rank := strconv.Itoa(why.first)
	if why.last > why.first {
		rank += "-" + strconv.Itoa(why.last)
	}
	margin := ""
	if limit.Margin > 0 {
		margin = wording.Clause("tier.margin", "percent", numberText(math.Round(limit.Margin*1e8)/1e6))
	}
	how := "above"
	switch {
	case limit.Budget > 0:
		how = "budget"
	case why.tier == why.limit:
		how = "own"
	}
	w.b = wording.AppendClauseOf(w.b, "tier.full", how, "tier", tier, "limit", r.tiers[why.limit].name,
		"rank", rank, "metric:", by, "margin:", margin, "fit", strconv.Itoa(why.fit))
}
