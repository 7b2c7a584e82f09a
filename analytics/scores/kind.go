package scores

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/internal/wording"
	"clientele/segment"
)

// Kind is the segments as a way to group customers.
func (s *Result) Kind(f *night.Frame) night.Kind {
	var keys []string
	for _, r := range s.Scheme.Rules {
		if !slices.Contains(keys, r.Key) { // boxes may share a name
			keys = append(keys, r.Key)
		}
	}
	return night.Kind{
		Grouping: column.BySegment, Names: keys,
		Group: func(customer int) string { return s.Segment[customer] },
		Label: func(key string) string { return s.Scheme.Label(f.Say(), key) },
		Rule:  func(key string) string { return s.rule(key, f.Say()) },
	}
}

// rule is the boxes of a segment, such as `r 4-5, f 2-3`.
func (s *Result) rule(key string, say wording.Language) string {
	var boxes []string
	for _, rule := range s.Scheme.Rules {
		if rule.Key != key {
			continue
		}
		parts := s.box(rule)
		if len(parts) == 0 {
			parts = []string{say.Say("rule.any_score")}
		}
		boxes = append(boxes, strings.Join(parts, ", "))
	}
	if len(boxes) == 0 {
		return say.Say("rule.none_matches", "table", s.Scheme.Name)
	}
	return strings.Join(boxes, say.Say("rule.or"))
}

// box is what a rule asks of each score or, where the table goes by a split, of the
// numbers themselves.
func (s *Result) box(rule segment.Rule) []string {
	if split := s.Cuts.Split; s.Scheme.Name == cn8 && split != nil {
		const near = 2
		sign := func(g segment.Range, good, bad string) string {
			if g.Holds(near) {
				return good
			}
			return bad
		}
		return []string{
			"recency_days " + sign(rule.R, "<= ", "> ") + night.Plain(split.RecencyDays),
			"frequency " + sign(rule.F, ">= ", "< ") + night.Plain(split.Frequency),
			"monetary " + sign(rule.M, ">= ", "< ") + night.Plain(split.Monetary),
		}
	}
	var parts []string
	for _, axis := range []struct {
		name string
		segment.Range
	}{{"r", rule.R}, {"f", rule.F}, {"m", rule.M}} {
		if axis.Range != (segment.Range{}) {
			parts = append(parts, axis.name+" "+between(axis.Range))
		}
	}
	return parts
}

func between(g segment.Range) string {
	if g.Lo == g.Hi {
		return strconv.Itoa(int(g.Lo))
	}
	return fmt.Sprintf("%d-%d", g.Lo, g.Hi)
}
