package analytics

import (
	"context"
	"slices"

	"clientele/analytics/job"
	"clientele/clv"
	"clientele/clv/backtest"
	"clientele/internal/concurrent"
)

// BacktestSteps are the stages of a backtest in order, as Options.Step hears
// them.
var BacktestSteps = []string{"prepare", "load", "tally", "reduce", "backtest"}

// BacktestOptions say what to test.
type BacktestOptions struct {
	Options
	Models []string // names of clv; nil: those that auto chooses from
}

// Backtest tells how well each lifetime model would have predicted a shop's
// past. It reads the exports as [Run] does, all customers of them, and
// publishes nothing. Errors are those of Run.
func Backtest(ctx context.Context, j *job.Job, o BacktestOptions) (_ *BacktestReport, err error) {
	o.Options = o.withDefaults()
	s, err := openToLook(ctx, j, o.Options)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	if err := s.load(ctx, o.Step); err != nil {
		return nil, err
	}
	n := newNight(s)
	o.Step("reduce")
	n.keepDays = true
	if err := n.reduce(ctx, s); err != nil {
		return nil, err
	}
	o.Step("backtest")
	options := n.backtestOptions(o.Threads)
	if o.Models != nil {
		options.Models = o.Models
	}
	var report *BacktestReport
	err = concurrent.Until(ctx, func() error {
		found, err := backtest.Run(n.historyOf(func(string) bool { return true }), options)
		if err == nil {
			report = newBacktestReport(n, found)
		}
		return err
	})
	return report, err
}

// blendCandidates are the models that auto blends: those whose time runs on, as that of
// a shop does.
var blendCandidates = []string{"pareto-nbd", "bg-nbd", "mbg-nbd", "nbd", "bg-cnbd-k/2", "mbg-cnbd-k/2", "mbg-cnbd-k/3"}

// BacktestModels are the models that a backtest of the job can try: not those of
// contracts, which purchases do not show, and those that count occasions only where a
// day is one.
func BacktestModels(j *job.Job) []string {
	var names []string
	for _, name := range clv.ModelNames() {
		if name == "sbg" || (name == "bg-bb" && unitOf(j) != job.Day) {
			continue
		}
		names = append(names, name)
	}
	for _, name := range blendCandidates {
		if !slices.Contains(names, name) { // with a stated k
			names = append(names, name)
		}
	}
	return names
}

// unitOf is the job's model unit; the default where the stage is off.
func unitOf(j *job.Job) job.Unit {
	if j.CLV == nil {
		return job.Defaults().CLV.Unit
	}
	return j.CLV.Unit
}

func (n *night) backtestOptions(workers int) backtest.Options {
	return backtest.Options{
		Today: epochDays(n.asOf), UnitDays: unitOf(n.job).Days(), Models: n.candidates(), Workers: workers,
	}
}
