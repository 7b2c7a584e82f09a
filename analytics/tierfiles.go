package analytics

import (
	"math"
	"time"

	"clientele/analytics/publish"
	"clientele/segment/tier"
)

// tierColumns are the tiers as `customers` has them.
func (n *night) tierColumns(order []int) []publish.Col {
	if n.tiers == nil {
		return nil
	}
	t := n.tiers
	return []publish.Col{
		{Name: "tier", Values: ranked(order, t.Level, n.tierName)},
		{Name: "tier_since", Values: ranked(order, t.Since, tierDay)},
		{Name: "tier_until", Values: ranked(order, t.Until, tierDay)},
		{Name: "tier_status", Values: ranked(order, t.Status, asText[tier.Status])},
		texts("tier_reason", order, t.Reason),
	}
}

// tierMemory is what the next night needs beside what `customers` shows: the
// tier that a pinned member has by the rules, and from when terms count.
func (n *night) tierMemory(order []int) []publish.Col {
	if n.tiers == nil {
		return nil
	}
	s := n.tiers.State
	day := func(name string, column []int32) publish.Col {
		return publish.Col{Name: name, Values: ranked(order, column, tierDay)}
	}
	return append([]publish.Col{
		texts("tier_own", order, s.Tier),
		day("tier_own_since", s.Since), day("tier_own_until", s.Until),
		day("tier_anchor", s.Anchor), day("tier_grace", s.Grace),
		texts("tier_pin", order, s.PinTier),
		day("tier_pin_since", s.PinSince), day("tier_pin_until", s.PinUntil),
		texts("tier_why", order, s.Why),
	}, n.restColumns(order)...)
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
	if err := writeColumns(place, "tiers_delta.csv", deltaColumns(n.tiers.Changes), csvFor(n.job)); err != nil {
		return err
	}
	return writeColumns(place, "tiers_warnings.csv", warningColumns(n.tiers.Warnings), csvFor(n.job))
}

func deltaColumns(changes []tier.Change) []publish.Col {
	text := func(name string, of func(tier.Change) string) publish.Col { return mapped(name, changes, of) }
	return []publish.Col{
		text("change_id", func(c tier.Change) string { return c.ChangeID }),
		text("customer_id", func(c tier.Change) string { return c.ID }),
		text("op", func(c tier.Change) string { return string(c.Op) }),
		text("from", func(c tier.Change) string { return c.From }),
		text("to", func(c tier.Change) string { return c.To }),
		mapped("effective", changes, func(c tier.Change) time.Time { return tierDay(c.Effective) }),
		text("reason", func(c tier.Change) string { return c.Reason }),
		text("metric", func(c tier.Change) string { return c.Metric }),
		withoutUnknown(mapped("threshold", changes, func(c tier.Change) float64 { return c.Threshold })),
	}
}

func warningColumns(warnings []tier.Warning) []publish.Col {
	text := func(name string, of func(tier.Warning) string) publish.Col { return mapped(name, warnings, of) }
	number := func(name string, of func(tier.Warning) float64) publish.Col {
		return withoutUnknown(mapped(name, warnings, of))
	}
	return []publish.Col{
		text("customer_id", func(w tier.Warning) string { return w.ID }),
		text("tier", func(w tier.Warning) string { return w.Tier }),
		text("falls_to", func(w tier.Warning) string { return w.WouldFallTo }),
		mapped("due", warnings, func(w tier.Warning) time.Time { return tierDay(w.Due) }),
		text("status", func(w tier.Warning) string { return string(w.Status) }),
		text("metric", func(w tier.Warning) string { return w.Metric }),
		number("have", func(w tier.Warning) float64 { return w.Have }),
		number("need", func(w tier.Warning) float64 { return w.Need }),
		number("shortfall", func(w tier.Warning) float64 { return w.Shortfall }),
		text("reason", func(w tier.Warning) string { return w.Reason }),
	}
}

// mapped is a column made of rows.
func mapped[Row, T any](name string, rows []Row, of func(Row) T) publish.Col {
	values := make([]T, len(rows))
	for i, r := range rows {
		values[i] = of(r)
	}
	return publish.Col{Name: name, Values: values}
}

// withoutUnknown leaves out what is unknown, NaN, of a column of numbers.
func withoutUnknown(c publish.Col) publish.Col {
	values, ok := c.Values.([]float64)
	if !ok {
		return c
	}
	c.Valid = make([]bool, len(values))
	for i, v := range values {
		c.Valid[i] = !math.IsNaN(v)
	}
	return c
}
