package quality

import "math"

// NoGroup is the group of a customer who is in none, such as one who did not exist yet.
const NoGroup = -1

// Migration counts customers by the group they were in (row) and the group they
// are in now (column).
type Migration [][]int64

// Migrate counts the customers who went from each group to each group. was and is have one
// entry per customer, from 0 to groups−1; a group means the same in both. Customers who
// are in NoGroup in either are not counted.
func Migrate(was, is []int, groups int) Migration {
	m := make(Migration, groups)
	cells := make([]int64, groups*groups)
	for k := range m {
		m[k] = cells[k*groups : (k+1)*groups]
	}
	for i, from := range was {
		if from != NoGroup && is[i] != NoGroup {
			m[from][is[i]]++
		}
	}
	return m
}

// totals are the numbers of customers who were in each group, who are in each group, and
// of all.
func (m Migration) totals() (was, is []int64, all int64) {
	was, is = make([]int64, len(m)), make([]int64, len(m))
	for from, row := range m {
		for to, n := range row {
			was[from] += n
			is[to] += n
			all += n
		}
	}
	return was, is, all
}

// AdjustedRand is the agreement of the two groupings beyond chance: 1 if they are the same
// but for names, 0 on average if they are independent.
//
//	ARI = (S − E) / ((A + B)/2 − E),  E = A·B / C(n,2)
//	S = Σ_ij C(n_ij,2),  A = Σ_i C(a_i,2),  B = Σ_j C(b_j,2)
//
// It is 1 if nothing can disagree: one customer, all in one group in both, or each alone in
// both. Without customers it is NaN.
//
// Source: Hubert and Arabie (1985), Comparing Partitions, Journal of
// Classification 2, eq. (5). doi:10.1007/BF01908075.
func (m Migration) AdjustedRand() float64 {
	was, is, n := m.totals()
	if n == 0 {
		return math.NaN()
	}
	var s, a, b float64
	for _, row := range m {
		s += pairs(row)
	}
	a, b = pairs(was), pairs(is)
	expected := 0.0
	if n > 1 {
		expected = a * b / pairs([]int64{n})
	}
	best := (a + b) / 2
	if best == expected {
		return 1
	}
	return (s - expected) / (best - expected)
}

// pairs is Σ C(n,2), in floating point because products of it would not fit into int64.
func pairs(counts []int64) float64 {
	sum := 0.0
	for _, n := range counts {
		sum += float64(n) * float64(n-1) / 2
	}
	return sum
}

// Jaccard is the share of customers who were and are in a group, among those who were or
// are. NaN for a group that nobody was or is in.
//
// Source: Jaccard (1901); for the stability of clusters Hennig (2007),
// doi:10.1016/j.csda.2006.11.025.
func (m Migration) Jaccard(group int) float64 {
	was, is, _ := m.totals()
	stayed := m[group][group]
	either := was[group] + is[group] - stayed
	if either == 0 {
		return math.NaN()
	}
	return float64(stayed) / float64(either)
}
