package tier

import (
	"cmp"
	"math"
	"slices"
)

// contender is a candidate for a limited tier.
type contender struct {
	standing float64 // the metric; for members, raised by the margin
	value    float64 // the metric
	cost     int64   // in millionths; below 0 if it is not known
	customer int32
	// since is the day on which a member came to the tier. For challengers it is later
	// than any day.
	since int32
	// first and last are the ranks, from 1, of the ends of the block of equals.
	first, last int32
}

// contender is customer i as a candidate for the limit of tier j.
func (r *replay) contender(i, j int) contender {
	limit, m := r.tiers[j].limit, &r.members[i]
	c := contender{customer: int32(i), since: math.MaxInt32, cost: r.costOf(i, limit)}
	c.value = r.rankingValue(i, limit.by)
	c.standing = c.value
	if int(m.level) >= j {
		c.since = m.since
		if c.value >= 0 {
			c.standing *= 1 + limit.Margin
		} else {
			c.standing /= 1 + limit.Margin
		}
	}
	return c
}

// rankingValue is the metric that ranks customer i: for yearly windows, the larger of
// this year's and last year's.
func (r *replay) rankingValue(i int, by *metric) float64 {
	value := by.over(r.in.Activity.within(i, r.todayOf(i, r.day)))
	if by.isCounted() && r.Window.isYearly() {
		last := r.Window.lastYear(r.yearAnchor(i), r.day)
		value = max(value, by.over(r.in.Activity.within(i, last)))
	}
	return value
}

// costOf is the cost of customer i in millionths, or -1 if it is not known.
func (r *replay) costOf(i int, l *resolvedLimit) int64 {
	cost := l.Cost
	if l.cost != nil {
		cost += l.CostRate * l.cost.over(r.in.Activity.within(i, r.todayOf(i, r.day)))
	}
	if math.IsNaN(cost) {
		return -1
	}
	return millionths(cost)
}

// ranking has the contenders for one tier and one limit. From day to day they are nearly
// the same, in nearly the same order. Contenders to whom nothing was due keep their place
// in the order, so that only the others are sorted.
type ranking struct {
	list, spare []contender
	// ordered is the length of the part of list, at its beginning, that is in order: all
	// of it after rank.
	ordered int
	place   int32 // limiter.places when it was made last
}

// contenders lists the candidates for tier k whom the limit of tier j counts. Those whose
// metric or cost is not known are refused.
func (l *limiter) contenders(r *replay, candidates []int32, k, j int) *ranking {
	l.lists++
	for _, i := range candidates {
		l.wanted[i] = l.lists
	}
	rank := &l.rankings[k*len(r.tiers)+j]
	list := rank.spare[:0]
	ordered := 0
	if rank.place == l.places-1 {
		for at := range rank.list {
			if at == rank.ordered {
				ordered = len(list)
			}
			c := &rank.list[at]
			if l.wanted[c.customer] == l.lists && l.due[c.customer] != r.day {
				list = append(list, *c)
				l.wanted[c.customer] = 0
			}
		}
		if rank.ordered == len(rank.list) {
			ordered = len(list)
		}
	}
	for _, i := range candidates {
		if l.wanted[i] != l.lists {
			continue
		}
		c := r.contender(int(i), j)
		if math.IsNaN(c.value) || c.cost < 0 {
			l.refuse(i, refusal{tier: int32(k), limit: int32(j), unknown: true})
			l.left = append(l.left, i)
			continue
		}
		list = append(list, c)
	}
	rank.list, rank.spare, rank.ordered, rank.place = list, rank.list, ordered, l.places
	return rank
}

// fitting is how many of the contenders the limit has room for, besides those ahead of
// them. It ranks them if it must. It never divides a block of equals.
func (r *ranking) fitting(l *limiter, limit *resolvedLimit, ahead int) int {
	if limit.Budget > 0 {
		return r.affordable(l, limit)
	}
	allowed := limit.allowed(l.customers)
	if ahead+len(r.list) <= allowed {
		return len(r.list)
	}
	r.rank(l)
	for at := range r.list {
		c := &r.list[at]
		end := c.last
		if !limit.excludesTies() {
			end = c.first
		}
		if ahead+int(end) > allowed {
			return at
		}
	}
	return len(r.list)
}

// affordable is how many of the contenders the budget pays for.
func (r *ranking) affordable(l *limiter, limit *resolvedLimit) int {
	total := int64(0)
	for at := range r.list {
		total = addSaturating(total, r.list[at].cost)
	}
	if total <= limit.budget {
		return len(r.list)
	}
	r.rank(l)
	spent := int64(0)
	for at := 0; at < len(r.list); {
		block := r.list[at:r.list[at].last]
		sum, cheapest := int64(0), int64(math.MaxInt64)
		for _, c := range block {
			sum, cheapest = addSaturating(sum, c.cost), min(cheapest, c.cost)
		}
		needed := sum
		if !limit.excludesTies() {
			needed = cheapest
		}
		if addSaturating(spent, needed) > limit.budget {
			return at
		}
		spent = addSaturating(spent, sum)
		at += len(block)
	}
	return len(r.list)
}

// rank sorts the contenders, best first, and numbers the blocks of equals.
func (r *ranking) rank(l *limiter) {
	l.sort(r.list[r.ordered:])
	ordered, old, fresh := r.spare[:0], r.list[:r.ordered], r.list[r.ordered:]
	for len(old) > 0 && len(fresh) > 0 {
		if fresh[0].compare(&old[0]) < 0 {
			ordered, fresh = append(ordered, fresh[0]), fresh[1:]
		} else {
			ordered, old = append(ordered, old[0]), old[1:]
		}
	}
	ordered = append(append(ordered, old...), fresh...)
	r.list, r.spare = ordered, r.list
	r.ordered = len(ordered)
	numberBlocks(r.list)
}

// standing is a contender by its index in a list. It is small, so that a million of them
// can be sorted fast.
type standing struct {
	standing float64
	at       int32
}

// sort sorts contenders, best first.
func (l *limiter) sort(list []contender) {
	l.unranked = append(l.unranked[:0], list...)
	l.order = l.order[:0]
	for at, c := range list {
		l.order = append(l.order, standing{c.standing, int32(at)})
	}
	slices.SortFunc(l.order, func(a, b standing) int {
		if a.standing != b.standing {
			return compareFloats(b.standing, a.standing)
		}
		return l.unranked[a.at].compareTied(&l.unranked[b.at])
	})
	for at, s := range l.order {
		list[at] = l.unranked[s.at]
	}
}

// compare orders contenders, best first. A challenger whose metric is exactly what the
// margin asks for is ahead of the member, unless it is no more than the member's.
func (c *contender) compare(other *contender) int {
	if c.standing != other.standing {
		return compareFloats(other.standing, c.standing)
	}
	return c.compareTied(other)
}

// numberBlocks sets, for ranked contenders, the ranks of the first and the last of their
// block of equals.
func numberBlocks(ranked []contender) {
	for lo := 0; lo < len(ranked); {
		hi := lo + 1
		for hi < len(ranked) && ranked[hi].standing == ranked[lo].standing && ranked[hi].compareTied(&ranked[lo]) == 0 {
			hi++
		}
		for at := lo; at < hi; at++ {
			ranked[at].first, ranked[at].last = int32(lo+1), int32(hi)
		}
		lo = hi
	}
}

// compareTied compares contenders of the same standing.
func (c *contender) compareTied(other *contender) int {
	return cmp.Or(compareFloats(other.value, c.value), cmp.Compare(c.since, other.since))
}
