package tiers

import (
	"time"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// Columns are the tiers as customers has them, and what the next night needs beside: the
// tier that a pinned member has by the rules, and from when terms count.
func (r *Result) Columns() publication.Columns {
	s := r.State
	columns := publication.Columns{
		column.Tier:       publication.TextsAt(len(r.Level), r.Name),
		column.TierSince:  publication.Days(r.Since),
		column.TierUntil:  publication.Days(r.Until),
		column.TierStatus: publication.Texts(r.Status),
		column.TierReason: publication.Texts(r.Reason),

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
	if of := s.Reversible; of != nil {
		columns[column.TierRests] = publication.TextsAt(len(of), func(i int) string { return reversibleText(of[i]) })
	}
	return columns
}

// Files are what a loyalty programme acts on: who rose, fell, came and went since the
// night before, and who is about to fall.
func (r *Result) Files() []night.File {
	return []night.File{
		{Name: column.TiersDelta.File, Rows: len(r.Changes), Some: func(from, to int) []publish.Col { return r.deltaColumns(r.Changes[from:to]) }},
		{Name: column.TiersWarnings.File, Columns: warningColumns(r.listed)},
	}
}

func (r *Result) deltaColumns(changes []tier.Change) []publish.Col {
	text := func(name string, of func(tier.Change) string) publish.Col {
		return publish.ColOf(name, changes, of)
	}
	return []publish.Col{
		text("change_id", func(c tier.Change) string { return c.ChangeID(r.programme) }),
		text("customer_id", func(c tier.Change) string { return c.ID }),
		text("op", func(c tier.Change) string { return string(c.Op) }),
		text("from", func(c tier.Change) string { return c.From }),
		text("to", func(c tier.Change) string { return c.To }),
		publish.ColOf("effective", changes, func(c tier.Change) time.Time { return timeOf(c.Effective) }),
		text("reason", func(c tier.Change) string { return c.Reason(r.say) }),
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
		publish.ColOf("due", warnings, func(w tier.Warning) time.Time { return timeOf(w.Due) }),
		text("status", func(w tier.Warning) string { return string(w.Status) }),
		text("metric", func(w tier.Warning) string { return w.Metric }),
		number("have", func(w tier.Warning) float64 { return w.Have }),
		number("need", func(w tier.Warning) float64 { return w.Need }),
		number("shortfall", func(w tier.Warning) float64 { return w.Shortfall }),
		text("reason", func(w tier.Warning) string { return w.Reason }),
	}
}

// timeOf is a day as it is published: nothing where there is none.
func timeOf(day calendar.Day) time.Time {
	if day == calendar.NoDay {
		return time.Time{}
	}
	return calendar.TimeOf(day)
}
