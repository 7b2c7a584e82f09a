package analytics

import (
	"context"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/scores"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/internal/concurrent"
)

// rehearse works out tonight's tiers by the old rules and by the new, and publishes
// nothing. It is nil if the rules have not changed.
func rehearse(ctx context.Context, j *job.Job, o Options) (_ *tiers.Rehearsal, err error) {
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
	if before, err := history.Before(j.OutputDir(), j.Name, latest); err != nil || before == nil || before.Tiers == nil || before.Tiers.SameRules(j.Tiers) {
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
	f := s.frame()
	if f.Previous, err = history.Before(j.OutputDir(), j.Name, f.AsOf); err != nil || f.Previous == nil {
		return nil, err
	}
	n, _, err := s.reduce(ctx, f, scores.Ask, worth.Ask, tiers.Ask)
	if err != nil {
		return nil, err
	}
	var r *tiers.Rehearsal
	err = concurrent.Until(ctx, func() error {
		scored, err := scores.Run(n)
		if err != nil {
			return err
		}
		valued, err := worth.Run(n)
		if err != nil {
			return err
		}
		r, err = tiers.Rehearse(n, tierNeeds(nil, pins, scored, valued))
		return err
	})
	return r, err
}

// farFuture is later than any night.
var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
