package worth

import (
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/clv"
	"clientele/clv/backtest"
)

// blendCandidates are the models that auto blends: those whose time runs on, as that of
// a shop does.
var blendCandidates = []string{"pareto-nbd", "bg-nbd", "mbg-nbd", "nbd", "bg-cnbd-k/2", "mbg-cnbd-k/2", "mbg-cnbd-k/3"}

// Testable are the models that a backtest of the job can try: not those of
// contracts, which purchases do not show, and those that count occasions only where a
// day is one.
func Testable(j *job.Job) []string {
	var names []string
	for _, name := range clv.ModelNames() {
		if name == "sbg" || (name == "bg-bb" && UnitOf(j) != job.Day) {
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

// UnitOf is the job's model unit; the default where the stage is off.
func UnitOf(j *job.Job) job.Unit {
	if j.CLV == nil {
		return job.Defaults().CLV.Unit
	}
	return j.CLV.Unit
}

// candidates are the models of the night's blend, or the one that the job file names.
func candidates(j *job.Job) []string {
	if j.CLV != nil && j.CLV.Model != job.AutoModel {
		return []string{j.CLV.Model}
	}
	return blendCandidates
}

// BacktestOptions are those of a test of the job's models as of the night.
func BacktestOptions(f *night.Frame) backtest.Options {
	return backtest.Options{Today: f.Today(), UnitDays: UnitOf(f.Job).Days(), Models: candidates(f.Job), Workers: f.Threads}
}
