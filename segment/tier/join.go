package tier

import (
	"maps"
	"math"
	"slices"

	"clientele/internal/wording"
)

// This file is about customers who go on from the row of another id, as the two turned out
// to be one person. The tier that counted under their own id is not that of the row: the
// changes must say so, or they would not give tonight's tiers.

// joinFirst makes a change of the first day begin with the tier that counted under the
// customer's own id: there is one change a day. It is false if nothing changes by that.
func (r *replay) joinFirst(i int, c *Change) bool {
	had, joined := r.had[i]
	if !joined || !r.first {
		return true
	}
	delete(r.had, i)
	if had == c.From {
		return true
	}
	c.From = had
	switch {
	case c.Op == OpPin || c.Op == OpUnpin:
	case had == c.To:
		return false
	default:
		c.Op = r.opOf(had, c.To)
	}
	return true
}

// recordJoined records, for customers of whom the first day had no other change, that they
// have the tier of the row that they go on from.
func (r *replay) recordJoined(first int32) {
	r.begin(first, first)
	for _, i := range slices.Sorted(maps.Keys(r.had)) {
		had, has := r.had[i], r.joined[i]
		delete(r.had, i)
		if had != has {
			r.record(i, Change{
				ID: r.in.ID[i], Op: r.opOf(had, has), From: had, To: has,
				Why: wording.Clause("tier.other_id"), Threshold: math.NaN(),
			})
		}
	}
}

// opOf is the kind of change between two tiers that members had. A tier that was removed
// since counts as a little above the next lower one.
func (r *replay) opOf(from, to string) Op {
	place := func(name string) int {
		level := map[string]int32{}
		for k, t := range r.tiers {
			level[t.name] = int32(k)
		}
		if name == "" {
			return 2 * NoLevel
		}
		if k, known := level[name]; known {
			return 2 * int(k)
		}
		return 2*int(below(name, r.in.Before.State.Order, level)) + 1
	}
	switch {
	case from == "":
		return OpEnter
	case to == "":
		return OpLeave
	case place(to) > place(from):
		return OpUpgrade
	}
	return OpDowngrade
}
