package job

import (
	"slices"
	"strconv"
	"strings"

	"clientele/segment"
)

// readRFM reads how customers are scored; nil is off.
func readRFM(s *section, out *RFM) *RFM {
	in, on := s.optionalSection("rfm")
	if !on {
		return nil
	}
	// One digit per score: `rfm` is text such as 5-4-3.
	in.whole("bins", &out.Bins, atLeast(2).atMost(9))
	choice(in, "method", "method", &out.Method, "quantile", "thresholds", "nested", "r-rfm")
	readThresholds(in, out)
	if in.belongs("min_cell", out.Method == "nested", "method: nested") {
		in.whole("min_cell", &out.MinCell, atLeast(2).atMost(most))
	}
	in.span("window", &out.Window, All)
	choice(in, "unit", "unit", &out.Unit, UnitOrder, UnitDay)
	choice(in, "monetary", "way to measure spend", &out.Monetary, "sum", "mean", "median", "max")
	readSegments(in, out)
	readSplit(in, out)
	readWeights(in, out)
	choice(in, "refit", "refit rule", &out.Refit, RefitNever, RefitMonthly, RefitAlways)
	in.done()
	return out
}

// belongs refuses a key that is given where its setting would do nothing.
func (s *section) belongs(key string, does bool, with string) bool {
	if v := s.value(key); v != nil && !does {
		s.fail(key, "works only with %s; add that, or remove %s", with, key)
		return false
	}
	return does
}

// readThresholds reads the cut points of the method thresholds, from which the
// number of bins follows.
func readThresholds(in *section, out *RFM) {
	const with = "method: thresholds"
	mine := out.Method == "thresholds"
	if in.belongs("closed", mine, with) {
		out.Closed = "right"
		choice(in, "closed", "side", &out.Closed, "right", "left")
	}
	if !in.belongs("thresholds", mine, with) {
		return
	}
	const wanted = "cut points such as {r: [30, 90], f: [1, 3], m: [50, 200]}"
	if in.value("thresholds") == nil {
		in.missing("thresholds", wanted)
		return
	}
	t := in.section("thresholds")
	cuts := &Thresholds{R: t.ascending("r", "days"), F: t.ascending("f", "orders"), M: t.ascending("m", "money")}
	t.done()
	out.Thresholds = cuts
	if cuts.R == nil || cuts.F == nil || cuts.M == nil {
		return // said already
	}
	for _, c := range []struct {
		key   string
		edges []float64
	}{{"f", cuts.F}, {"m", cuts.M}} {
		if len(c.edges) != len(cuts.R) {
			t.fail(c.key, "%d cut points, but r has %d; want as many of each, so that scores compare", len(c.edges), len(cuts.R))
			return
		}
	}
	if bins := len(cuts.R) + 1; in.value("bins") == nil || out.Bins == bins {
		out.Bins = bins
	} else {
		in.fail("bins", "%d cut points make %d bins, not %d; remove bins", len(cuts.R), bins, out.Bins)
	}
}

// ascending reads 1 to 8 numbers, each above the one before; nil where they
// are not, which has been said.
func (s *section) ascending(key, unit string) []float64 {
	wanted := "1 to 8 cut points in " + unit + ", each above the one before"
	items, given := s.items(key, wanted)
	if !given {
		s.missing(key, wanted)
	}
	numbers, ok := s.numbers(key, items)
	if !ok || len(numbers) == 0 {
		return nil
	}
	if len(numbers) > 8 {
		s.fail(key, "%d cut points are too many; want %s", len(numbers), wanted)
		return nil
	}
	for i := 1; i < len(numbers); i++ {
		if numbers[i] <= numbers[i-1] {
			s.report(items[i].at, join(s.key(key), strconv.Itoa(i)), "%s is not above %s, the one before; want cut points in ascending order, each once",
				number(numbers[i]), number(numbers[i-1]))
			return nil
		}
	}
	return numbers
}

// numbers reads a list of finite numbers; ok is false where one is none.
func (s *section) numbers(key string, items []*node) (out []float64, ok bool) {
	ok = true
	for i, item := range items {
		var v float64
		one := &section{reader: s.reader, path: s.key(key), at: item.at, node: &node{
			kind: mapping, at: item.at, entries: []entry{{key: strconv.Itoa(i), at: item.at, value: item}},
		}}
		if item.kind == empty {
			one.missing(strconv.Itoa(i), "a number")
			ok = false
		} else if !one.number(strconv.Itoa(i), &v, finite) {
			ok = false
		}
		out = append(out, v)
	}
	return out, ok
}

// readSegments reads the table of segments: a name or a list of rules.
func readSegments(in *section, out *RFM) {
	v := in.value("segments")
	if v != nil && v.kind == list {
		items, _ := in.items("segments", "rules such as {name: best, r: 4-5, f: 4-5}")
		out.Segments = Segments{}
		for i, item := range items {
			rule := newSection(in.reader, join(in.key("segments"), strconv.Itoa(i)), item, item.at, "a rule; want a mapping with name and r, f or m")
			out.Segments.Rules = append(out.Segments.Rules, readRule(rule, out.Bins))
		}
		return
	}
	choice(in, "segments", "table of segments", &out.Segments.Table, segment.Schemes()...)
	scheme, known := segment.Named(out.Segments.Table)
	if !known || out.Segments.Table == "cn8" || scheme.Bins == out.Bins {
		return // cn8 goes by its own split, whatever the bins
	}
	const others = "or give segments: cn8 or a list of your own"
	if in.value("bins") != nil {
		in.fail("bins", "the segments of %s are drawn on %d bins, not %d; remove bins, %s", scheme.Name, scheme.Bins, out.Bins, others)
		return
	}
	in.fail("segments", "the segments of %s are drawn on %d bins, and the thresholds make %d; give %d cut points each, %s",
		scheme.Name, scheme.Bins, out.Bins, scheme.Bins-1, others)
}

// readRule reads one rule of the job's own table.
func readRule(s *section, bins int) SegmentRule {
	var rule SegmentRule
	s.required("name", "a name for the segment", &rule.Name)
	s.text("label", &rule.Label)
	rule.R, rule.F, rule.M = s.scores("r", bins), s.scores("f", bins), s.scores("m", bins)
	if s.value("r") == nil && s.value("f") == nil && s.value("m") == nil {
		s.missing("r", "the scores that it holds, such as r: 4-5, f or m")
	}
	s.done()
	return rule
}

// scores reads a range of scores: 5, 4-5 or [4, 5]; nil where there is none.
func (s *section) scores(key string, bins int) *ScoreRange {
	v := s.value(key)
	if v == nil {
		return nil
	}
	var ends []string
	switch v.kind {
	case scalar:
		low, high, isRange := strings.Cut(v.text, "-")
		if !isRange {
			high = low
		}
		ends = []string{strings.TrimSpace(low), strings.TrimSpace(high)}
	case list:
		for _, item := range v.items {
			ends = append(ends, item.text)
		}
	case empty, mapping:
	}
	var out ScoreRange
	ok := len(ends) == len(out)
	for i := 0; ok && i < len(ends); i++ {
		var err error
		out[i], err = strconv.Atoi(ends[i])
		ok = err == nil
	}
	most := strconv.Itoa(bins)
	switch {
	case !ok:
		s.fail(key, "%s is not a range of scores; want one such as %s, 1-%s or [1, %s]", v, most, most, most)
		return nil
	case out[0] > out[1]:
		s.fail(key, "the range from %d to %d is empty; want the lower score first", out[0], out[1])
		return nil
	case out[0] < 1 || out[1] > bins:
		s.fail(key, "scores go from 1 to %d here, not from %d to %d", bins, out[0], out[1])
		return nil
	}
	return &out
}

// readSplit reads where cn8 parts customers.
func readSplit(in *section, out *RFM) {
	if !in.belongs("split", out.Segments.Table == "cn8", "segments: cn8") {
		return
	}
	out.Split = &Split{Rule: "mean"}
	if v := in.value("split"); v == nil || v.kind != mapping {
		choice(in, "split", "split", &out.Split.Rule, "mean", "median")
		return
	}
	out.Split.Rule = ""
	s := in.section("split")
	for _, cut := range []struct {
		key  string
		into *float64
	}{{"recency_days", &out.Split.Fixed.RecencyDays}, {"frequency", &out.Split.Fixed.Frequency}, {"monetary", &out.Split.Fixed.Monetary}} {
		if s.value(cut.key) == nil {
			s.missing(cut.key, "where to part, as in {recency_days: 10, frequency: 3, monetary: 200}")
			continue
		}
		s.number(cut.key, cut.into, atLeast(0))
	}
	s.done()
}

// readWeights reads the weights of the combined score; one not named counts
// once.
func readWeights(in *section, out *RFM) {
	if in.value("weights") == nil {
		return
	}
	const mostWeight = 1e6
	out.Weights = &Weights{R: 1, F: 1, M: 1}
	s := in.section("weights")
	s.number("r", &out.Weights.R, atLeast(0).atMost(mostWeight))
	s.number("f", &out.Weights.F, atLeast(0).atMost(mostWeight))
	s.number("m", &out.Weights.M, atLeast(0).atMost(mostWeight))
	s.done()
	if *out.Weights == (Weights{}) {
		in.fail("weights", "all are 0; want one above 0 at least")
	}
}

// readPyramid reads the levels by value; nil is off. It is read after clv.
func readPyramid(s *section, j *Job) *Pyramid {
	in, on := s.optionalSection("pyramid")
	if !on {
		return nil
	}
	out := j.Pyramid
	if j.CLV == nil {
		out.Value = "net"
	}
	choice(in, "value", "value", &out.Value, "clv", "net", "future_value", "past_value")
	if j.CLV == nil && out.Value != "net" {
		in.fail("value", "%s needs clv, which is off; turn it on or give net", out.Value)
	}
	in.number("hold", &out.Hold, positive().atMost(1))
	if items, given := in.items("shares", "shares of customers from the top, such as [0.01, 0.04, 0.15, 0.80]"); given {
		out.Shares = in.shares("shares", items)
	}
	in.done()
	return out
}

// shares reads shares that sum to 1.
func (s *section) shares(key string, items []*node) []float64 {
	out, ok := s.numbers(key, items)
	if !ok || len(out) == 0 {
		return nil
	}
	sum := 0.0
	for i, share := range out {
		if share <= 0 || share > 1 {
			s.report(items[i].at, join(s.key(key), strconv.Itoa(i)), "%s is out of range; want above 0 and at most 1, such as 0.05 for 5%%", number(share))
			return nil
		}
		sum += share
	}
	const tolerance = 1e-9
	if sum < 1-tolerance || sum > 1+tolerance {
		s.fail(key, "the shares sum to %s; want 1", strconv.FormatFloat(sum, 'g', 6, 64))
	}
	return slices.Clip(out)
}
