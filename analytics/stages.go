package analytics

import (
	"context"
	"maps"

	"clientele/analytics/activity"
	"clientele/analytics/asset/retention"
	"clientele/analytics/asset/revenue"
	"clientele/analytics/audit"
	"clientele/analytics/customers"
	"clientele/analytics/evidence"
	"clientele/analytics/groups"
	"clientele/analytics/interests"
	"clientele/analytics/job"
	"clientele/analytics/lifecycle"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/referrals"
	"clientele/analytics/risk"
	"clientele/analytics/scores"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/segment/tier"
)

// stageAsks are what the stages want to know of each customer.
var stageAsks = []ask{activity.Ask, evidence.Ask, scores.Ask, worth.Ask, lifecycle.Ask, interests.Ask, tiers.Ask, revenue.Ask, retention.Ask}

// stages takes the customers through all stages, each given what it needs of those before.
// It is the one place where they meet.
//
// What only they read, such as the night before, is let go of when it returns: the files
// that follow are written from the columns that are left. What is as large as all purchase
// days is let go of by the stage that is the last to read it.
func (s *session) stages(ctx context.Context, clock *stopwatch, place *publish.Staging, n night.Context, odd customers.Oddities, pins *job.Pins) (*found, error) {
	heard, err := s.hear(&n)
	if err != nil {
		return nil, err
	}
	scored, err := compute(ctx, clock, stepScores, func() (*scores.Result, error) { return scores.Run(n) })
	if err != nil {
		return nil, err
	}
	valued, err := compute(ctx, clock, stepWorth, func() (*worth.Result, error) { return worth.Run(n) })
	if err != nil {
		return nil, err
	}
	warnOfRanking(&n.Frame, valued)
	brought, err := compute(ctx, clock, stepReferrals, func() (*referrals.Result, error) {
		return referrals.Run(n, referralNeeds(n, s.signs, valued)), nil
	})
	if err != nil {
		return nil, err
	}
	owned, err := s.asset(ctx, clock, place, n, valued)
	if err != nil {
		return nil, err
	}
	// Those were the last to ask for these: Sales are a fifth of all there is.
	n.Customers.Sales, n.Customers.FirstLabels, n.Customers.CohortMonths, n.Customers.Group = nil, nil, nil, nil
	lived, err := compute(ctx, clock, stepLifecycle, func() (*lifecycle.Result, error) { return lifecycle.Run(n, lifecycleNeeds(valued)) })
	if err != nil {
		return nil, err
	}
	recallOnly(n, recalledFromTiers)
	if n.Previous == nil {
		n.Customers.DaySold = nil // the audit alone still reads it, of nights that follow another
	}
	risked, err := compute(ctx, clock, stepRisk, func() (*risk.Result, error) { return weigh(n, lived, valued), nil })
	if err != nil {
		return nil, err
	}
	lost, err := compute(ctx, clock, stepInterests, func() (*interests.Result, error) { return interests.Run(n, segmentsOf(scored)) })
	if err != nil {
		return nil, err
	}
	tiered, err := compute(ctx, clock, stepTiers, func() (*tiers.Result, error) {
		before, err := tiers.Recall(n)
		if err != nil {
			return nil, err
		}
		recallOnly(n, recalledFromGroups)
		return tiers.Run(n, tierNeeds(before, pins, scored, valued))
	})
	if err != nil {
		return nil, err
	}
	n.Customers.Activity = nil
	if err := guardLists(n, tiered); err != nil {
		return nil, err
	}
	grouped, err := compute(ctx, clock, stepGroups, func() (*groups.Result, error) {
		return groups.Run(n, groupNeeds(&n.Frame, scored, tiered, lived, valued))
	})
	if err != nil {
		return nil, err
	}
	proof, err := compute(ctx, clock, stepEvidence, func() (*publication.Evidence, error) {
		return evidence.Run(n, evidenceNeeds(n, scored, valued)), nil
	})
	if err != nil {
		return nil, err
	}
	audited, err := compute(ctx, clock, stepAudit, func() ([]publication.AuditedNight, error) { return audit.Run(n) })
	if err != nil {
		return nil, err
	}
	return &found{
		base: baseOf(n, s.plan.Attributes, tiered, s.signs), activity: activity.Run(n), odd: odd, warnings: n.Warnings, previous: previousOf(n), identity: identityOf(n, s.plan), heard: heard,
		scores: scored, worth: valued, referrals: brought, asset: owned, lifecycle: lived, risk: risked, interests: lost, tiers: tiered, groups: grouped, pyramid: n.Job.Pyramid != nil, audits: audited, evidence: proof,
	}, nil
}

// found is what the stages found; nil: off.
type found struct {
	base      base
	activity  *activity.Result
	odd       customers.Oddities
	warnings  *night.Warnings
	previous  *publication.PreviousNight
	identity  *identity
	heard     *heard
	scores    *scores.Result
	worth     *worth.Result
	referrals *referrals.Result
	asset     asset
	lifecycle *lifecycle.Result
	risk      *risk.Result
	interests *interests.Result
	tiers     *tiers.Result
	groups    *groups.Result
	pyramid   bool // customers are in levels
	audits    []publication.AuditedNight
	evidence  *publication.Evidence
}

// referralNeeds are what referrals take of the exports and of lifetime value.
func referralNeeds(n night.Context, s *signs, valued *worth.Result) referrals.Needs {
	if valued == nil {
		return referrals.Needs{}
	}
	return referrals.Needs{Said: s.said(n.Of, n.Customers.ID), CLV: valued.CLV}
}

// lifecycleNeeds are what stages of the relationship take of lifetime value.
func lifecycleNeeds(valued *worth.Result) lifecycle.Needs {
	needs := lifecycle.Needs{Weights: valued.Weights}
	if valued != nil {
		needs.PAlive = valued.PAlive
	}
	return needs
}

// weigh says what is at stake with whom; nil without stages or lifetime values.
func weigh(n night.Context, lived *lifecycle.Result, valued *worth.Result) *risk.Result {
	if lived == nil || valued == nil {
		return nil
	}
	needs := risk.Needs{
		Stage: lived.Stage, Decline: lived.Decline, Momentum: lived.Momentum, UsualGap: lived.UsualGap, AppendReasons: lived.AppendReasons,
		Future: valued.Future, PNext: valued.PNext,
	}
	if valued.Modelled() {
		needs.FormerPace = valued.AtPace(lived.FormerRate)
	}
	return risk.Run(n, needs)
}

// segmentsOf are the named segments of the customers; nil where scores are off.
func segmentsOf(scored *scores.Result) []string {
	if scored == nil {
		return nil
	}
	return scored.Segment
}

// tierNeeds are what the night before remembers of tiers, and the numbers of earlier stages by
// which they may be earned.
func tierNeeds(before *tier.Before, pins *job.Pins, scored *scores.Result, valued *worth.Result) tiers.Needs {
	metrics := map[string]func() []float64{}
	maps.Copy(metrics, scored.Metrics())
	maps.Copy(metrics, valued.Metrics())
	return tiers.Needs{Before: before, Pins: pins, Metrics: metrics}
}

// groupNeeds are the ways in which stages group customers, in the order of segments.csv,
// and what customers are worth.
func groupNeeds(f *night.Frame, scored *scores.Result, tiered *tiers.Result, lived *lifecycle.Result, valued *worth.Result) groups.Needs {
	var needs groups.Needs
	if scored != nil {
		needs.Kinds = append(needs.Kinds, scored.Kind(f))
	}
	if tiered != nil {
		needs.Kinds = append(needs.Kinds, tiered.Kind(f))
	}
	if lived != nil {
		needs.Kinds = append(needs.Kinds, lived.Kind(f))
	}
	if valued != nil {
		needs.Past, needs.Future, needs.CLV, needs.Modelled = valued.Past, valued.Future, valued.CLV, valued.Modelled()
	}
	return needs
}

// evidenceNeeds are the test of the models, scores, and what models expect of customers.
func evidenceNeeds(n night.Context, scored *scores.Result, valued *worth.Result) evidence.Needs {
	needs := evidence.Needs{Repeats: valued.ExpectedRepeats}
	needs.Tested, needs.Untested = valued.Tested()
	var days []float64
	needs.Spend, days = worth.RepeatSpend(n.Customers)
	needs.ExpectedSpend = func(edges []float64) []float64 { return valued.ExpectedSpend(edges, days) }
	if scored != nil {
		needs.R, needs.F, needs.Monetary = scored.R, scored.F, scored.Net
	}
	if valued != nil {
		needs.Future = valued.Future
	}
	return needs
}
