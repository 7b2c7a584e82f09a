package analytics

import (
	"slices"

	"clientele/internal/bilingual"
	"clientele/segment/quality"
)

// pile sorts customers into levels by value.
func (n *night) pile() error {
	p := n.job.Pyramid
	if p == nil {
		return nil
	}
	value := n.pyramidValue()
	if value == nil {
		n.warn("pyramid: there is no future_value without a lifetime model, and so no pyramid; give pyramid.value: clv or net")
		return nil
	}
	built, err := quality.BuildPyramid(value, p.Shares, p.Hold)
	if err != nil {
		return err
	}
	n.pyramid = &built
	return nil
}

// pyramidValue is the column that pyramid.value names; nil where it is not
// known.
func (n *night) pyramidValue() []float64 {
	switch n.job.Pyramid.Value {
	case "clv":
		return n.worth.CLV
	case "past_value":
		return n.worth.Past
	case "future_value":
		if !n.worth.Modelled() {
			return nil
		}
		return n.worth.Future
	}
	return amounts(n.customers.Net)
}

func (n *night) concentration() *Concentration {
	if n.pyramid == nil {
		return nil
	}
	return &Concentration{Value: n.job.Pyramid.Value, Concentration: n.pyramid.Concentration}
}

// pyramidGroups sums the levels up, from the top; the level of losses is left
// out where there are none.
func (n *night) pyramidGroups() []Group {
	levels := len(n.job.Pyramid.Shares)
	var names []string
	labels := map[string]bilingual.Text{}
	name := func(level int) string {
		key, label := quality.LevelName(level, levels)
		labels[key] = label
		return key
	}
	for level := range levels {
		names = append(names, name(level))
	}
	loss := name(quality.Loss)
	if slices.Contains(n.pyramid.Level, quality.Loss) {
		names = append(names, loss)
	}
	return n.groupBy("pyramid", names, func(i int) string {
		if level := n.pyramid.Level[i]; level != quality.Loss {
			return names[level]
		}
		return loss
	}, func(key string) string { return labels[key].In(n.job.Output.Language) })
}
