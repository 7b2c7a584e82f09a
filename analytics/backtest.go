package analytics

import (
	"context"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/clv/backtest"
	"clientele/internal/concurrent"
)

// BacktestOptions say what to test.
type BacktestOptions struct {
	Options
	Models []string // names of clv; nil: those that auto chooses from
}

// Backtest tells how well each lifetime model would have predicted a shop's
// past. It reads the exports as [Run] does, all customers of them, and
// publishes nothing. Errors are those of Run.
func Backtest(ctx context.Context, j *job.Job, o BacktestOptions) (*BacktestReport, error) {
	return inBudget(ctx, o.Options, func(ctx context.Context, of Options) (*BacktestReport, error) { return testBack(ctx, j, of, o.Models) })
}

func testBack(ctx context.Context, j *job.Job, o Options, models []string) (_ *BacktestReport, err error) {
	s, err := openToLook(ctx, j, o)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	if err := s.load(ctx, o.Step); err != nil {
		return nil, err
	}
	o.Step(stepReduce)
	n, _, err := s.reduce(ctx, s.frame(), tiers.Ask, singleDays)
	if err != nil {
		return nil, err
	}
	o.Step(stepBacktest)
	options := worth.BacktestOptions(&n.Frame)
	if models != nil {
		options.Models = models
	}
	var report *BacktestReport
	err = concurrent.Until(ctx, func() error {
		found, err := backtest.Run(worth.Purchases(n.Customers, func(string) bool { return true }), options)
		if err == nil {
			report = newBacktestReport(n, found)
		}
		return err
	})
	return report, err
}

// singleDays asks for all purchase days.
func singleDays(_ *night.Frame, r *customers.Request) { r.KeepSpend = true }

// BacktestModels are the models that a backtest of the job can try.
func BacktestModels(j *job.Job) []string { return worth.Testable(j) }
