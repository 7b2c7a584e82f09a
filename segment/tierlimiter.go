package segment

import (
	"cmp"
	"math"
	"slices"
)

// foundLimit is a limit with its metrics found.
type foundLimit struct {
	TierLimit
	by, cost *tierMetric // cost is nil where all members cost the same
	budget   int64       // in millionths; 0 for none
}

func findLimit(t Tier, metrics map[string]*tierMetric) *foundLimit {
	l := &foundLimit{TierLimit: *t.Limit, by: metrics[t.rankedBy()]}
	if l.CostRate != 0 {
		l.cost = metrics[l.CostMetric]
	}
	l.budget = millionths(l.Budget)
	return l
}

// millionths rounds an amount that is not below 0.
func millionths(amount float64) int64 {
	if amount >= math.MaxInt64/1e6 {
		return math.MaxInt64
	}
	return int64(math.Round(max(0, amount) * 1e6))
}

// allowed is the number of members among so many customers.
func (l *foundLimit) allowed(customers int) int {
	if l.Count > 0 {
		return l.Count
	}
	// The nudge undoes the rounding of products such as 0.29·100, which is a
	// little below 29 in binary.
	return int(math.Floor(l.Share*float64(customers) + 1e-9))
}

// limiter finds places within the limits, one day at a time.
type limiter struct {
	who   []int32 // everybody who competes on the day
	level []int32 // by customer: where they were placed
	// refused has, by customer, one more than the index of a refusal, 0 for
	// none. Of several it is the one from the highest tier.
	refused  []int32
	refusals []refusal

	customers        int
	candidates, left []int32
	ranked, unranked []contender
	order            []standing
}

// refusal is why a customer got no place in a tier.
type refusal struct {
	tier, limit int32 // kept from the one by the limit of the other
	unknown     bool  // since the metric or the cost is not known
	first, last int   // rank, or ranks of the block of equals
	fit         int   // how many are allowed, or fit the budget
}

func (l *limiter) reset(r *replay) {
	if !r.limited {
		return
	}
	if l.level == nil {
		l.level, l.refused = make([]int32, len(r.members)), make([]int32, len(r.members))
	}
	l.who, l.refusals = l.who[:0], l.refusals[:0]
	clear(l.refused)
}

func (l *limiter) enter(i int) { l.who = append(l.who, int32(i)) }

// refusal is why customer i got no place in a higher tier on the day, or nil.
func (l *limiter) refusal(i int) *refusal {
	if l.refused == nil || l.refused[i] == 0 {
		return nil
	}
	return &l.refusals[l.refused[i]-1]
}

func (l *limiter) refuse(i int32, why refusal) {
	if l.refused[i] == 0 {
		l.refusals = append(l.refusals, why)
		l.refused[i] = int32(len(l.refusals))
	}
}

// place gives everybody who competes the highest tier that is due and has
// room, from the top down, and settles it.
func (l *limiter) place(r *replay, customers int) {
	l.customers = customers
	l.left = append(l.left[:0], l.who...)
	members := 0
	for k := len(r.tiers) - 1; k >= 0; k-- {
		l.candidates = l.candidates[:0]
		rest := l.left[:0]
		for _, i := range l.left {
			if r.accepts(int(i), k) {
				l.candidates = append(l.candidates, i)
			} else {
				rest = append(rest, i)
			}
		}
		l.left = rest
		passed := l.admit(r, k, members)
		for _, i := range passed {
			l.level[i] = int32(k)
		}
		members += len(passed)
	}
	for _, i := range l.left {
		l.level[i] = NoLevel
	}
	for _, i := range l.who {
		r.settle(int(i), r.claims[i], l.level[i])
	}
}

// accepts tells whether tier k is one that customer i may have. Below what is
// due by the rules, these are the tiers that a member may fall to.
func (r *replay) accepts(i, k int) bool {
	c := &r.claims[i]
	switch {
	case k > int(c.base):
		return c.above>>k&1 == 1
	case k == int(c.base) || r.Downgrade == OneStep:
		return true
	}
	_, ok := r.qualified(i, r.day, k, k+1)
	return ok
}

// admit returns the candidates for tier k who pass every limit that counts
// them: that of tier k and those on the number of members of lower tiers and
// above. The others are left to compete for lower tiers. members are those of
// higher tiers, who have their places already.
func (l *limiter) admit(r *replay, k, members int) []int32 {
	passed := l.candidates
	for j := k; j >= 0; j-- {
		limit := r.tiers[j].limit
		if limit == nil || j < k && limit.Budget > 0 || len(passed) == 0 {
			continue
		}
		l.ranked = slices.Grow(l.ranked[:0], len(passed))
		for _, i := range passed {
			c := r.contender(int(i), j)
			if math.IsNaN(c.value) || c.cost < 0 {
				l.refuse(i, refusal{tier: int32(k), limit: int32(j), unknown: true})
				l.left = append(l.left, i)
				continue
			}
			l.ranked = append(l.ranked, c)
		}
		ahead := members
		if limit.Budget > 0 {
			ahead = 0
		}
		fit := l.fitting(limit, ahead)
		allowed := fit
		if limit.Budget == 0 {
			allowed = limit.allowed(l.customers)
		}
		l.refusals = slices.Grow(l.refusals, len(l.ranked)-fit)
		for _, c := range l.ranked[fit:] {
			l.refuse(c.customer, refusal{tier: int32(k), limit: int32(j), first: ahead + int(c.first), last: ahead + int(c.last), fit: allowed})
			l.left = append(l.left, c.customer)
		}
		passed = passed[:0]
		for _, c := range l.ranked[:fit] {
			passed = append(passed, c.customer)
		}
	}
	return passed
}

// contender is a candidate for a limited tier.
type contender struct {
	standing float64 // the metric, raised by the margin for members
	value    float64 // the metric
	cost     int64   // in millionths; below 0 where it is not known
	customer int32
	// since is when a member came to the tier; of challengers it is later than
	// any day.
	since int32
	// first and last are the ranks, from 1, of the ends of the block of equals.
	first, last int32
}

// contender is how customer i stands for the limit of tier j.
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

// rankingValue is the metric that ranks customer i: of yearly windows the
// better of this year and the last.
func (r *replay) rankingValue(i int, by *tierMetric) float64 {
	value := by.over(r.in.Activity.within(i, r.todayOf(i, r.day)))
	if by.isCounted() && r.Window.isYearly() {
		last := r.Window.lastYear(r.yearAnchor(i), r.day)
		value = max(value, by.over(r.in.Activity.within(i, last)))
	}
	return value
}

// costOf is what customer i would cost, in millionths, or -1 if that is not
// known.
func (r *replay) costOf(i int, l *foundLimit) int64 {
	cost := l.Cost
	if l.cost != nil {
		cost += l.CostRate * l.cost.over(r.in.Activity.within(i, r.todayOf(i, r.day)))
	}
	if math.IsNaN(cost) {
		return -1
	}
	return millionths(cost)
}

// fitting is how many of the contenders, who are ranked on the way, fit the
// limit beside those ahead of them. It falls between two blocks of equals.
func (l *limiter) fitting(limit *foundLimit, ahead int) int {
	if limit.Budget > 0 {
		return l.affordable(limit)
	}
	allowed := limit.allowed(l.customers)
	if ahead+len(l.ranked) <= allowed {
		return len(l.ranked)
	}
	l.rank()
	for at, c := range l.ranked {
		end := c.last
		if !limit.excludesTies() {
			end = c.first
		}
		if ahead+int(end) > allowed {
			return at
		}
	}
	return len(l.ranked)
}

// affordable is how many of the contenders the budget pays for.
func (l *limiter) affordable(limit *foundLimit) int {
	total := int64(0)
	for _, c := range l.ranked {
		total = addSaturating(total, c.cost)
	}
	if total <= limit.budget {
		return len(l.ranked)
	}
	l.rank()
	spent := int64(0)
	for at := 0; at < len(l.ranked); {
		block := l.ranked[at:l.ranked[at].last]
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
	return len(l.ranked)
}

// standing is a contender by its place in a list, small enough to be moved
// about while a million of them are sorted.
type standing struct {
	standing float64
	at       int32
}

// rank sorts contenders, the first first, and numbers blocks of equals. A
// challenger whose metric is just what the margin asks for is ahead of the
// member, unless it is no more than the member's.
func (l *limiter) rank() {
	l.unranked = append(l.unranked[:0], l.ranked...)
	l.order = l.order[:0]
	for at, c := range l.unranked {
		l.order = append(l.order, standing{c.standing, int32(at)})
	}
	slices.SortFunc(l.order, func(a, b standing) int {
		if a.standing != b.standing {
			return compareFloats(b.standing, a.standing)
		}
		return l.unranked[a.at].compareTied(&l.unranked[b.at])
	})
	for at, s := range l.order {
		l.ranked[at] = l.unranked[s.at]
	}
	numberBlocks(l.ranked)
}

// numberBlocks gives ranked contenders the ranks of the first and the last of
// their block of equals.
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
