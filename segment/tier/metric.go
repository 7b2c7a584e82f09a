package tier

import (
	"math"
	"math/bits"
	"slices"
)

// metric is one metric with its numbers: counted by day, or a column.
type metric struct {
	name   string
	value  []int64 // of counted metrics
	scale  float64
	column []float64 // of static metrics
	words  string    // its name in words; see metricText
}

func (m metric) isCounted() bool { return m.column == nil }

// metricsByName finds the metrics of a programme in the input.
func (in Input) metricsByName(p Programme) map[string]*metric {
	found := map[string]*metric{}
	for _, name := range p.Metrics() {
		m := &metric{name: name, column: in.Static[name], words: metricText(name)}
		if m.column == nil {
			// Without customers the column of a static metric may be nil too. Nobody
			// looks at it then.
			for _, c := range in.Activity.Counted {
				if c.Name == name {
					m.value, m.scale = c.Value, float64(c.Scale)
				}
			}
		}
		found[name] = m
	}
	return found
}

// countedOf are the metrics that are counted by day, in any order.
func countedOf(metrics map[string]*metric) []*metric {
	var counted []*metric
	for _, m := range metrics {
		if m.isCounted() && m.value != nil {
			counted = append(counted, m)
		}
	}
	return counted
}

// entries are the part of one customer's activity that lies in a span.
type entries struct {
	customer int
	from, to int64
}

// within finds the entries of a customer in a span.
func (a *Activity) within(i int, s span) entries {
	from, to := a.Start[i], a.Start[i+1]
	e := entries{customer: i}
	// Most spans end with the newest entry, so that is looked at first.
	if to > from && a.Day[to-1] > s.to {
		at, _ := slices.BinarySearch(a.Day[from:to], s.to+1)
		to = from + int64(at)
	}
	e.to = to
	if s.from == always || from == to || a.Day[from] >= s.from {
		e.from = from
		return e
	}
	at, _ := slices.BinarySearch(a.Day[from:to], s.from)
	e.from = from + int64(at)
	return e
}

// over is the metric's value over entries. That of a static metric does not depend on
// them.
func (m *metric) over(e entries) float64 {
	if m.column != nil {
		return m.column[e.customer]
	}
	return float64(m.sum(e)) / m.scale
}

// sum is a counted metric's exact value over entries, in units of its scale.
func (m *metric) sum(e entries) int64 {
	sum := int64(0)
	for _, v := range m.value[e.from:e.to] {
		sum = addSaturating(sum, v)
	}
	return sum
}

// addSaturating is a + b, or the end of int64 that it would pass.
func addSaturating(a, b int64) int64 {
	sum, _ := bits.Add64(uint64(a), uint64(b), 0)
	s := int64(sum)
	if (a^s)&(b^s) < 0 {
		if a < 0 {
			return math.MinInt64
		}
		return math.MaxInt64
	}
	return s
}

// criterion is a threshold with its metric found.
type criterion struct {
	*metric
	atLeast float64
}

func (c criterion) holds(e entries) bool { return c.over(e) >= c.atLeast } // false for NaN

// criteria are Criteria with their metrics found.
type criteria struct {
	all, any []criterion
}

func resolveCriteria(c Criteria, metrics map[string]*metric) criteria {
	find := func(thresholds []Threshold) []criterion {
		out := make([]criterion, len(thresholds))
		for at, t := range thresholds {
			out[at] = criterion{metrics[t.Metric], t.AtLeast}
		}
		return out
	}
	return criteria{find(c.All), find(c.Any)}
}

func (c criteria) hold(e entries) bool {
	for _, one := range c.all {
		if !one.holds(e) {
			return false
		}
	}
	return len(c.any) == 0 || slices.ContainsFunc(c.any, func(one criterion) bool { return one.holds(e) })
}

// met are the thresholds by which the criteria hold: all of All, and the first of Any that
// is reached.
func (c criteria) met(e entries) []criterion {
	out := slices.Clip(c.all)
	for _, one := range c.any {
		if one.holds(e) {
			return append(out, one)
		}
	}
	return out
}

// missed are the thresholds by which the criteria do not hold: those of All that are not
// reached or, if there are none, the alternatives of Any. The decisive one comes first:
// of All the one that is relatively farthest off, of Any the nearest.
func (c criteria) missed(e entries) (out []criterion, alternatives bool) {
	for _, one := range c.all {
		if !one.holds(e) {
			out = append(out, one)
		}
	}
	sign := -1.
	if len(out) == 0 {
		out, alternatives, sign = slices.Clone(c.any), true, 1
	}
	slices.SortStableFunc(out, func(a, b criterion) int {
		return compareFloats(sign*a.distance(e), sign*b.distance(e))
	})
	return out, alternatives
}

func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// distance is how far a metric is below its threshold, relative to the threshold; infinite
// if the metric is not known.
func (c criterion) distance(e entries) float64 {
	have := c.over(e)
	if math.IsNaN(have) {
		return math.Inf(1)
	}
	off := c.atLeast - have
	if c.atLeast != 0 {
		off /= math.Abs(c.atLeast)
	}
	return off
}
