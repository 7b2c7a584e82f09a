package groups

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
)

// Needs are what the stage takes of earlier ones.
type Needs struct {
	// Kinds are the ways to group customers, in the order of segments.csv.
	Kinds []night.Kind
	// Past, Future and CLV are values of each customer; nil where clv is off. Modelled
	// tells whether Future rests on a lifetime model.
	Past, Future, CLV []float64
	Modelled          bool
}

// Result is the groups of a night.
type Result struct {
	Groups        []publication.Group
	Concentration *publication.Concentration // nil: no pyramid

	anchor anchor
	level  func(customer int) string // of the pyramid; nil: there is none
	valued bool                      // there are values to sum up
}

// Run sums customers up and judges their groups.
func Run(n night.Context, needs Needs) (*Result, error) {
	p, err := pyramidOf(n, needs)
	if err != nil {
		return nil, err
	}
	r := &Result{valued: needs.Past != nil}
	if p != nil {
		r.Concentration = p.concentration()
	}
	if r.anchor, err = follow(n, needs.Kinds); err != nil {
		return nil, err
	}
	s := summer{n, needs}
	j := newJudge(n, r.anchor.night, r.valued)
	for _, k := range needs.Kinds {
		groups := s.sum(k)
		j.judge(k, groups)
		r.Groups = append(r.Groups, groups...)
	}
	if p != nil {
		levels := p.kind()
		r.Groups, r.level = append(r.Groups, s.sum(levels)...), levels.Group
	}
	return r, nil
}

// Anchor is the night from which next-period spend is counted; nil where no stage makes
// groups.
func (r *Result) Anchor() *publication.Anchor { return r.anchor.night }
