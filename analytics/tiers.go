package analytics

import (
	"fmt"
	"maps"
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// tier takes every member of the loyalty programme from last night's tier to
// tonight's.
func (n *night) tier() error {
	if n.job.Tiers == nil {
		return nil
	}
	before, err := n.tiersBefore()
	if err != nil {
		return err
	}
	in := n.tierInput(before, before != nil && n.job.Tiers.Apply == job.AtOnce && n.tierRulesChanged())
	result, err := n.job.Tiers.Programme(n.job.Name).Advance(in)
	if err != nil {
		return err
	}
	n.tiers = &result
	return nil
}

// tierInput is what tonight's tiers are decided from.
func (n *night) tierInput(before *tier.Before, atOnce bool) tier.Input {
	return tier.Input{
		ID: n.customers.ID, FirstDay: n.customers.FirstDay, AsOf: epochDays(n.asOf),
		Activity: tierActivity(n.customers.Activity, n.job.MappedMetrics()),
		From:     tierDayOf(n.activityFrom()),
		Static:   n.staticMetrics(),
		Pins:     n.tierPins(),
		Sums:     n.job.MappedMetrics(),
		Before:   before,
		Replay:   n.replaysTiers(),
		AtOnce:   atOnce,
	}
}

// replaysTiers tells whether this is the programme's first night and follows its
// rules through what came before.
func (n *night) replaysTiers() bool {
	return n.job.Tiers.Start == job.StartReplay && (n.previous == nil || n.previous.Tiers == nil)
}

// tierRulesChanged tells whether the night before went by other rules.
func (n *night) tierRulesChanged() bool {
	return n.previous != nil && n.previous.Tiers != nil && !n.previous.Tiers.SameRules(n.job.Tiers)
}

// activityFrom is the first day that a tier may count tonight: of all when the
// history is replayed.
func (n *night) activityFrom() time.Time {
	if n.replaysTiers() {
		return time.Time{}
	}
	return countsFrom(n.job.Tiers, n.lastNight())
}

// countsFrom is the first day that a tier may count when the nights from the one
// after last on are replayed. A window of years may reach back over the year that
// a review looks at, which ended as long ago as a grace is. What is taken back by
// a return began as long ago as a term is, and rests on the window before it.
func countsFrom(t *job.Tiers, last time.Time) time.Time {
	from := epochDays(last)
	if t.Returns == job.ReturnsReverse {
		const monthEnds = 31 // a term to the end of a short month is that much longer
		from = t.Term.Period().Before(from) - monthEnds
	}
	switch t.Window.Word {
	case job.Lifetime:
		return time.Time{}
	case "":
		return firstDayOf(t.Window, calendarDay(from))
	}
	const years = 3
	threeYears := calendar.Period{Months: 12 * years}
	return calendarDay(t.Grace.Period().Before(threeYears.Before(from)))
}

// tierActivity is what customers did by day in the terms of segment.
func tierActivity(a *customers.Activity, numbers []string) tier.Activity {
	const millionths = 1_000_000
	days := make([]int64, len(a.Orders))
	for i, orders := range a.Orders {
		days[i] = min(orders, 1)
	}
	out := tier.Activity{Start: a.Start, Day: a.Day, Counted: []tier.CountedMetric{
		{Name: "spend", Value: a.Net, Scale: millionths},
		{Name: "orders", Value: a.Orders, Scale: 1},
		{Name: "purchase_days", Value: days, Scale: 1},
	}}
	for k, name := range numbers {
		out.Counted = append(out.Counted, tier.CountedMetric{Name: name, Value: a.Number[k], Scale: millionths})
	}
	return out
}

// staticMetrics are the numbers of tonight by which tiers are earned, by the
// names of the job file.
func (n *night) staticMetrics() map[string][]float64 {
	m := map[string][]float64{}
	maps.Copy(m, n.scores.Metrics())
	maps.Copy(m, n.worth.Metrics())
	return m
}

// tierPins finds the customers of the pins. A pin for somebody who is not in
// the list waits until they are.
func (n *night) tierPins() []tier.Pin {
	if n.pins == nil {
		return nil
	}
	at := make(map[string]int, len(n.pins.List))
	for k, p := range n.pins.List {
		at[p.Customer] = k
	}
	level := map[string]int{"": tier.NoLevel}
	for k, l := range n.job.Tiers.Levels {
		level[l.Name] = k
	}
	var pins []tier.Pin
	for i, id := range n.customers.ID {
		if k, ok := at[id]; ok {
			p := n.pins.List[k]
			pins = append(pins, tier.Pin{Customer: i, Tier: level[p.Tier], Until: epochDays(p.Until)})
		}
	}
	if strangers := len(n.pins.List) - len(pins); strangers > 0 {
		n.warn("tiers: pins of customers who are not in the list: %d of %d in %s", strangers, len(n.pins.List), n.pins.Path)
	}
	return pins
}

// tiersBefore is what the night before remembers of its members; nil where it
// had no tiers.
func (n *night) tiersBefore() (*tier.Before, error) {
	if n.previous == nil || n.previous.Members.Len() == 0 || n.previous.Tiers == nil {
		return nil, nil
	}
	m := n.previous.Members
	asOf, err := time.Parse(time.DateOnly, n.previous.AsOf)
	was := remembered{m}
	if err != nil || !was.tiers() {
		return nil, nil //nolint:nilerr // a night without a day has no tiers
	}
	out := &tier.Before{Night: epochDays(asOf), State: tier.NewState(n.customers.Len())}
	out.State.Order = n.previous.Tiers.Names()
	for i, at := range n.was {
		if at < 0 {
			continue
		}
		if err := was.checkTier(at); err != nil {
			return nil, n.previous.BadState(err)
		}
		was.copyTo(&out.State, i, at)
	}
	for _, at := range n.gone {
		if name := m.Texts(column.Tier)[at]; name != "" {
			out.Gone = append(out.Gone, tier.GoneMember{ID: m.ID[at], Tier: name})
		}
	}
	out.State.Reversible, err = n.rests()
	return out, err
}

// remembered reads the columns that tierColumns gave.
type remembered struct{ *publication.State }

// tiers tells whether that night had tiers.
func (m remembered) tiers() bool {
	return m.Texts(column.Tier) != nil && m.Texts(column.TierOwn) != nil
}

// checkTier asks for the days of who has a tier.
func (m remembered) checkTier(at int) error {
	if m.Texts(column.TierOwn)[at] == "" {
		return nil
	}
	for _, c := range []*column.Column{column.TierOwnSince, column.TierOwnUntil, column.TierTermsFrom} {
		if m.Days(c)[at] == calendar.NoDay {
			return fmt.Errorf("row %d: it has a tier_own and no %s", at+1, c.Name)
		}
	}
	return nil
}

func (m remembered) copyTo(s *tier.State, i, at int) {
	s.Tier[i], s.Why[i] = m.Texts(column.TierOwn)[at], m.Texts(column.TierWhy)[at]
	s.Since[i], s.Until[i] = m.Days(column.TierOwnSince)[at], m.Days(column.TierOwnUntil)[at]
	s.Anchor[i], s.Grace[i] = m.Days(column.TierTermsFrom)[at], m.Days(column.TierGrace)[at]
	s.PinTier[i], s.PinSince[i], s.PinUntil[i] = m.Texts(column.TierPin)[at], m.Days(column.TierPinSince)[at], m.Days(column.TierPinUntil)[at]
	s.Pinned[i] = s.PinUntil[i] != calendar.NoDay
}

// warnOfNumbers says what about the numbers that tiers count is doubtful.
func (n *night) warnOfNumbers() {
	for k, rows := range n.oddities.UnreadNumbers {
		if rows > 0 {
			n.warn("tiers: rows where %s is not a number, which count as none: %d", n.job.MappedMetrics()[k], rows)
		}
	}
}

// tierDayOf is a day, or none for the zero time.
func tierDayOf(day time.Time) int32 {
	if day.IsZero() {
		return calendar.NoDay
	}
	return epochDays(day)
}

func tierDay(day int32) time.Time {
	if day == calendar.NoDay {
		return time.Time{} // published as nothing
	}
	return calendarDay(day)
}

// tierSummary sums up the night's tiers for run.json; nil where they are off.
func (n *night) tierSummary() *TierCounts {
	if n.tiers == nil {
		return nil
	}
	out := &TierCounts{Changes: map[tier.Op]int{}, Warnings: len(n.tiers.Warnings)}
	for _, c := range n.tiers.Changes {
		out.Changes[c.Op]++
	}
	if n.previous != nil {
		out.Since = n.previous.AsOf
	}
	if n.pins != nil {
		out.Pins = &PinsFile{Path: n.pins.Path, SHA256: n.pins.SHA256, Rows: len(n.pins.List)}
	}
	return out
}

// lastNight is the night that this one follows, or else this one.
func (n *night) lastNight() time.Time {
	if n.previous != nil {
		if day, err := time.Parse(time.DateOnly, n.previous.AsOf); err == nil {
			return day
		}
	}
	return n.asOf
}
