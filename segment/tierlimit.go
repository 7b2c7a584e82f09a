package segment

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// tiering is what assigning tiers reads and never writes.
type tiering struct {
	levels    []Level
	metrics   map[string][]float64
	customers int
}

// candidates are the customers who earn level k and have no higher level yet,
// in input order.
func (t tiering) candidates(k int, level []int) []int {
	var who []int
	for i, at := range level {
		if at == NoLevel && t.levels[k].earned(i, t.metrics) {
			who = append(who, i)
		}
	}
	return who
}

// admit returns the candidates for level k who pass every limit that counts
// them: that of level k and those of all levels below. members have a higher
// level already. A refusal is written to refused, where the one of the highest
// level stands: that is the level the customer is kept from.
func (t tiering) admit(k, members int, candidates []int, refused []string) []int {
	for j := k; j >= 0; j-- {
		if t.levels[j].Limit == nil {
			continue
		}
		by := t.levels[j].by()
		ranked := rankDescending(candidates, t.metrics[by])
		passed := t.passing(ranked, j, members)
		for _, r := range ranked[passed:] {
			if refused[r.customer] == "" {
				refused[r.customer] = t.refusal(k, j, members, r)
			}
		}
		candidates = candidates[:0]
		for _, r := range ranked[:passed] {
			candidates = append(candidates, r.customer)
		}
	}
	return candidates
}

// passing is how many of the ranked candidates the limit of level j lets in
// beside the members of higher levels. It falls between two blocks of equals.
func (t tiering) passing(ranked []rankedCustomer, j, members int) int {
	limit := t.levels[j].Limit
	room := limit.allowed(t.customers) - members
	passed := 0
	for _, r := range ranked {
		fits := r.last <= room
		if limit.Share > 0 {
			fits = r.first <= room
		}
		if !fits || math.IsNaN(r.value) {
			break
		}
		passed++
	}
	return passed
}

// refusal says why limit j kept a candidate from level k, with the rank among
// all who would count, the members of higher levels first.
func (t tiering) refusal(k, j, members int, r rankedCustomer) string {
	by := t.levels[j].by()
	if math.IsNaN(r.value) {
		return fmt.Sprintf("capped: %s: %s unknown", t.levels[k].Name, by)
	}
	rank := strconv.Itoa(members + r.first)
	if r.last > r.first {
		rank = fmt.Sprintf("%d-%d", members+r.first, members+r.last)
	}
	return fmt.Sprintf("capped: %s: %s rank %s of %d allowed", t.levels[k].Name, by, rank, t.levels[j].Limit.allowed(t.customers))
}

// allowed is the number of members that the limit allows among n customers.
func (l Limit) allowed(n int) int {
	if l.Count > 0 {
		return l.Count
	}
	// The nudge undoes the rounding of products such as 0.29·100, which is a
	// little below 29 in binary.
	return int(math.Floor(l.Share*float64(n) + 1e-9))
}

// rankedCustomer is a candidate with the ranks, from 1, of the first and last
// of the block of equals that it belongs to.
type rankedCustomer struct {
	customer    int
	value       float64
	first, last int
}

// rankDescending ranks candidates by a metric, highest first, the unknown
// last. Within a block of equals the order is that of the candidates and says
// nothing.
func rankDescending(candidates []int, metric []float64) []rankedCustomer {
	ranked := make([]rankedCustomer, len(candidates))
	for at, i := range candidates {
		ranked[at] = rankedCustomer{customer: i, value: metric[i]}
	}
	// cmp.Compare puts NaN below every number, so that it comes last here.
	slices.SortStableFunc(ranked, func(a, b rankedCustomer) int { return cmp.Compare(b.value, a.value) })
	for lo := 0; lo < len(ranked); {
		hi := lo + 1
		for hi < len(ranked) && cmp.Compare(ranked[hi].value, ranked[lo].value) == 0 {
			hi++
		}
		for at := lo; at < hi; at++ {
			ranked[at].first, ranked[at].last = lo+1, hi
		}
		lo = hi
	}
	return ranked
}
