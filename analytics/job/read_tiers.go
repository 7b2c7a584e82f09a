package job

import (
	"strconv"

	"clientele/segment/tier"
)

// readTiers reads the levels of a loyalty programme: a list of them, or a
// mapping that also says over which window they count. Nil is off. The stages
// of the job must have been read, as tiers ask for their metrics.
func readTiers(s *section, j *Job) *Tiers {
	v := s.value("tiers")
	if v == nil || v.isOff() {
		return nil
	}
	out := defaultTiers()
	r := tierReader{
		off:     map[string]bool{"rfm": j.RFM == nil, "clv": j.CLV == nil, "rfm.weights": j.RFM == nil || j.RFM.Weights == nil},
		forever: j.CLV != nil && j.CLV.Horizon.Unbounded(),
		mapped:  mappedNumbers(j.Sources),
	}
	const wanted = "a list of levels, lowest first"
	if v.kind == list {
		items, _ := s.items("tiers", wanted)
		out.Levels = r.levels(s.reader, "tiers", items)
		return out
	}
	in := newSection(s.reader, "tiers", v, v.at, wanted+" (or a mapping with levels, or off)")
	in.span("window", &out.Window, CalendarYear, MembershipYear, TierYear, Lifetime)
	in.span("term", &out.Term)
	in.span("grace", &out.Grace, None)
	choice(in, "downgrade", "way to fall", &out.Downgrade, tier.OneStep, tier.ToEarned)
	in.span("warn", &out.Warn, None)
	in.text("pins", &out.Pins)
	choice(in, "apply", "time", &out.Apply, AtReview, AtOnce)
	choice(in, "start", "way to begin", &out.Start, StartReplay, StartTonight)
	choice(in, "returns", "way with returns", &out.Returns, ReturnsKeep, ReturnsReverse)
	items, given := in.items("levels", wanted)
	if !given {
		in.missing("levels", wanted)
	}
	out.Levels = r.levels(s.reader, "tiers.levels", items)
	in.done()
	return out
}

// tierReader reads levels; off tells which stages the job does without,
// forever that values ahead have no horizon, and mapped which attributes there
// are.
type tierReader struct {
	off     map[string]bool
	forever bool
	mapped  []string
}

// levels reads the levels and compares each with the one below it.
func (t tierReader) levels(r *reader, path string, items []*node) []tier.Tier {
	var out []tier.Tier
	names := map[string]bool{}
	for i, item := range items {
		s := newSection(r, join(path, strconv.Itoa(i)), item, item.at, "a level; want a mapping with name and qualify")
		level := t.level(s)
		if names[level.Name] && level.Name != "" {
			s.fail("name", "a level named %s stands before; names are unique", quoted(level.Name))
		}
		names[level.Name] = true
		if i > 0 && asksLess(level.Qualify.All, out[i-1].Qualify.All) {
			s.fail("qualify", "%s asks less than %s, which stands below it; list the levels lowest first",
				quoted(level.Name), quoted(out[i-1].Name))
		}
		out = append(out, level)
	}
	return out
}

// asksLess tells whether a level asks less than the one below it in every
// metric that both ask for.
func asksLess(upper, lower []tier.Threshold) bool {
	shared := false
	for _, t := range upper {
		below, both := leastOf(lower, t.Metric)
		if both && t.AtLeast >= below {
			return false
		}
		shared = shared || both
	}
	return shared
}

// leastOf is what thresholds ask of a metric; false where they do not.
func leastOf(thresholds []tier.Threshold, metric string) (least float64, asks bool) {
	for _, t := range thresholds {
		if t.Metric == metric {
			return t.AtLeast, true
		}
	}
	return 0, false
}

// level reads one level.
func (t tierReader) level(s *section) tier.Tier {
	var out tier.Tier
	s.required("name", "a name for the level", &out.Name)
	qualify, ranking := t.criteria(s, "qualify")
	if qualify != nil {
		out.Qualify = *qualify
	}
	out.Keep, _ = t.criteria(s, "keep")
	if s.value("limit") != nil {
		out.Limit = t.limit(s, ranking)
	}
	checkKeep(s, out)
	if q := s.value("qualify"); out.Limit == nil && (q == nil || q.kind == mapping && len(q.entries) == 0) {
		s.missing("qualify", "what it takes, such as {spend: 500}, or a limit")
	}
	s.done()
	return out
}

// criteria reads metrics and the least they must be, all of them or, under
// `any`, one of them; nil where there are none. It also gives the metric that
// stands first.
func (t tierReader) criteria(level *section, key string) (out *tier.Criteria, first string) {
	s := level.section(key)
	if s.node == nil {
		return nil, ""
	}
	var all, anyOf map[string]float64
	for _, e := range s.node.entries {
		into, in := &all, s
		if (e.key == "any" || e.key == "all") && e.value.kind == mapping {
			in = s.section(e.key)
			if e.key == "any" {
				into = &anyOf
			}
			for _, inner := range in.node.entries {
				t.threshold(in, inner, into, &first)
			}
			continue
		}
		t.threshold(in, e, into, &first)
	}
	if all == nil && anyOf == nil {
		return nil, first
	}
	return &tier.Criteria{All: inOrder(all), Any: inOrder(anyOf)}, first
}

// threshold reads the least that one metric must be.
func (t tierReader) threshold(s *section, e entry, into *map[string]float64, first *string) {
	if problem := t.problem(e.key); problem != "" {
		s.report(e.at, s.path, "%s", problem)
		return
	}
	if e.value.kind == empty {
		s.missing(e.key, "the least it must be")
		return
	}
	var least float64
	if !s.number(e.key, &least, finite) {
		return
	}
	if *into == nil {
		*into = map[string]float64{}
	}
	if *first == "" {
		*first = e.key
	}
	(*into)[e.key] = least
}

// checkKeep refuses a level that is harder to keep than to reach: whoever
// reached it would lose it at the first review.
func checkKeep(s *section, level tier.Tier) {
	if level.Keep == nil {
		return
	}
	harder := func(in *section, keep, qualify []tier.Threshold) {
		if in.node == nil {
			return
		}
		for _, e := range in.node.entries {
			least, both := leastOf(qualify, e.key)
			if stay, given := leastOf(keep, e.key); both && given && stay > least {
				in.fail(e.key, "%s is more than the %s that qualifies; want at most that", number(stay), number(least))
			}
		}
	}
	keep := s.section("keep")
	harder(keep, level.Keep.All, level.Qualify.All)
	for _, group := range []string{"all", "any"} {
		if v := keep.value(group); v == nil || v.kind != mapping {
			continue
		}
		if group == "all" {
			harder(keep.section(group), level.Keep.All, level.Qualify.All)
		} else {
			harder(keep.section(group), level.Keep.Any, level.Qualify.Any)
		}
	}
}

// limit reads how many a level may hold and by which metric they are ranked:
// by the first that qualifies, unless it says.
func (t tierReader) limit(level *section, ranking string) *tier.Limit {
	s := level.section("limit")
	out := &tier.Limit{By: ranking}
	if out.By == "" {
		out.By = "spend"
	}
	given := 0
	for _, kind := range []string{"share", "count", "budget"} {
		if s.value(kind) != nil {
			given++
		}
	}
	if given != 1 && !s.broken {
		s.report(s.at, s.path, "want one of share (of all customers), count and budget, and no more")
	}
	s.number("share", &out.Share, positive().atMost(1))
	s.whole("count", &out.Count, atLeast(1).atMost(most))
	s.number("budget", &out.Budget, positive().atMost(mostBudget))
	t.cost(s, out)
	s.text("by", &out.By)
	if problem := t.problem(out.By); problem != "" {
		s.fail("by", "%s", problem)
	}
	s.number("margin", &out.Margin, atLeast(0).atMost(10))
	choice(s, "ties", "way to treat equals", &out.Ties, tier.TiesInclude, tier.TiesExclude)
	s.done()
	return out
}

// mostBudget bounds money of a programme, so that it fits the fixed point.
const mostBudget = 1e12

// cost reads what a member's benefits cost, for a budget.
func (t tierReader) cost(s *section, out *tier.Limit) {
	s.number("cost", &out.Cost, positive().atMost(mostBudget))
	s.number("cost_rate", &out.CostRate, positive().atMost(1e6))
	s.text("cost_of", &out.CostMetric)
	priced := s.value("cost") != nil || s.value("cost_rate") != nil
	switch {
	case s.value("budget") != nil && !priced:
		s.fail("budget", "a budget needs to know what a member costs; give cost (of each), or cost_rate and cost_of (a metric)")
	case s.value("budget") == nil && (priced || out.CostMetric != ""):
		s.report(s.at, s.path, "cost, cost_rate and cost_of go with a budget; give one, or remove them")
	case (out.CostMetric == "") != (s.value("cost_rate") == nil):
		s.report(s.at, s.path, "cost_rate and cost_of go together: a member costs cost + cost_rate · cost_of")
	case out.CostMetric != "":
		if problem := t.problem(out.CostMetric); problem != "" {
			s.fail("cost_of", "%s", problem)
		}
	}
}

// problem says why levels cannot use a metric; empty: they can.
func (t tierReader) problem(metric string) string {
	if t.forever && metric == "expected_purchases" {
		return quoted(metric) + " may have no bound with clv.horizon: forever; use future_value, or set a horizon"
	}
	return metricProblem(metric, t.off, t.mapped)
}
