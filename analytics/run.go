package analytics

import (
	"context"
	"errors"
	"runtime"

	"golang.org/x/sync/errgroup"

	"clientele/analytics/engine"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publish"
)

// Options is what a run takes from its surroundings, none of which may change
// what it publishes.
type Options struct {
	Threads  int               // 0: as many as the machine has cores
	SpillDir string            // for what does not fit into memory; empty: the system's temporary folder
	Step     func(name string) // called as each stage begins; nil: not called
	Version  string            // of the program, for run.json
}

func (o Options) withDefaults() Options {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.Step == nil {
		o.Step = func(string) {}
	}
	return o
}

// StepNames are the stages of a run in order, as Options.Step hears them.
var StepNames = []string{"prepare", "load", "tally", "reduce", "rfm", "clv", "stages", "interests", "tiers", "pyramid", "publish"}

// Run does one night: it reads the job's exports and publishes what they say
// of each customer. It returns what was published and where.
//
// Errors are a [job.Errors] when the job file does not fit the exports and a
// [ledger.DataError] when the exports are not fit to use. After any error the
// last publication is as it was.
func Run(ctx context.Context, j *job.Job, o Options) (_ *Result, err error) {
	o = o.withDefaults()
	clock := newStopwatch(o.Step)

	e, err := engine.OpenDuckDB(ctx, engine.Options{Threads: o.Threads, SpillDir: o.SpillDir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()

	clock.start("prepare")
	pins, err := j.ReadPins()
	if err != nil {
		return nil, err
	}
	plan, err := ledger.Prepare(ctx, e, j)
	if err != nil {
		return nil, err
	}

	clock.start("load")
	inputs, err := load(ctx, plan, j)
	if err != nil {
		return nil, err
	}

	clock.start("tally")
	a, err := account(ctx, plan, j)
	if err != nil {
		return nil, err
	}
	n := newNight(j, a, inputs)
	n.pins = pins

	if err := n.lookAtDays(ctx, plan); err != nil {
		return nil, err
	}

	place, err := publish.Begin(outputDir(j), j.Name, n.asOf)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, place.Abort()) }()

	if n.previous, err = history.Before(outputDir(j), j.Name, n.asOf); err != nil {
		return nil, err
	}

	if err := n.guardRows(); err != nil {
		return nil, err
	}

	if err := n.work(ctx, e, plan, o, clock); err != nil {
		return nil, err
	}
	if err := n.guardLists(); err != nil {
		return nil, err
	}

	clock.start("pyramid")
	if err := n.pile(); err != nil {
		return nil, err
	}

	clock.start("publish")
	if err := n.followSpend(); err != nil {
		return nil, err
	}
	m := n.manifest(o.Version, e.Version())
	if err := writeRejects(ctx, place, plan); err != nil {
		return nil, err
	}
	// Nothing is asked of the engine any more, nor of what only the stages read:
	// both hold more than the columns of the customers need.
	if err := e.Close(); err != nil {
		return nil, err
	}
	n.forget()
	if m.Files, err = n.write(place, m.Segments); err != nil {
		return nil, err
	}
	m.Timings = clock.stop()
	path, err := place.Commit(m)
	if err != nil {
		return nil, err
	}
	return &Result{Manifest: m, Path: path}, nil
}

// work takes the ledger through the stages that each customer goes through, up
// to what is published.
func (n *night) work(ctx context.Context, e engine.Engine, plan *ledger.Plan, o Options, clock *stopwatch) error {
	clock.start("reduce")
	if err := n.reduce(ctx, e, plan); err != nil {
		return err
	}

	clock.start("rfm")
	if err := n.score(); err != nil {
		return err
	}

	clock.start("clv")
	if err := n.value(plan.HasCost, o.Threads); err != nil {
		return err
	}

	clock.start("stages")
	if err := n.stage(o.Threads); err != nil {
		return err
	}

	clock.start("interests")
	if err := n.interest(o.Threads); err != nil {
		return err
	}

	clock.start("tiers")
	return n.tier()
}

// load reads the exports into the ledger and, beside it, takes their
// fingerprints.
func load(ctx context.Context, plan *ledger.Plan, j *job.Job) ([]ledger.Input, error) {
	var inputs []ledger.Input
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return plan.Load(ctx, j.AsOf.Day) })
	both.Go(func() (err error) {
		inputs, err = plan.Hash(ctx)
		return err
	})
	return inputs, both.Wait()
}
