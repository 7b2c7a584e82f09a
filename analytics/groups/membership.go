package groups

import (
	"strings"

	"clientele/analytics/night"
	"clientele/segment/quality"
)

// membership is the groups of one kind as numbers.
type membership struct {
	group []int // of each customer
	size  int   // number of groups, those of the night before included
	was   []int // in the night before, or quality.NoGroup; nil: no such night
}

// membership numbers the groups of a kind, those in at first.
func (j judge) membership(k night.Kind, at map[string]int) membership {
	m := membership{group: make([]int, j.Customers.Len()), size: len(at)}
	for i := range m.group {
		m.group[i] = at[k.Group(i)]
	}
	if j.Before == nil {
		return m
	}
	then := j.Before.Members.Texts(k.Of)
	if then == nil {
		return m
	}
	codes, size := coded(then.Distinct(), at)
	m.size, m.was = size, make([]int, len(m.group))
	for i, was := range j.Before.Was {
		m.was[i] = quality.NoGroup
		if was >= 0 {
			m.was[i] = codes[then.Place(was)]
		}
	}
	return m
}

// silhouettes are those of a sample where there are more customers than most.
func (m membership) silhouettes(ids []string, points []quality.Point, most int) []float64 {
	picked := quality.Sample(ids, m.group, m.size, most)
	some, group := make([]quality.Point, len(picked)), make([]int, len(picked))
	for at, i := range picked {
		some[at], group[at] = points[i], m.group[i]
	}
	return quality.Silhouettes(some, group, m.size)
}

// reachable is the share of each group's customers who have a channel.
func (m membership) reachable(channels []string) []float64 {
	return m.shares(func(i int) (hit, counted bool) { return channels != nil && channels[i] != "", channels != nil }, m.group)
}

// moved is, for each group of the night before, the share of its idle customers
// who are in another group now: nothing that they did took them there.
func (m membership) moved(idle []bool) []float64 {
	return m.shares(func(i int) (hit, counted bool) { return m.was[i] != m.group[i], idle[i] }, m.was)
}

// shares gives, for each group, the share of hits among the customers counted;
// NaN where there are none.
func (m membership) shares(look func(customer int) (hit, counted bool), group []int) []float64 {
	hits, all := make([]float64, m.size), make([]float64, m.size)
	for i, k := range group {
		if k == quality.NoGroup {
			continue
		}
		hit, counted := look(i)
		if counted {
			all[k]++
		}
		if counted && hit {
			hits[k]++
		}
	}
	for k := range hits {
		hits[k] /= all[k] // 0/0 where nobody is
	}
	return hits
}

// coded turns names into numbers from 0 up, those that at does not have yet
// after those that it has, and gives how many there are.
func coded(names []string, at map[string]int) (codes []int, size int) {
	codes = make([]int, len(names))
	last, lastCode := "", -1
	for i, name := range names {
		if lastCode < 0 || name != last {
			code, seen := at[name]
			if !seen {
				code = len(at)
				at[strings.Clone(name)] = code
			}
			last, lastCode = name, code
		}
		codes[i] = lastCode
	}
	return codes, len(at)
}
