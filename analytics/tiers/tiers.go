package tiers

import (
	"cmp"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// Needs are what the stage takes from elsewhere.
type Needs struct {
	Before *tier.Before // see [Recall]
	Pins   *job.Pins    // nil: no tier is given by hand
	// Metrics give the numbers of tonight by which tiers may be earned, by the names of
	// the job file.
	Metrics map[string]func() []float64
}

// of are the metrics that a programme asks for. Those of them that are counted by day are
// not among the needs.
func (needs Needs) of(p tier.Programme) map[string][]float64 {
	asked := map[string][]float64{}
	for _, name := range p.Metrics() {
		if give, known := needs.Metrics[name]; known {
			asked[name] = give()
		}
	}
	return asked
}

// Result has one entry per customer in each column.
type Result struct {
	tier.Result

	programme string
	levels    []tier.Tier
	say       wording.Language
	listed    []tier.Warning // of Warnings, those of members whom a list may name
	since     string         // the night that the changes follow; empty: this is the first
	pins      *job.Pins      // see Needs
}

// Run takes every member of the programme from last night's tier to tonight's; nil where
// the stage is off.
func Run(n night.Context, needs Needs) (*Result, error) {
	if n.Job.Tiers == nil {
		return nil, nil //nolint:nilnil // a stage that is off has no result
	}
	r := &Result{programme: n.Job.Name, say: n.Say(), levels: n.Job.Tiers.Levels, pins: needs.Pins}
	if n.Previous != nil {
		r.since = n.Previous.AsOf
	}
	p := n.Job.Tiers.Programme(n.Job.Name)
	in := inputOf(n, p, needs, needs.Before != nil && n.Job.Tiers.Apply == job.AtOnce && rulesChanged(&n.Frame))
	var err error
	if r.Result, err = p.Advance(in); err != nil {
		return nil, err
	}
	for _, w := range r.Warnings {
		if at, _ := slices.BinarySearch(n.Customers.ID, w.ID); n.MayContact(at) {
			r.listed = append(r.listed, w)
		}
	}
	return r, nil
}

// rulesChanged tells whether the night before went by other rules.
func rulesChanged(f *night.Frame) bool {
	return f.Previous != nil && f.Previous.Tiers != nil && !f.Previous.Tiers.SameRules(f.Job.Tiers)
}

// inputOf is what tonight's tiers are decided from by the rules of a programme.
func inputOf(n night.Context, p tier.Programme, needs Needs, atOnce bool) tier.Input {
	mapped := n.Job.MappedMetrics()
	from := calendar.NoDay
	if first := activityFrom(&n.Frame); !first.IsZero() {
		from = calendar.DayOf(first)
	}
	return tier.Input{
		ID: n.Customers.ID, FirstDay: n.Customers.FirstDay, AsOf: n.Today(),
		Activity: activityOf(n.Customers.Activity, usedBy(n.Job), mapped),
		From:     from,
		Static:   needs.of(p),
		Pins:     pinsOf(n, needs.Pins),
		Sums:     mapped,
		Before:   needs.Before,
		Replay:   replays(&n.Frame),
		AtOnce:   atOnce,
		Say:      n.Say(),
	}
}

// pinsOf finds the customers of the pins. A pin for somebody who is not in the list waits
// until they are.
func pinsOf(n night.Context, pins *job.Pins) []tier.Pin {
	if pins == nil {
		return nil
	}
	level := map[string]int{"": tier.NoLevel}
	for k, l := range n.Job.Tiers.Levels {
		level[l.Name] = k
	}
	at := pinOfPerson(n, pins, level)
	var found []tier.Pin
	for i, id := range n.Customers.ID {
		if k, ok := at[id]; ok {
			p := pins.List[k]
			found = append(found, tier.Pin{Customer: i, Tier: level[p.Tier], Until: calendar.DayOf(p.Until)})
		}
	}
	if strangers := len(at) - len(found); strangers > 0 {
		n.Warn("warning.pins_strangers", "pins", wording.Plain(strangers), "all", wording.Plain(len(pins.List)), "path", pins.Path)
	}
	return found
}

// pinOfPerson is the pin of each customer, whichever id it names. Of several pins of one
// person the best holds: that of the highest tier, or the one with the latest end.
func pinOfPerson(n night.Context, pins *job.Pins, level map[string]int) map[string]int {
	at := make(map[string]int, len(pins.List))
	for k, p := range pins.List {
		who := n.Of(p.Customer)
		other, twice := at[who]
		if b := pins.List[other]; !twice || cmp.Or(cmp.Compare(level[p.Tier], level[b.Tier]), p.Until.Compare(b.Until)) > 0 {
			at[who] = k
		}
	}
	if more := len(pins.List) - len(at); more > 0 {
		n.Warn("warning.pins_doubled", "pins", wording.Plain(more), "path", pins.Path)
	}
	return at
}

// Name is that of a customer's tier; members of no tier have an empty one.
func (r *Result) Name(customer int) string {
	if level := r.Level[customer]; level != tier.NoLevel {
		return r.levels[level].Name
	}
	return ""
}

// Counts sums the night's changes up; nil where tiers are off.
func (r *Result) Counts() *publication.TierCounts {
	if r == nil {
		return nil
	}
	out := &publication.TierCounts{Changes: map[tier.Op]int{}, Warnings: len(r.Warnings), Since: r.since}
	for _, c := range r.Changes {
		out.Changes[c.Op]++
	}
	if r.pins != nil {
		out.Pins = &publication.FileBeside{Path: r.pins.Path, SHA256: r.pins.SHA256, Rows: len(r.pins.List)}
	}
	return out
}
