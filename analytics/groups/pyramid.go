package groups

import (
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/wording"
	"clientele/segment/quality"
)

// pyramid is customers in levels by value.
type pyramid struct {
	quality.Pyramid

	rule *job.Pyramid
	say  wording.Language
}

// pyramidOf sorts customers into levels; nil where the pyramid is off, or nothing is known
// of the value that it is made of.
func pyramidOf(n night.Context, needs Needs) (*pyramid, error) {
	p := n.Job.Pyramid
	if p == nil {
		return nil, nil //nolint:nilnil // no pyramid is no error
	}
	value := valueOf(n, needs)
	if value == nil {
		n.Warn("warning.no_pyramid")
		return nil, nil //nolint:nilnil // see above
	}
	built, err := quality.BuildPyramid(value, p.Shares, p.Hold)
	return &pyramid{built, p, n.Say()}, err
}

// valueOf is the column that pyramid.value names; nil where it is not known.
func valueOf(n night.Context, needs Needs) []float64 {
	switch n.Job.Pyramid.Value {
	case "clv":
		return needs.CLV
	case "past_value":
		return needs.Past
	case "future_value":
		if !needs.Modelled {
			return nil
		}
		return needs.Future
	}
	return customers.Amounts(n.Customers.Net)
}

// concentration is how unevenly value is spread.
func (p *pyramid) concentration() *publication.Concentration {
	return &publication.Concentration{Value: p.rule.Value, Concentration: p.Concentration}
}

// kind is the levels as groups, from the top; the level of losses is left out where there
// are none.
func (p *pyramid) kind() night.Kind {
	levels := len(p.rule.Shares)
	labels := map[string]string{}
	name := func(level int) string {
		key, label := quality.LevelName(p.say, level, levels)
		labels[key] = label
		return key
	}
	var names []string
	for level := range levels {
		names = append(names, name(level))
	}
	loss := name(quality.Loss)
	if slices.Contains(p.Level, quality.Loss) {
		names = append(names, loss)
	}
	return night.Kind{
		Grouping: column.Grouping{Name: "pyramid"}, Names: names,
		Group: func(customer int) string {
			if level := p.Level[customer]; level != quality.Loss {
				return names[level]
			}
			return loss
		},
		Label: func(key string) string { return labels[key] },
	}
}
