package analytics

import (
	"context"
	"slices"

	"clientele/analytics/job"
	"clientele/internal/concurrent"
)

// The steps of a run, as Options.Step hears them and run.json times them.
const (
	stepPrepare   = "prepare"
	stepLoad      = "load"
	stepTally     = "tally"
	stepReduce    = "reduce"
	stepScores    = "rfm"
	stepWorth     = "clv"
	stepReferrals = "referrals"
	stepRevenue   = "revenue"
	stepRetention = "retention"
	stepCohorts   = "cohorts"
	stepHierarchy = "hierarchy"
	stepLifecycle = "stages"
	stepRisk      = "risk"
	stepInterests = "interests"
	stepTiers     = "tiers"
	stepGroups    = "groups"
	stepEvidence  = "evidence"
	stepAudit     = "audit"
	stepWrite     = "write"
	stepEquity    = "equity"
	stepPublish   = "publish"
	// stepActivation comes before the last, where the job has campaigns.
	stepActivation = "activation"
	// stepTable comes after the last, where the job shows customers on a cluster.
	stepTable = "table"

	stepBacktest = "backtest"
)

// StepNames are the steps of every run in order.
var StepNames = []string{
	stepPrepare, stepLoad, stepTally, stepReduce,
	stepScores, stepWorth, stepReferrals, stepRevenue, stepRetention, stepCohorts, stepHierarchy,
	stepLifecycle, stepRisk, stepInterests, stepTiers, stepGroups, stepEvidence, stepAudit,
	stepWrite, stepEquity, stepPublish,
}

// StepsOf are the steps of a run of a job.
func StepsOf(j *job.Job) []string {
	steps := slices.Clone(StepNames)
	if j.Activation != nil {
		steps = slices.Insert(steps, len(steps)-1, stepActivation)
	}
	if j.Output.Table != "" {
		steps = append(steps, stepTable)
	}
	return steps
}

// BacktestSteps are the steps of a backtest in order.
var BacktestSteps = []string{stepPrepare, stepLoad, stepTally, stepReduce, stepBacktest}

// compute takes a step that only computes. A signal need not wait for its end.
func compute[R any](ctx context.Context, clock *stopwatch, step string, do func() (R, error)) (found R, err error) {
	clock.start(step)
	err = concurrent.Until(ctx, func() (err error) {
		found, err = do()
		return err
	})
	return found, err
}
