package tier

import (
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// replay is the state of all customers while days pass.
type replay struct {
	Programme
	in      Input
	tiers   []resolvedTier
	limited bool // whether any tier has a limit

	day   int32
	first bool // whether day is the first that is replayed
	// window is the span of today, for kinds of windows that are the same for everybody.
	window span

	// counted are the metrics that are summed by day. hasReturns tells for each customer
	// whether one of these is below 0 on any day.
	counted    []*metric
	hasReturns []bool

	members []member
	// reversible are the changes of each customer that returns may take back, and
	// reversed the customers whose last change was taken back today. Both are nil if the
	// programme takes nothing back.
	reversible  [][]Reversible
	reversed    map[int]reversal
	leftTonight map[int]bool // whose whole tier was taken back on the last day
	// from is the day from which a customer takes part.
	from []int32
	// removed has the former tier of members whose tier is no longer in the programme,
	// until they are placed again.
	removed map[int]string
	// pin has the pins in force on the day before, and pinsTonight those of tonight, which
	// begin on the day pinsFrom.
	pin         map[int]heldPin
	pinsTonight map[int]Pin
	pinsFrom    int32

	agenda agenda
	claims []claim // by customer, where there are limits
	limits limiter

	// had is what is left of [Before.Had]: customers whose first change is not made yet. joined
	// has the tiers of the rows that they go on from.
	had     map[int]string
	joined  map[int]string
	changes []Change
	// last is what a programme's first night keeps of the changes while the days before it
	// are replayed; nil on other nights.
	last *lastChanges

	text reasonText // of reasons
	say  wording.Language

	dayTexts map[int32]string // by day; see dayText
}

// resolvedTier is a tier with its metrics found.
type resolvedTier struct {
	name          string
	qualify, keep criteria
	limit         *resolvedLimit
}

// member is what a customer has by the rules, pinned or not.
type member struct {
	why                         string
	since, until, anchor, grace int32
	// level is the index of the tier, or NoLevel. For members whose tier was removed it
	// is the next lower tier.
	level int32
}

// heldPin is a pin in force.
type heldPin struct {
	tier         string
	since, until int32
}

// newReplay begins with what the night before left.
func newReplay(p Programme, in Input) *replay {
	n := len(in.ID)
	r := &replay{
		Programme: p, in: in, say: in.Say, dayTexts: map[int32]string{},
		members: make([]member, n), from: make([]int32, n),
		removed: map[int]string{}, pin: map[int]heldPin{}, pinsTonight: map[int]Pin{},
	}
	metrics := in.metricsByName(p)
	for _, t := range p.Tiers {
		found := resolvedTier{name: t.Name, qualify: resolveCriteria(t.Qualify, metrics), keep: resolveCriteria(t.keep(), metrics)}
		if t.Limit != nil {
			found.limit, r.limited = resolveLimit(t, metrics), true
		}
		r.tiers = append(r.tiers, found)
	}
	if r.limited {
		r.claims = make([]claim, n)
	}
	r.counted, r.hasReturns = countedOf(metrics), make([]bool, n)
	for i := range r.hasReturns {
		r.hasReturns[i] = r.hasNegative(in.Activity.Start[i], in.Activity.Start[i+1])
	}
	copy(r.from, in.FirstDay)
	for i := range r.members {
		r.members[i] = member{since: calendar.NoDay, until: calendar.NoDay, anchor: calendar.NoDay, grace: calendar.NoDay, level: NoLevel}
	}
	for _, pin := range in.Pins {
		r.pinsTonight[pin.Customer] = pin
	}
	if p.Reverse {
		r.reversible, r.reversed, r.leftTonight = make([][]Reversible, n), map[int]reversal{}, map[int]bool{}
	}
	if in.Before != nil {
		r.load()
	}
	return r
}

// load takes over the state of the night before. Its rows are those of members from there on,
// so that they are let go of.
func (r *replay) load() {
	before := *r.in.Before
	s := before.State
	before.State = State{Order: s.Order}
	r.in.Before = &before
	r.joined = map[int]string{}
	for i := range before.Had {
		r.joined[i] = s.Visible(i)
	}
	level := map[string]int32{}
	for k, t := range r.tiers {
		level[t.name] = int32(k)
	}
	for i := range r.members {
		m := &r.members[i]
		m.why, m.since, m.until, m.anchor, m.grace = s.Why[i], s.Since[i], s.Until[i], s.Anchor[i], s.Grace[i]
		if name := s.Tier[i]; name != "" {
			r.from[i] = always
			if k, ok := level[name]; ok {
				m.level = k
			} else {
				r.removed[i], m.level = name, below(name, s.Order, level)
			}
		}
		if r.Reverse && s.Reversible != nil && isKnown(s.Reversible[i], level) {
			r.reversible[i] = slices.Clone(s.Reversible[i])
		}
		if s.Pinned[i] {
			r.pin[i], r.from[i] = heldPin{s.PinTier[i], s.PinSince[i], s.PinUntil[i]}, always
		}
	}
}

// below is the highest of tonight's tiers that was lower than a removed one.
func below(removed string, order []string, level map[string]int32) int32 {
	found := int32(NoLevel)
	for _, name := range order {
		if name == removed {
			return found
		}
		if k, ok := level[name]; ok {
			found = k
		}
	}
	return int32(len(level)) - 1
}

// isPinned tells whether customer i is pinned on the day.
func (r *replay) isPinned(i int) bool {
	if len(r.pinsTonight) == 0 || r.day < r.pinsFrom {
		return false
	}
	pin, ok := r.pinsTonight[i]
	return ok && r.day <= pin.Until
}

// yearAnchor is the day from which the customer's yearly windows are counted.
func (r *replay) yearAnchor(i int) int32 {
	return r.Window.yearAnchor(r.in.FirstDay[i], r.members[i].since)
}

// todayOf is the span that counts for customer i to rise on a day.
func (r *replay) todayOf(i int, day int32) span {
	if day == r.day && r.Window.Kind != MembershipYear && r.Window.Kind != TierYear {
		return r.window
	}
	return r.Window.today(r.yearAnchor(i), day)
}

// reviewOf is the span that counts for customer i to stay on a day.
func (r *replay) reviewOf(i int, day int32) span {
	m := &r.members[i]
	switch {
	case r.Window.isYearly():
		return r.Window.review(r.yearAnchor(i), m.until, day)
	case r.Window.Kind == Rolling && day == m.until && m.level != NoLevel:
		return r.ofTerm(m.anchor, m.until)
	}
	return r.todayOf(i, day)
}
