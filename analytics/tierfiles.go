package analytics

import (
	"time"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/segment/tier"
)

// tierColumns are the tiers as `customers` has them, and what the next night needs
// beside: the tier that a pinned member has by the rules, and from when terms count.
func (n *night) tierColumns() publication.Columns {
	t, s := n.tiers, n.tiers.State
	columns := publication.Columns{
		column.Tier:       n.tierNames(),
		column.TierSince:  publication.Days(t.Since),
		column.TierUntil:  publication.Days(t.Until),
		column.TierStatus: publication.Texts(t.Status),
		column.TierReason: publication.Texts(t.Reason),

		column.TierOwn:       publication.Texts(s.Tier),
		column.TierOwnSince:  publication.Days(s.Since),
		column.TierOwnUntil:  publication.Days(s.Until),
		column.TierTermsFrom: publication.Days(s.Anchor),
		column.TierGrace:     publication.Days(s.Grace),
		column.TierPin:       publication.Texts(s.PinTier),
		column.TierPinSince:  publication.Days(s.PinSince),
		column.TierPinUntil:  publication.Days(s.PinUntil),
		column.TierWhy:       publication.Texts(s.Why),
	}
	if rests := s.Reversible; rests != nil {
		columns[column.TierRests] = publication.TextsAt(len(rests), func(i int) string { return restsText(rests[i]) })
	}
	return columns
}

// tierNames are the customers' tiers.
func (n *night) tierNames() publication.Cells {
	level := n.tiers.Level
	return publication.TextsAt(len(level), func(i int) string { return n.tierName(level[i]) })
}

// tierName is a level's name; members of no tier have an empty one.
func (n *night) tierName(level int) string {
	if level == tier.NoLevel {
		return ""
	}
	return n.job.Tiers.Levels[level].Name
}

// writeTiers stages what a loyalty programme acts on: who rose, fell, came and
// went since the night before, and who is about to fall.
func (n *night) writeTiers(place *publish.Staging) error {
	if n.tiers == nil {
		return nil
	}
	if err := writeColumns(place, publication.TiersDeltaFile, deltaColumns(n.tiers.Changes), csvFor(n.job)); err != nil {
		return err
	}
	return writeColumns(place, publication.TiersWarningsFile, warningColumns(n.tiers.Warnings), csvFor(n.job))
}

func deltaColumns(changes []tier.Change) []publish.Col {
	text := func(name string, of func(tier.Change) string) publish.Col {
		return publish.ColOf(name, changes, of)
	}
	return []publish.Col{
		text("change_id", func(c tier.Change) string { return c.ChangeID }),
		text("customer_id", func(c tier.Change) string { return c.ID }),
		text("op", func(c tier.Change) string { return string(c.Op) }),
		text("from", func(c tier.Change) string { return c.From }),
		text("to", func(c tier.Change) string { return c.To }),
		publish.ColOf("effective", changes, func(c tier.Change) time.Time { return tierDay(c.Effective) }),
		text("reason", func(c tier.Change) string { return c.Reason }),
		text("metric", func(c tier.Change) string { return c.Metric }),
		publish.NumbersOf("threshold", changes, func(c tier.Change) float64 { return c.Threshold }),
	}
}

func warningColumns(warnings []tier.Warning) []publish.Col {
	text := func(name string, of func(tier.Warning) string) publish.Col {
		return publish.ColOf(name, warnings, of)
	}
	number := func(name string, of func(tier.Warning) float64) publish.Col {
		return publish.NumbersOf(name, warnings, of)
	}
	return []publish.Col{
		text("customer_id", func(w tier.Warning) string { return w.ID }),
		text("tier", func(w tier.Warning) string { return w.Tier }),
		text("falls_to", func(w tier.Warning) string { return w.WouldFallTo }),
		publish.ColOf("due", warnings, func(w tier.Warning) time.Time { return tierDay(w.Due) }),
		text("status", func(w tier.Warning) string { return string(w.Status) }),
		text("metric", func(w tier.Warning) string { return w.Metric }),
		number("have", func(w tier.Warning) float64 { return w.Have }),
		number("need", func(w tier.Warning) float64 { return w.Need }),
		number("shortfall", func(w tier.Warning) float64 { return w.Shortfall }),
		text("reason", func(w tier.Warning) string { return w.Reason }),
	}
}
