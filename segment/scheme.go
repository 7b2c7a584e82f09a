package segment

import (
	"slices"

	"clientele/internal/wording"
)

// Others is the segment of customers whose scores no rule of a scheme covers.
const Others = "others"

// Range is a closed interval of scores. The zero Range holds every score, so
// that a rule need not mention the scores that it does not look at.
type Range struct {
	Lo, Hi int8
}

// Holds tells whether the score lies in the range, ends included.
func (g Range) Holds(score int8) bool {
	return g == Range{} || (g.Lo <= score && score <= g.Hi)
}

// Rule names one box of the score space.
type Rule struct {
	// Key is the segment's name in files: English snake_case.
	Key string
	// Label is the segment's name for people, in all languages; empty: what the catalogue
	// has for the scheme and the key or, failing that, the key.
	Label string
	// R, F and M bound the recency, frequency and monetary scores; higher
	// scores are better in all three.
	R, F, M Range
	// FM bounds the mean of F and M, halves rounded up, for tables drawn over
	// recency and one score for the two.
	FM Range
}

// Matches tells whether the scores lie in the rule's box.
func (u Rule) Matches(r, f, m int8) bool {
	return u.R.Holds(r) && u.F.Holds(f) && u.M.Holds(m) && u.FM.Holds((f+m+1)/2)
}

// Scheme is a table of segments as data. The first rule that matches wins:
// the order of Rules is part of the definition wherever boxes overlap.
type Scheme struct {
	Name string
	// Labels is the scheme whose names for people this one has; empty: its own.
	Labels string
	// Bins is the number of scores that the ranges were written for; scores
	// above it mean something else and fall to Others unless a rule says so.
	Bins  int
	Rules []Rule
}

// Assign returns the key of the first rule that holds the scores, or Others.
func (s Scheme) Assign(r, f, m int8) string {
	for i := range s.Rules {
		if s.Rules[i].Matches(r, f, m) {
			return s.Rules[i].Key
		}
	}
	return Others
}

// Has tells whether a rule gives a segment.
func (s Scheme) Has(key string) bool {
	return slices.ContainsFunc(s.Rules, func(r Rule) bool { return r.Key == key })
}

// Label is the name for people of the segment with the given key. A key that neither the
// scheme nor the catalogue has a name for is its own label.
func (s Scheme) Label(say wording.Language, key string) string {
	for i := range s.Rules {
		if s.Rules[i].Key == key && s.Rules[i].Label != "" {
			return s.Rules[i].Label
		}
	}
	scheme := s.Labels
	if scheme == "" {
		scheme = s.Name
	}
	switch name := scheme + "." + key; {
	case say.Has("segment.name", name):
		return say.SayOf("segment.name", name)
	case key == Others:
		return say.Say("segment.others")
	}
	return key
}
