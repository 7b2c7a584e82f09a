package tier

import (
	"slices"

	"clientele/internal/calendar"
)

// replay is the state of all customers while days pass.
type replay struct {
	Programme
	in      Input
	tiers   []foundTier
	limited bool // whether any tier has a limit

	day   int32
	first bool // whether day is the first that is replayed
	// window is today's span of windows that are the same for everybody.
	window span

	// counted are the metrics that are summed by day, and declines tells of each
	// customer whether one of them is ever below 0.
	counted  []*metric
	declines []bool

	members []member
	// rests are the changes of each customer that may be taken back, and reversed
	// those who had one taken back today; nil where none is.
	rests    [][]Rest
	reversed map[int]reversal
	left     map[int]bool // whose tier was taken back on the night, all of it
	// from is the day from which a customer takes part.
	from []int32
	// removed has the former tier of members whose tier is not in the
	// programme any more, until they are placed again.
	removed map[int]string
	// pin is who is pinned on the day before, wanted tonight's pins, which begin
	// on a day.
	pin      map[int]heldPin
	wanted   map[int]Pin
	pinsFrom int32

	agenda agenda
	claims []claim
	limits limiter

	changes []Change
	// founding: this is the first night, which replays what came before it.
	// changes has the last one of each customer then.
	founding bool

	scratch []byte // of ids
	words   words  // of reasons
}

// foundTier is a tier with its metrics found.
type foundTier struct {
	name          string
	qualify, keep criteria
	limit         *foundLimit
}

// member is what a customer has by the rules, pinned or not.
type member struct {
	why                         string
	since, until, anchor, grace int32
	// level is the index of the tier, or NoLevel. Of members whose tier was
	// removed, it is the next lower one.
	level int32
}

// heldPin is a pin in force.
type heldPin struct {
	tier         string
	since, until int32
}

// newReplay sets out from the night before.
func newReplay(p Programme, in Input) *replay {
	n := len(in.ID)
	r := &replay{
		Programme: p, in: in,
		members: make([]member, n), from: make([]int32, n), claims: make([]claim, n),
		removed: map[int]string{}, pin: map[int]heldPin{}, wanted: map[int]Pin{},
	}
	metrics := in.metricsByName(p)
	for _, t := range p.Tiers {
		found := foundTier{name: t.Name, qualify: findCriteria(t.Qualify, metrics), keep: findCriteria(t.keep(), metrics)}
		if t.Limit != nil {
			found.limit, r.limited = findLimit(t, metrics), true
		}
		r.tiers = append(r.tiers, found)
	}
	r.counted, r.declines = countedOf(metrics), make([]bool, n)
	for i := range r.declines {
		r.declines[i] = r.hasNegative(in.Activity.Start[i], in.Activity.Start[i+1])
	}
	copy(r.from, in.FirstDay)
	for i := range r.members {
		r.members[i] = member{since: calendar.NoDay, until: calendar.NoDay, anchor: calendar.NoDay, grace: calendar.NoDay, level: NoLevel}
	}
	for _, pin := range in.Pins {
		r.wanted[pin.Customer] = pin
	}
	if p.Reverse {
		r.rests, r.reversed, r.left = make([][]Rest, n), map[int]reversal{}, map[int]bool{}
	}
	if in.Before != nil {
		r.load(in.Before.State)
	}
	return r
}

// load takes over the state of the night before.
func (r *replay) load(s State) {
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
		if r.Reverse && s.Rests != nil && isKnown(s.Rests[i], level) {
			r.rests[i] = slices.Clone(s.Rests[i])
		}
		if s.Pinned[i] {
			r.pin[i], r.from[i] = heldPin{s.PinTier[i], s.PinSince[i], s.PinUntil[i]}, always
		}
	}
}

// below is the highest tier of today that was lower than a removed one.
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
	if len(r.wanted) == 0 || r.day < r.pinsFrom {
		return false
	}
	pin, ok := r.wanted[i]
	return ok && r.day <= pin.Until
}

// yearAnchor is the day from which the customer's yearly windows are counted.
func (r *replay) yearAnchor(i int) int32 {
	m := &r.members[i]
	switch {
	case r.Window.Kind == TierYear && m.since != calendar.NoDay:
		return m.since
	case r.Window.Kind == TierYear || r.Window.Kind == MembershipYear:
		return r.in.FirstDay[i]
	}
	return 0 // a first of January
}

// todayOf is what counts for customer i to rise on a day.
func (r *replay) todayOf(i int, day int32) span {
	if day == r.day && r.Window.Kind != MembershipYear && r.Window.Kind != TierYear {
		return r.window
	}
	return r.Window.today(r.yearAnchor(i), day)
}

// reviewOf is what counts for customer i to stay on a day.
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
