package job

import (
	"maps"
	"slices"
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

// MappedMetrics are the attributes that tiers count as numbers.
func (j *Job) MappedMetrics() []string {
	if j.Tiers == nil {
		return nil
	}
	var used []string
	mapped := mappedNumbers(j.Sources)
	for _, l := range j.Tiers.Levels {
		names := l.Qualify.Metrics()
		if l.Keep != nil {
			names = append(names, l.Keep.Metrics()...)
		}
		if l.Limit != nil {
			names = append(names, l.Limit.By, l.Limit.CostOf)
		}
		for _, name := range names {
			if slices.Contains(mapped, name) && !slices.Contains(used, name) {
				used = append(used, name)
			}
		}
	}
	slices.Sort(used)
	return used
}
