package campaign

import (
	"cmp"
	"maps"
	"slices"
)

// plan puts together what the campaigns decided.
func (d *decision) plan() Plan {
	return Plan{
		Contacts:   d.contacts(),
		Suppressed: d.suppressed,
		Budgets:    d.use,
		Memory: Memory{
			Assignments:  d.assignments(),
			Planned:      d.allPlanned(),
			HoldoutSince: d.since,
		},
	}
}

// contacts are in order of channel, campaign priority and customer. They were listed by
// campaign and customer.
func (d *decision) contacts() []Listed {
	ordered := slices.Clone(d.listed)
	slices.SortStableFunc(ordered, func(a, b Listed) int { return cmp.Compare(a.Channel, b.Channel) })
	return ordered
}

// allPlanned are the contacts of all nights. Tonight's are after all others.
func (d *decision) allPlanned() []Contact {
	all := slices.Grow(slices.Clip(d.planned), len(d.listed))
	for _, l := range d.listed {
		all = append(all, l.Contact)
	}
	slices.SortFunc(all[len(d.planned):], Contact.compare)
	return all
}

// assignments are those of all nights, in order of experiment and customer.
func (d *decision) assignments() []Assignment {
	size := 0
	names := map[string]bool{}
	for _, of := range []map[string][]Assignment{d.remembered, d.drawn} {
		for name, some := range of {
			names[name] = true
			size += len(some)
		}
	}
	all := make([]Assignment, 0, size)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		all = d.afterTonight(all, name)
	}
	return all
}

// afterTonight appends the assignments of one experiment. Of customers who have one for
// longer it says whether they were in the audience tonight.
func (d *decision) afterTonight(all []Assignment, experiment string) []Assignment {
	drawn := d.drawn[experiment]
	audience, asked := d.audience(experiment)
	at := cursor{ids: d.night.ID}
	for _, a := range d.remembered[experiment] {
		for len(drawn) > 0 && drawn[0].Customer < a.Customer {
			all, drawn = append(all, drawn[0]), drawn[1:]
		}
		if asked {
			i := at.find(a.Customer)
			a = a.seen(i >= 0 && (audience == nil || audience[i]))
		}
		all = append(all, a)
	}
	return append(all, drawn...)
}

// audience is who was asked for in an experiment tonight, if it was asked at all; nil: all
// customers of the night.
func (d *decision) audience(experiment string) (audience []bool, asked bool) {
	if experiment == HoldoutName {
		return nil, d.rules.Holdout != nil
	}
	for _, c := range d.campaigns {
		if c.Name == experiment && c.running(d.night.Day) {
			return d.night.Audience[c.Name], true
		}
	}
	return nil, false
}
