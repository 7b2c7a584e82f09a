package job

import (
	"cmp"
	"maps"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/segment/tier"
)

// The metrics that count what customers did within tiers.window.
const (
	MetricSpend        = "spend"
	MetricOrders       = "orders"
	MetricPurchaseDays = "purchase_days"
)

var counted = []string{MetricSpend, MetricOrders, MetricPurchaseDays}

// Metrics lists the numbers that tiers can ask for, in the order in which a level looks
// at them: what is counted, then columns of the customers.
func Metrics() []string {
	names := slices.Clone(counted)
	for _, c := range column.Metrics {
		names = append(names, c.Name)
	}
	return names
}

// metricProblem says why tiers of a job cannot use a metric; empty: they can.
// mapped are the attributes of the sources, whose numbers add up over a window.
func metricProblem(name string, off map[string]bool, mapped []string) string {
	if slices.Contains(mapped, name) {
		return ""
	}
	if slices.Contains(counted, name) {
		return ""
	}
	c, known := column.Named(column.Metrics, name)
	switch {
	case !known:
		return unknown("metric", name, append(Metrics(), mapped...))
	case off[c.Setting()] && c == column.RFMScore:
		return quoted(name) + " needs rfm.weights such as {r: 1, f: 1, m: 1}; add them or choose another metric"
	case off[c.Setting()]:
		return quoted(name) + " needs " + c.Setting() + ", which is off; turn it on or choose another metric"
	}
	return ""
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
	known := Metrics()
	place := func(name string) int {
		if at := slices.Index(known, name); at >= 0 {
			return at
		}
		return len(known)
	}
	var out []tier.Threshold
	for _, name := range slices.SortedFunc(maps.Keys(least), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	}) {
		out = append(out, tier.Threshold{Metric: name, AtLeast: least[name]})
	}
	return out
}
