package tiers

import (
	"cmp"
	"slices"

	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// This file is about members who turned out to be one person. The person goes on from the
// best of their tiers, as it stood, with its term: nobody loses a tier by being recognised.
// What all ids did counts from tonight on, and decides at the next review.

// rows are the places of the members whose rows tonight's customers go on from.
func (m remembered) rows(before *night.Before, order []string) []int {
	rows := slices.Clone(before.Was)
	for _, j := range before.Joined {
		if rows[j.Customer] != j.At && m.better(j.At, rows[j.Customer], order) {
			rows[j.Customer] = j.At
		}
	}
	return rows
}

// better tells whether the row of one member is the better to go on from: of a higher tier
// by the rules, else one that is not in grace, else one with a longer term. A tier that was
// removed from the programme counts as no tier here, as nobody knows where it stood.
func (m remembered) better(one, other int, order []string) bool {
	level := func(at int) int { return slices.Index(order, m.Texts(column.TierOwn).At(at)) }
	safe := func(at int) int {
		if m.Days(column.TierGrace)[at] == calendar.NoDay {
			return 1
		}
		return 0
	}
	until := m.Days(column.TierOwnUntil)
	return cmp.Or(cmp.Compare(level(one), level(other)), cmp.Compare(safe(one), safe(other)), cmp.Compare(until[one], until[other])) > 0
}

// keepPins keeps the pin of a person of whom another id than that of the row is pinned, so
// that it ends as it would have.
func (m remembered) keepPins(before *night.Before, out *tier.Before) {
	places := slices.Clone(before.Joined)
	for _, j := range before.Joined {
		places = append(places, night.Joined{At: before.Was[j.Customer], Customer: j.Customer})
	}
	for _, j := range places {
		until := m.Days(column.TierPinUntil)[j.At]
		if s := &out.State; until != calendar.NoDay && !s.Pinned[j.Customer] {
			s.Pinned[j.Customer], s.PinTier[j.Customer] = true, m.Texts(column.TierPin).At(j.At)
			s.PinSince[j.Customer], s.PinUntil[j.Customer] = m.Days(column.TierPinSince)[j.At], until
		}
	}
}

// noteHad says which tiers change hands: those of the joined members end under their ids,
// and what their customers had under their own ids becomes what the person has.
func (m remembered) noteHad(before *night.Before, ids []string, out *tier.Before) {
	tiers := m.Texts(column.Tier)
	for _, j := range before.Joined {
		out.Joined = append(out.Joined, tier.GoneMember{ID: m.ID[j.At], Tier: tiers.At(j.At)})
		had := ""
		if at := before.Was[j.Customer]; m.ID[at] == ids[j.Customer] {
			had = tiers.At(at)
		}
		if had != out.State.Visible(j.Customer) {
			if out.Had == nil {
				out.Had = map[int]string{}
			}
			out.Had[j.Customer] = had
		}
	}
}
