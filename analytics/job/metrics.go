package job

import (
	"cmp"
	"maps"
	"slices"

	"clientele/segment/tier"
)

// metric is a number that each customer has and a tier can ask for.
type metric struct {
	name string
	// stage is the part of the job that computes it; empty: always there.
	stage string
}

// metrics are those that tiers know. Spend, orders and purchase days count
// within tiers.window; the others are the columns of their stage.
var metrics = []metric{
	{"spend", ""},
	{"orders", ""},
	{"purchase_days", ""},
	{"clv", "clv"},
	{"past_value", "clv"},
	{"future_value", "clv"},
	{"p_alive", "clv"},
	{"expected_purchases", "clv"},
	{"r", "rfm"},
	{"f", "rfm"},
	{"m", "rfm"},
	{"monetary", "rfm"},
	{"frequency", "rfm"},
	{"rfm_score", "rfm.weights"},
}

// Metrics lists the numbers that tiers can ask for, by name, in the order in
// which a level looks at them.
func Metrics() []string {
	names := make([]string, len(metrics))
	for i, m := range metrics {
		names[i] = m.name
	}
	return names
}

// metricProblem says why tiers of a job cannot use a metric; empty: they can.
// mapped are the attributes of the sources, whose numbers add up over a window.
func metricProblem(name string, off map[string]bool, mapped []string) string {
	if slices.Contains(mapped, name) {
		return ""
	}
	for _, m := range metrics {
		switch {
		case m.name != name:
		case off[m.stage] && m.stage == "rfm.weights":
			return quoted(name) + " needs rfm.weights such as {r: 1, f: 1, m: 1}; add them or choose another metric"
		case off[m.stage]:
			return quoted(name) + " needs " + m.stage + ", which is off; turn it on or choose another metric"
		default:
			return ""
		}
	}
	return unknown("metric", name, append(Metrics(), mapped...))
}

// mappedNumbers are the attributes of the sources, by name: what they hold of
// numbers tiers can count. A metric of the program goes before an attribute of
// the same name.
func mappedNumbers(sources []Source) []string {
	names := map[string]bool{}
	for _, s := range sources {
		for name := range s.Columns.Attributes {
			names[name] = !slices.Contains(Metrics(), name)
		}
	}
	maps.DeleteFunc(names, func(_ string, number bool) bool { return !number })
	return slices.Sorted(maps.Keys(names))
}

// MappedMetrics are the attributes that tiers count as numbers, by name.
func (j *Job) MappedMetrics() []string {
	if j.Tiers == nil {
		return nil
	}
	mapped := mappedNumbers(j.Sources)
	used := slices.DeleteFunc(j.Tiers.Programme(j.Name).Metrics(), func(name string) bool { return !slices.Contains(mapped, name) })
	slices.Sort(used)
	return used
}

// inOrder are thresholds in the order in which a level looks at metrics: those of the
// program in the order of their list, then the mapped ones by name.
func inOrder(least map[string]float64) []tier.Threshold {
	place := func(name string) int {
		if at := slices.Index(Metrics(), name); at >= 0 {
			return at
		}
		return len(metrics)
	}
	var out []tier.Threshold
	for _, name := range slices.SortedFunc(maps.Keys(least), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	}) {
		out = append(out, tier.Threshold{Metric: name, AtLeast: least[name]})
	}
	return out
}
