package analytics

import (
	"context"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/segment/tier"
)

// TierRehearsal is what changed rules of a loyalty programme would do to its
// members, before they do it.
type TierRehearsal struct {
	Since string    // the night whose rules were others
	Apply job.Apply // when the new ones apply
	Moves []TierMove
}

// TierMove is a customer whom a review tonight would leave in another tier by
// the new rules than by the old. Graces are not counted.
type TierMove struct {
	Customer string
	Has      string // the tier held now, empty: none
	Old, New string // the tier after a review by the old and by the new rules
	Reason   string // of the new one
}

// rehearse works out tonight's tiers by the old rules and by the new, and publishes
// nothing. It is nil if the rules have not changed.
func rehearse(ctx context.Context, j *job.Job, o Options) (_ *TierRehearsal, err error) {
	if j.Tiers == nil {
		return nil, nil
	}
	pins, err := j.ReadPins()
	if err != nil {
		return nil, err
	}
	// As of latest, the night is known only once the exports are read; the
	// newest publication tells whether it is worth it.
	latest := j.AsOf.Day
	if j.AsOf.Latest {
		latest = farFuture
	}
	if before, err := history.Before(outputDir(j), j.Name, latest); err != nil || before == nil || before.Tiers == nil || before.Tiers.SameRules(j.Tiers) {
		return nil, err
	}
	s, err := openToLook(ctx, j, o)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	if err := s.load(ctx, func(string) {}); err != nil {
		return nil, err
	}
	n := newNight(s)
	n.pins = pins
	if n.previous, err = history.Before(outputDir(j), j.Name, n.asOf); err != nil || n.previous == nil {
		return nil, err
	}
	if err := n.work(ctx, s, o, newStopwatch(o.Step)); err != nil {
		return nil, err
	}
	var r *TierRehearsal
	err = concurrent.Until(ctx, func() (err error) {
		r, err = n.rehearsal()
		return err
	})
	return r, err
}

// farFuture is later than any night.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// rehearsal compares a review of everybody tonight by the new rules with one by
// the old.
func (n *night) rehearsal() (*TierRehearsal, error) {
	before, err := n.tiersBefore()
	if before == nil || err != nil {
		return nil, err
	}
	never := func() time.Time { return n.asOf }
	old, err := job.Parse("run.json", n.previous.Settings, nil, never)
	if err != nil || old.Tiers == nil {
		return nil, nil //nolint:nilerr // settings of a version with other keys cannot be compared
	}
	after := func(t *job.Tiers) (tier.Result, error) {
		p := t.Programme(n.job.Name)
		p.Grace = calendar.Period{}
		return p.Advance(n.tierInput(before, true))
	}
	byOld, err := after(old.Tiers)
	if err != nil {
		return nil, nil //nolint:nilerr // rules that ask for what tonight does not have
	}
	byNew, err := after(n.job.Tiers)
	if err != nil {
		return nil, err
	}
	r := &TierRehearsal{Since: n.previous.AsOf, Apply: n.job.Tiers.Apply}
	for i, id := range n.customers.ID {
		was, will := byOld.State.Visible(i), byNew.State.Visible(i)
		if was != will {
			r.Moves = append(r.Moves, TierMove{Customer: id, Has: before.State.Visible(i), Old: was, New: will, Reason: byNew.Reason[i]})
		}
	}
	return r, nil
}
