package activation

import (
	"maps"
	"slices"

	"clientele/analytics/persons"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// remembered is what earlier nights left to tonight.
type remembered struct {
	day       calendar.Day // of the night that remembers
	memory    campaign.Memory
	campaigns []publication.DrawnCampaign
}

// recall reads what is remembered under tonight's ids. A night whose job said nothing of
// activation remembers nothing: what the newest one before it did is still so.
func recall(tonight *publication.Publication, ids []string) (r remembered, err error) {
	before, err := remembering(tonight)
	if before == nil || err != nil {
		return r, err
	}
	if r.memory, err = before.ReadMemory(); err != nil {
		return r, err
	}
	names, err := namesOf(tonight, before, ids)
	if err != nil {
		return r, err
	}
	r.day, r.campaigns = calendar.DayOf(before.Day()), before.Activation.Campaigns
	r.memory = names.rename(r.memory)
	return r, nil
}

// remembering is the newest night before this one that decided whom to contact; nil: none is
// there.
func remembering(p *publication.Publication) (*publication.Publication, error) {
	for {
		before, err := p.OpenPrevious()
		if before == nil || err != nil {
			return nil, err
		}
		if _, decided := before.Lists(publication.AssignmentsFile); decided && before.Activation != nil {
			return before, nil
		}
		p = before
	}
}

// names gives ids of an earlier night those of tonight.
type names struct {
	rules   []persons.Rule
	ids     []string            // tonight's customers, ascending
	aliases map[string]string   // that tonight publishes under another id
	parted  map[string][]string // tonight's customers whom the earlier night published under another id, by that
}

// namesOf reads the lists of both nights that say which ids are one customer.
func namesOf(tonight, before *publication.Publication, ids []string) (n names, err error) {
	n = names{ids: ids, aliases: map[string]string{}, parted: map[string][]string{}}
	if n.rules, err = cause.Spelling(tonight); err != nil {
		return n, err
	}
	err = tonight.EachAlias(func(alias, customer string) bool {
		n.aliases[alias], n.aliases[persons.Normal(alias, n.rules)] = customer, customer
		return true
	})
	if err != nil {
		return n, err
	}
	then, err := cause.Spelling(before)
	if err != nil {
		return n, err
	}
	parted := map[string]map[string]bool{}
	err = before.EachAlias(func(alias, customer string) bool {
		now := n.of(persons.Normal(alias, then))
		if _, listed := slices.BinarySearch(ids, now); !listed || now == n.of(customer) {
			return true
		}
		if parted[customer] == nil {
			parted[customer] = map[string]bool{}
		}
		parted[customer][now] = true
		return true
	})
	for customer, others := range parted {
		n.parted[customer] = slices.Sorted(maps.Keys(others))
	}
	return n, err
}

// of is tonight's id of who was published under another; who is no customer tonight keeps
// theirs.
func (n names) of(id string) string {
	for _, spelled := range []string{id, persons.Normal(id, n.rules)} {
		if _, listed := slices.BinarySearch(n.ids, spelled); listed {
			return spelled
		}
		if customer, merged := n.aliases[spelled]; merged {
			if top, below := n.aliases[customer]; below { // of one person, who stands below an account
				return top
			}
			return customer
		}
	}
	return id
}

// rename gives a memory tonight's ids. Who was one customer on the earlier night and is
// several tonight shares what was done: nobody is contacted twice, or twice as often, because
// ids have moved. It belongs to the one who keeps the id, and is parted of the others.
func (n names) rename(m campaign.Memory) campaign.Memory {
	out := campaign.Memory{HoldoutSince: m.HoldoutSince, Forgotten: m.Forgotten}
	for _, a := range m.Assignments {
		others := n.parted[a.Customer]
		a.Customer = n.of(a.Customer)
		out.Assignments = append(out.Assignments, a)
		for _, id := range others {
			a.Customer, a.Parted = id, true
			out.Assignments = append(out.Assignments, a)
		}
	}
	for _, c := range m.Planned {
		others := n.parted[c.Customer]
		c.Customer = n.of(c.Customer)
		out.Planned = append(out.Planned, c)
		for _, id := range others {
			c.Customer, c.Parted = id, true
			out.Planned = append(out.Planned, c)
		}
	}
	return out.Settled()
}
