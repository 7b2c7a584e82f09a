package analytics

import (
	"context"

	"clientele/analytics/asset/cohorts"
	"clientele/analytics/asset/hierarchy"
	"clientele/analytics/asset/retention"
	"clientele/analytics/asset/revenue"
	"clientele/analytics/night"
	"clientele/analytics/publish"
	"clientele/analytics/referrals"
	"clientele/analytics/worth"
)

// asset is what customers are together: where their revenue comes from, who of them stays,
// what winning them cost and pays, and what accounts come to with all below them. Nil: off.
type asset struct {
	revenue   *revenue.Result
	retention *retention.Result
	cohorts   *cohorts.Result
	hierarchy *hierarchy.Result
}

// asset takes customers through its stages.
func (s *session) asset(ctx context.Context, clock *stopwatch, place *publish.Staging, n night.Context, valued *worth.Result) (a asset, err error) {
	a.revenue, err = compute(ctx, clock, stepRevenue, func() (*revenue.Result, error) { return revenue.Run(n, s.revenueNeeds(n, valued)), nil })
	if err != nil {
		return a, err
	}
	if err := writeRevenue(place, a.revenue); err != nil {
		return a, err
	}
	if a.retention, err = compute(ctx, clock, stepRetention, func() (*retention.Result, error) { return retention.Run(n), nil }); err != nil {
		return a, err
	}
	a.cohorts, err = compute(ctx, clock, stepCohorts, func() (*cohorts.Result, error) { return cohorts.Run(n, cohortNeeds(valued)), nil })
	if err != nil {
		return a, err
	}
	a.hierarchy, err = compute(ctx, clock, stepHierarchy, func() (*hierarchy.Result, error) { return hierarchy.Run(n, s.accountNeeds(valued)), nil })
	if err != nil {
		return a, err
	}
	return a, nil
}

// Files are those of its stages.
func (a asset) Files() []night.File {
	all := append(a.revenue.Files(), a.retention.Files()...)
	if a.cohorts != nil {
		all = append(all, a.cohorts.Files()...)
	}
	if a.hierarchy != nil {
		all = append(all, a.hierarchy.Files()...)
	}
	return all
}

// revenueNeeds are what sources of revenue take of the exports and of lifetime value.
func (s *session) revenueNeeds(n night.Context, valued *worth.Result) revenue.Needs {
	needs := revenue.Needs{Referred: referrals.Referred(n.Customers.Len(), s.signs.said(n.Of, n.Customers.ID))}
	if valued != nil && n.Job.CLV.Costs.Acquisition.Stated() {
		needs.Winning = valued.Won.Of
	}
	return needs
}

// cohortNeeds are what cohorts take of lifetime value.
func cohortNeeds(valued *worth.Result) (needs cohorts.Needs) {
	if valued == nil {
		return needs
	}
	needs.Won, needs.Past, needs.Future = valued.Won, valued.Past, valued.Future
	if valued.Modelled() {
		needs.Ahead = valued.Cohorts()
	}
	return needs
}

// accountNeeds are what accounts take of the exports and of lifetime value.
func (s *session) accountNeeds(valued *worth.Result) (needs hierarchy.Needs) {
	if valued != nil {
		needs.Past = valued.Past
	}
	if valued.Modelled() {
		needs.Future = valued.Future
	}
	for _, m := range s.plan.Members() {
		needs.Members = append(needs.Members, hierarchy.Member(m))
	}
	return needs
}
