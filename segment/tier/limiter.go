package tier

import (
	"math"
	"slices"

	"clientele/internal/calendar"
)

// resolvedLimit is a limit with its metrics found.
type resolvedLimit struct {
	Limit
	by, cost *metric // cost is nil if all members cost the same
	budget   int64   // in millionths; 0 for none
}

func resolveLimit(t Tier, metrics map[string]*metric) *resolvedLimit {
	l := &resolvedLimit{Limit: *t.Limit, by: metrics[t.rankedBy()]}
	if l.CostRate != 0 {
		l.cost = metrics[l.CostMetric]
	}
	l.budget = millionths(l.Budget)
	return l
}

// millionths is an amount in millionths, not below 0.
func millionths(amount float64) int64 {
	if amount >= math.MaxInt64/1e6 {
		return math.MaxInt64
	}
	return int64(math.Round(max(0, amount) * 1e6))
}

// allowed is the number of members among so many customers.
func (l *resolvedLimit) allowed(customers int) int {
	if l.Count > 0 {
		return l.Count
	}
	// In binary, products such as 0.29·100 are a little below the whole number. 1e-9 is
	// more than their error and less than any share of a customer that is meant.
	return int(math.Floor(l.Share*float64(customers) + 1e-9))
}

// limiter gives places within the limits, one day at a time.
type limiter struct {
	// lowest is the lowest tier that is limited. Customers who are due a lower one do not
	// compete.
	lowest int32
	in     []bool  // by customer: whether they compete
	due    []int32 // by customer: the day of the claim that they compete by
	level  []int32 // by customer: where they were placed last
	// settling are the customers whose claim is of today and, after places were given,
	// those whose place is not that of the day before.
	settling []int32
	// refused has, by customer, the index of a refusal plus 1, or 0 for none. If there are
	// several, it is that of the highest tier.
	refused  []int32
	refusals []refusal

	customers        int
	candidates, left []int32
	rankings         []ranking   // by tier and limit
	places           int32       // number of days on which places were given
	lists            int32       // number of lists of contenders that were made
	wanted           []int32     // by customer: the last list that they belong on
	order            []standing  // used by sort
	unranked         []contender // used by sort
}

// refusal is why a customer got no place in a tier.
type refusal struct {
	customer    int32
	tier, limit int32 // the tier, and the tier whose limit left no place in it
	unknown     bool  // the metric or the cost is not known
	first, last int   // ranks of the ends of the block of equals
	fit         int   // how many are allowed, or how many the budget pays for
}

// prepare allocates what the limiter needs for all customers.
func (l *limiter) prepare(r *replay) {
	n := len(r.members)
	l.in, l.due, l.level = make([]bool, n), make([]int32, n), make([]int32, n)
	l.refused, l.wanted = make([]int32, n), make([]int32, n)
	l.rankings = make([]ranking, len(r.tiers)*len(r.tiers))
	for i := range l.due {
		l.due[i] = calendar.NoDay
	}
	l.lowest = int32(slices.IndexFunc(r.tiers, func(t resolvedTier) bool { return t.limit != nil }))
}

// reset begins a day.
func (l *limiter) reset() {
	for _, refused := range l.refusals {
		l.refused[refused.customer] = 0
	}
	l.refusals, l.settling = l.refusals[:0], l.settling[:0]
}

// enter lets customer i compete by a claim of today.
func (l *limiter) enter(i int, day int32) {
	l.in[i], l.due[i] = true, day
	l.settling = append(l.settling, int32(i))
}

// leave removes customer i from those who compete.
func (l *limiter) leave(i int) { l.in[i] = false }

// refusal is why customer i got no place in a higher tier on the day, or nil.
func (l *limiter) refusal(i int) *refusal {
	if l.refused == nil || l.refused[i] == 0 {
		return nil
	}
	return &l.refusals[l.refused[i]-1]
}

func (l *limiter) refuse(i int32, why refusal) {
	if l.refused[i] == 0 {
		why.customer = i
		l.refusals = append(l.refusals, why)
		l.refused[i] = int32(len(l.refusals))
	}
}

// place gives each customer who competes the highest tier that is due and has room, from
// the top tier down, and settles it.
func (l *limiter) place(r *replay, customers int) {
	l.customers = customers
	l.places++
	l.left = l.left[:0]
	for i, in := range l.in {
		if in {
			l.left = append(l.left, int32(i))
		}
	}
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
			l.put(r, i, int32(k))
		}
		members += len(passed)
	}
	for _, i := range l.left {
		l.put(r, i, NoLevel)
	}
	for _, i := range l.settling {
		changed := r.settle(int(i), r.claims[i], l.level[i])
		r.agenda.set(int(i), r.next(int(i), changed))
	}
}

// put gives customer i a place. If it is not that of the day before, it will be settled.
func (l *limiter) put(r *replay, i, level int32) {
	if l.level[i] != level && l.due[i] != r.day {
		l.settling = append(l.settling, i)
	}
	l.level[i] = level
}

// accepts tells whether customer i may have tier k: a tier that is due, or a lower one
// that a member may fall to.
func (r *replay) accepts(i, k int) bool {
	c := &r.claims[i]
	switch {
	case k > int(c.base):
		return c.above>>k&1 == 1
	case k == int(c.base) || r.Downgrade != ToEarned:
		return true
	}
	_, ok := r.qualified(i, r.day, k, k+1)
	return ok
}

// admit returns the candidates for tier k who pass every limit that counts them: that of
// tier k, and those on the number of members of lower tiers and above. The others
// compete for lower tiers. members is the number of members of higher tiers, who have
// their places already.
func (l *limiter) admit(r *replay, k, members int) []int32 {
	passed := l.candidates
	for j := k; j >= 0; j-- {
		limit := r.tiers[j].limit
		if limit == nil || j < k && limit.Budget > 0 || len(passed) == 0 {
			continue
		}
		if limit.Budget == 0 && limit.by.isCounted() && limit.cost == nil && members+len(passed) <= limit.allowed(l.customers) {
			continue // there is room for all, whatever their rank
		}
		ranked := l.contenders(r, passed, k, j)
		ahead := members
		if limit.Budget > 0 {
			ahead = 0
		}
		fit := ranked.fitting(l, limit, ahead)
		allowed := fit
		if limit.Budget == 0 {
			allowed = limit.allowed(l.customers)
		}
		l.refusals = slices.Grow(l.refusals, len(ranked.list)-fit)
		for _, c := range ranked.list[fit:] {
			l.refuse(c.customer, refusal{tier: int32(k), limit: int32(j), first: ahead + int(c.first), last: ahead + int(c.last), fit: allowed})
			l.left = append(l.left, c.customer)
		}
		passed = passed[:0]
		for _, c := range ranked.list[:fit] {
			passed = append(passed, c.customer)
		}
	}
	return passed
}
