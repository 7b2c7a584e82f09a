package job

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"clientele/segment/tier"
)

// Metric is a number that each customer has and a tier can ask for.
type Metric struct {
	Name string
	// From is the part of the job that the metric is computed by, such as clv or
	// rfm.weights; empty: it counts what customers did within tiers.window.
	From string
	// Scored metrics depend on the cut points of the scores, Modelled ones on the
	// parameters of the lifetime model.
	Scored, Modelled bool
}

// Section is the section of the job file that the metric depends on; empty: on no
// other than tiers.
func (m Metric) Section() string {
	section, _, _ := strings.Cut(m.From, ".")
	return section
}

// metrics are those that tiers know, in the order in which a level looks at them.
// This is the only list of them: what a job may ask for, what a difference between two
// nights depends on, and what the documentation names come from it.
var metrics = []Metric{
	{Name: "spend"},
	{Name: "orders"},
	{Name: "purchase_days"},
	{Name: "clv", From: "clv", Modelled: true},
	{Name: "past_value", From: "clv"},
	{Name: "future_value", From: "clv", Modelled: true},
	{Name: "p_alive", From: "clv", Modelled: true},
	{Name: "expected_purchases", From: "clv", Modelled: true},
	{Name: "r", From: "rfm", Scored: true},
	{Name: "f", From: "rfm", Scored: true},
	{Name: "m", From: "rfm", Scored: true},
	{Name: "monetary", From: "rfm"},
	{Name: "frequency", From: "rfm"},
	{Name: "rfm_score", From: "rfm.weights", Scored: true},
}

// Metrics lists the numbers that tiers can ask for, in the order in which a level
// looks at them.
func Metrics() []Metric { return slices.Clone(metrics) }

func metricNames() []string {
	names := make([]string, len(metrics))
	for i, m := range metrics {
		names[i] = m.Name
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
		case m.Name != name:
		case off[m.From] && m.From == "rfm.weights":
			return quoted(name) + " needs rfm.weights such as {r: 1, f: 1, m: 1}; add them or choose another metric"
		case off[m.From]:
			return quoted(name) + " needs " + m.From + ", which is off; turn it on or choose another metric"
		default:
			return ""
		}
	}
	return unknown("metric", name, append(metricNames(), mapped...))
}

// mappedNumbers are the attributes of the sources, by name: what they hold of
// numbers tiers can count. A metric of the program goes before an attribute of
// the same name.
func mappedNumbers(sources []Source) []string {
	names := map[string]bool{}
	for _, s := range sources {
		for name := range s.Columns.Attributes {
			names[name] = !slices.Contains(metricNames(), name)
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
		if at := slices.Index(metricNames(), name); at >= 0 {
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
