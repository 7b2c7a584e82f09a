package tiers

import (
	"time"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// Rehearsal is what changed rules of a loyalty programme would do to its members, before
// they do it.
type Rehearsal struct {
	Since string    // the night whose rules were others
	Apply job.Apply // when the new ones apply
	Moves []Move
}

// Move is a customer whom a review tonight would leave in another tier by the new rules
// than by the old. Graces are not counted.
type Move struct {
	Customer string
	Has      string // the tier held now, empty: none
	Old, New string // the tier after a review by the old and by the new rules
	Reason   string // of the new one
}

// Rehearse compares a review of everybody tonight by the new rules with one by the old;
// nil where the two cannot be compared.
func Rehearse(n night.Context, needs Needs) (*Rehearsal, error) {
	before, err := Recall(n)
	if before == nil || err != nil {
		return nil, err
	}
	needs.Before = before
	old, err := job.Parse("run.json", n.Previous.Settings, nil, func() time.Time { return n.AsOf })
	if err != nil || old.Tiers == nil {
		return nil, nil //nolint:nilerr,nilnil // settings of a version with other keys cannot be compared
	}
	after := func(t *job.Tiers) (tier.Result, error) {
		p := t.Programme(n.Job.Name)
		p.Grace = calendar.Period{}
		return p.Advance(inputOf(n, p, needs, true))
	}
	byOld, err := after(old.Tiers)
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // rules that ask for what tonight does not have
	}
	byNew, err := after(n.Job.Tiers)
	if err != nil {
		return nil, err
	}
	r := &Rehearsal{Since: n.Previous.AsOf, Apply: n.Job.Tiers.Apply}
	for i, id := range n.Customers.ID {
		was, will := byOld.State.Visible(i), byNew.State.Visible(i)
		if was != will {
			r.Moves = append(r.Moves, Move{Customer: id, Has: before.State.Visible(i), Old: was, New: will, Reason: byNew.Reason[i]})
		}
	}
	return r, nil
}
