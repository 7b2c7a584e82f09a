package tiers

import (
	"fmt"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// Recalled are the columns of the night before that the stage reads.
var Recalled = []*column.Column{
	column.Tier, column.TierOwn, column.TierOwnSince, column.TierOwnUntil, column.TierTermsFrom, column.TierGrace,
	column.TierPin, column.TierPinSince, column.TierPinUntil, column.TierWhy, column.TierRests,
}

// Recall is what the night before remembers of its members; nil where it had no tiers.
func Recall(n night.Context) (*tier.Before, error) {
	if n.Job.Tiers == nil || n.Before == nil || n.Before.Members.Len() == 0 || n.Before.Tiers == nil {
		return nil, nil //nolint:nilnil // no tiers are no error
	}
	was := remembered{n.Before.Members}
	day, err := calendar.Parse(n.Before.AsOf)
	if err != nil || !was.tiers() {
		return nil, nil //nolint:nilerr,nilnil // a night without a day has no tiers
	}
	out := &tier.Before{Night: day, State: tier.NewState(n.Customers.Len())}
	out.State.Order = n.Before.Tiers.Names()
	rows := was.rows(n.Before, out.State.Order)
	for i, at := range rows {
		if at < 0 {
			continue
		}
		if err := was.check(at); err != nil {
			return nil, n.Before.BadState(err)
		}
		was.copyTo(&out.State, i, at)
		out.State.Why[i] = sayable(out.State.Why[i], n.Say())
	}
	was.keepPins(n.Before, out)
	was.noteHad(n.Before, n.Customers.ID, out)
	for _, at := range n.Before.Gone {
		if name := was.Texts(column.Tier).At(at); name != "" {
			out.Gone = append(out.Gone, tier.GoneMember{ID: was.ID[at], Tier: name})
		}
	}
	if out.State.Reversible, err = was.reversible(rows); err != nil {
		return nil, n.Before.BadState(err)
	}
	return out, nil
}

// remembered reads the columns that [Result.Columns] gave.
type remembered struct{ *publication.State }

// tiers tells whether that night had tiers.
func (m remembered) tiers() bool {
	return m.Texts(column.Tier) != nil && m.Texts(column.TierOwn) != nil
}

// check asks for the days of who has a tier.
func (m remembered) check(at int) error {
	if m.Texts(column.TierOwn).At(at) == "" {
		return nil
	}
	for _, c := range []*column.Column{column.TierOwnSince, column.TierOwnUntil, column.TierTermsFrom} {
		if m.Days(c)[at] == calendar.NoDay {
			return fmt.Errorf("row %d: it has a tier_own and no %s", at+1, c.Name)
		}
	}
	return nil
}

// copyTo copies a member's row, but for what returns may take back.
func (m remembered) copyTo(s *tier.State, i, at int) {
	s.Tier[i], s.Why[i] = m.Texts(column.TierOwn).At(at), m.Texts(column.TierWhy).At(at)
	s.Since[i], s.Until[i] = m.Days(column.TierOwnSince)[at], m.Days(column.TierOwnUntil)[at]
	s.Anchor[i], s.Grace[i] = m.Days(column.TierTermsFrom)[at], m.Days(column.TierGrace)[at]
	s.PinTier[i], s.PinSince[i], s.PinUntil[i] = m.Texts(column.TierPin).At(at), m.Days(column.TierPinSince)[at], m.Days(column.TierPinUntil)[at]
	s.Pinned[i] = s.PinUntil[i] != calendar.NoDay
}

// sayable is a reason that tonight can say. Versions before remembered words, which are
// English: in another language they are left out.
func sayable(why string, say wording.Language) string {
	switch {
	case why == "" || wording.IsRemembered(why):
		return why
	case say.IsEnglish():
		return wording.WordsClause(why)
	}
	return ""
}

// reversible reads what returns may take back; nil where they took nothing back.
func (m remembered) reversible(was []int) ([][]tier.Reversible, error) {
	texts := m.Texts(column.TierRests)
	if texts == nil {
		return nil, nil
	}
	out := make([][]tier.Reversible, len(was))
	for i, at := range was {
		if at < 0 {
			continue
		}
		var err error
		if out[i], err = readReversible(texts.At(at)); err != nil {
			return nil, fmt.Errorf("row %d: %s: %w", at+1, column.TierRests.Name, err)
		}
	}
	return out, nil
}
