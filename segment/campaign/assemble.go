package campaign

import (
	"maps"
	"slices"
)

// plan puts together what the campaigns decided.
func (d *decision) plan() Plan {
	tonight := d.contacts()
	return Plan{
		Contacts:   tonight,
		Suppressed: d.suppressed,
		Budgets:    d.use,
		Memory: Memory{
			Assignments:  d.assignments(),
			Planned:      d.allPlanned(tonight),
			HoldoutSince: d.since,
			Forgotten:    d.forgotten,
		},
	}
}

// contacts are in order of channel, campaign priority and customer.
func (d *decision) contacts() []Listed {
	size := 0
	channels := map[string]bool{}
	for _, c := range d.campaigns {
		for _, channel := range c.Channels {
			channels[channel] = true
		}
		size += len(d.entries(c.Name))
	}
	all := make([]Listed, 0, size)
	d.place = make([]int32, len(d.night.ID))
	for _, channel := range slices.Sorted(maps.Keys(channels)) {
		for _, c := range d.campaigns {
			all = d.list(all, c, channel)
		}
	}
	return all
}

func (d *decision) entries(experiment string) []entry {
	if drawn := d.drawn[experiment]; drawn != nil {
		return drawn.entries
	}
	return nil
}

// list appends those whom a campaign contacts through a channel.
func (d *decision) list(all []Listed, c Campaign, channel string) []Listed {
	for _, e := range d.entries(c.Name) {
		if e.treated && c.Channels[e.channel] == channel {
			d.place[e.customer] = int32(len(all) + 1)
			contact := Contact{Customer: d.night.ID[e.customer], Campaign: c.Name, Channel: channel, Day: d.night.Day}
			all = append(all, Listed{Contact: contact, Until: c.Ends, Uplift: d.uplift(c, e.customer)})
		}
	}
	return all
}

// allPlanned are the contacts of all nights. Tonight's, of which a customer has one at most,
// are after all others.
func (d *decision) allPlanned(tonight []Listed) []Contact {
	all := slices.Grow(slices.Clip(d.planned), len(tonight))
	for _, k := range d.place {
		if k > 0 {
			all = append(all, tonight[k-1].Contact)
		}
	}
	return all
}

// assignments are those of all nights, in order of experiment and customer.
func (d *decision) assignments() []Assignment {
	size, labels := 0, 0
	names := map[string]bool{}
	for name, some := range d.remembered {
		names[name] = true
		size += len(some)
	}
	for name, tonight := range d.drawn {
		names[name] = true
		size += len(tonight.entries)
		labels += len(tonight.entries) * (len(d.night.Strata) + 1)
	}
	all := make([]Assignment, 0, size)
	d.room = make([]string, 0, labels)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		all = d.afterTonight(all, name)
	}
	return all
}

// afterTonight appends the assignments of one experiment. Of customers who have one for
// longer it says whether they were in the audience tonight.
func (d *decision) afterTonight(all []Assignment, experiment string) []Assignment {
	drawn := d.entries(experiment)
	enter := func() {
		all, drawn = append(all, d.assignment(d.drawn[experiment].campaign, drawn[0])), drawn[1:]
	}
	audience, asked := d.audience(experiment)
	at := cursor{ids: d.night.ID}
	for _, a := range d.remembered[experiment] {
		for len(drawn) > 0 && d.night.ID[drawn[0].customer] < a.Customer {
			enter()
		}
		if asked {
			i := at.find(a.Customer)
			a = a.seen(i >= 0 && (audience == nil || audience[i]))
		}
		all = append(all, a)
	}
	for len(drawn) > 0 {
		enter()
	}
	return all
}

// assignment is what is remembered of an entry. Its labels are put into the room for them.
func (d *decision) assignment(c Campaign, e entry) Assignment {
	from := len(d.room)
	for _, column := range d.night.Strata {
		d.room = append(d.room, column[e.customer])
	}
	if len(c.Channels) > 0 {
		d.room = append(d.room, c.Channels[e.channel])
	}
	return Assignment{
		Campaign: c.Name, Customer: d.night.ID[e.customer], Arm: e.arm(), Since: d.night.Day,
		Share: c.Control, Explored: e.explored, Forecast: d.night.Forecast[e.customer],
		Strata: slices.Clip(d.room[from:]), Entries: 1, In: true,
	}
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
