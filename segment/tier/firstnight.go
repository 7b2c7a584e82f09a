package tier

// This file is about a programme's first night, on which the days before it are replayed.
// Nobody is told of the changes of the past: whoever has a tier tonight enters it.

// lastChanges are what is needed of the last change of each customer. Its reason is that
// of the member.
type lastChanges struct {
	by   []decider      // by customer: what decided it
	pins map[int]Change // of customers who are pinned tonight
}

// decider is a metric and the threshold that decided; empty and NaN for none.
type decider struct {
	metric string
	asked  float64
}

func newLastChanges(customers int) *lastChanges {
	return &lastChanges{by: make([]decider, customers), pins: map[int]Change{}}
}

// note takes a change of customer i in place of the one before.
func (l *lastChanges) note(i int, c Change) {
	if c.Op == OpPin {
		l.pins[i] = c
		return
	}
	l.by[i] = decider{c.Metric, c.Threshold}
}

// enterAll makes the changes: every customer who has a tier tonight enters it, on the day
// on which they came to it and for the reason of their last change.
func (r *replay) enterAll() {
	entering := len(r.last.pins)
	for i := range r.members {
		if r.enters(i) {
			entering++
		}
	}
	r.changes = make([]Change, 0, entering)
	for i := range r.members {
		switch pin, pinned := r.last.pins[i]; {
		case pinned:
			pin.From = ""
			r.changes = append(r.changes, pin)
		case r.enters(i):
			r.changes = append(r.changes, r.entry(i))
		}
	}
}

// enters tells whether customer i has a tier by the rules tonight, which no pin hides.
func (r *replay) enters(i int) bool {
	_, pinned := r.last.pins[i]
	return !pinned && r.members[i].level != NoLevel
}

// entry is the change by which customer i enters.
func (r *replay) entry(i int) Change {
	m, by := &r.members[i], r.last.by[i]
	return Change{
		ID: r.in.ID[i], Op: OpEnter, To: r.held(i), Effective: m.since,
		Why: m.why, Metric: by.metric, Threshold: by.asked,
	}
}
