package job

import "strconv"

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
		off:     map[string]bool{"rfm": j.RFM == nil, "clv": j.CLV == nil},
		forever: j.CLV != nil && j.CLV.Horizon.Unbounded(),
	}
	const wanted = "a list of levels, lowest first"
	if v.kind == list {
		items, _ := s.items("tiers", wanted)
		out.Levels = r.levels(s.reader, "tiers", items)
		return out
	}
	in := newSection(s.reader, "tiers", v, v.at, wanted+" (or a mapping with levels, or off)")
	in.span("window", &out.Window, CalendarYear, Lifetime)
	for _, key := range []string{"term", "grace", "downgrade", "warn", "pins"} {
		in.laterKey(key)
	}
	items, given := in.items("levels", wanted)
	if !given {
		in.missing("levels", wanted)
	}
	out.Levels = r.levels(s.reader, "tiers.levels", items)
	in.done()
	return out
}

// tierReader reads levels; off tells which stages the job does without, and
// forever that values ahead have no horizon.
type tierReader struct {
	off     map[string]bool
	forever bool
}

// levels reads the levels and compares each with the one below it.
func (t tierReader) levels(r *reader, path string, items []*node) []Level {
	var out []Level
	names := map[string]bool{}
	for i, item := range items {
		s := newSection(r, join(path, strconv.Itoa(i)), item, item.at, "a level; want a mapping with name and qualify")
		level := t.level(s)
		if names[level.Name] && level.Name != "" {
			s.fail("name", "a level named %s stands before; names are unique", quoted(level.Name))
		}
		names[level.Name] = true
		if i > 0 && asksLess(level.Qualify, out[i-1].Qualify) {
			s.fail("qualify", "%s asks less than %s, which stands below it; list the levels lowest first",
				quoted(level.Name), quoted(out[i-1].Name))
		}
		out = append(out, level)
	}
	return out
}

// asksLess tells whether a level asks less than the one below it in every
// metric that both ask for.
func asksLess(upper, lower map[string]float64) bool {
	shared := false
	for name, least := range upper {
		below, both := lower[name]
		if both && least >= below {
			return false
		}
		shared = shared || both
	}
	return shared
}

// level reads one level.
func (t tierReader) level(s *section) Level {
	var out Level
	s.required("name", "a name for the level", &out.Name)
	var ranking string
	out.Qualify, ranking = t.thresholds(s, "qualify")
	out.Keep, _ = t.thresholds(s, "keep")
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

// thresholds reads metrics and the least they must be; nil where there are
// none. It also gives the metric that stands first.
func (t tierReader) thresholds(level *section, key string) (out map[string]float64, first string) {
	s := level.section(key)
	if s.node == nil {
		return nil, ""
	}
	for _, e := range s.node.entries {
		if problem := t.problem(e.key); problem != "" {
			s.report(e.at, s.path, "%s", problem)
			continue
		}
		if e.value.kind == empty {
			s.missing(e.key, "the least it must be")
			continue
		}
		var least float64
		if !s.number(e.key, &least, finite) {
			continue
		}
		if out == nil {
			out, first = map[string]float64{}, e.key
		}
		out[e.key] = least
	}
	return out, first
}

// checkKeep refuses a level that is harder to keep than to reach: whoever
// reached it would lose it the next night.
func checkKeep(s *section, level Level) {
	keep := s.section("keep")
	if keep.node == nil {
		return
	}
	for _, e := range keep.node.entries {
		least, both := level.Qualify[e.key]
		if stay, given := level.Keep[e.key]; both && given && stay > least {
			keep.fail(e.key, "%s is more than the %s that qualifies; want at most that", number(stay), number(least))
		}
	}
}

// limit reads how many a level may hold and by which metric they are ranked:
// by the first that qualifies, unless it says.
func (t tierReader) limit(level *section, ranking string) *Limit {
	s := level.section("limit")
	out := &Limit{By: ranking}
	if out.By == "" {
		out.By = "spend"
	}
	share, count := s.value("share") != nil, s.value("count") != nil
	if share == count && !s.broken {
		s.report(s.at, s.path, "want either share (of all customers) or count, and not both")
	}
	s.number("share", &out.Share, positive().atMost(1))
	s.whole("count", &out.Count, atLeast(1).atMost(most))
	s.text("by", &out.By)
	if problem := t.problem(out.By); problem != "" {
		s.fail("by", "%s", problem)
	}
	s.done()
	return out
}

// problem says why levels cannot use a metric; empty: they can.
func (t tierReader) problem(metric string) string {
	if t.forever && metric == "expected_purchases" {
		return quoted(metric) + " may have no bound with clv.horizon: forever; use future_value, or set a horizon"
	}
	return metricProblem(metric, t.off)
}
