package analytics

import (
	"context"
	"errors"
	"runtime"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// Options is what a run takes from its surroundings. But for Fresh none may change what
// it publishes.
type Options struct {
	// Fresh leaves all earlier publications behind: tonight is the first night of a new
	// history, and says so.
	Fresh bool

	Threads  int               // 0: as many as the machine has cores
	SpillDir string            // for what does not fit into memory; empty: beside the publications
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
var StepNames = []string{"prepare", "load", "tally", "reduce", "rfm", "clv", "stages", "risk", "interests", "tiers", "pyramid", "audit", "publish"}

// Run does one night: it reads the job's exports and publishes what they say
// of each customer. It returns what was published and where.
//
// Errors are a [job.Errors] when the job file does not fit the exports and a
// [ledger.DataError] when the exports are not fit to use. After any error the
// last publication is as it was.
func Run(ctx context.Context, j *job.Job, o Options) (_ *Result, err error) {
	o = o.withDefaults()
	clock := newStopwatch(o.Step)

	s, err := openToPublish(ctx, j, o)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	pins, err := j.ReadPins()
	if err != nil {
		return nil, err
	}
	if err := s.load(ctx, clock.start); err != nil {
		return nil, err
	}
	n := newNight(s)
	n.pins = pins

	place, err := publish.Begin(outputDir(j), j.Name, n.asOf)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, place.Abort()) }()
	place.StopWith(ctx)

	if err := n.follow(o.Fresh); err != nil {
		return nil, err
	}

	if err := n.guardRows(); err != nil {
		return nil, err
	}

	if err := n.work(ctx, s, o, clock); err != nil {
		return nil, err
	}
	if err := n.guardLists(); err != nil {
		return nil, err
	}

	clock.start("pyramid")
	if err := concurrent.Until(ctx, n.pile); err != nil {
		return nil, err
	}

	clock.start("audit")
	if err := concurrent.Until(ctx, func() error { return n.audit(o.Threads) }); err != nil {
		return nil, err
	}

	clock.start("publish")
	m, err := n.sumUp(ctx, o.Version, s.engine.Version())
	if err != nil {
		return nil, err
	}
	if err := writeRejects(ctx, place, s.plan, j); err != nil {
		return nil, err
	}
	// Nothing is asked of the engine any more, nor of what only the stages read:
	// both hold more than the columns of the customers need.
	if err := s.engine.Close(); err != nil {
		return nil, err
	}
	n.forget()
	if m.Files, err = n.write(place, m.Segments); err != nil {
		return nil, err
	}
	m.Timings = clock.stop()
	if m.Checksum, err = publication.ChecksumOf(m); err != nil {
		return nil, err
	}
	path, err := place.Commit(m)
	if err != nil {
		return nil, err
	}
	return &Result{Manifest: m, Path: path}, nil
}

// work takes the ledger through the stages that each customer goes through, up
// to what is published. The stages after the first only compute, so that a signal
// need not wait for the end of a fit.
func (n *night) work(ctx context.Context, s *session, o Options, clock *stopwatch) error {
	clock.start("reduce")
	if err := n.reduce(ctx, s); err != nil {
		return err
	}
	for _, stage := range []struct {
		name string
		do   func() error
	}{
		{"rfm", n.score},
		{"clv", n.value},
		{"stages", n.stage},
		{"risk", n.weighRisk},
		{"interests", n.interest},
		{"tiers", n.tier},
	} {
		clock.start(stage.name)
		if err := concurrent.Until(ctx, stage.do); err != nil {
			return err
		}
	}
	return nil
}

// sumUp gives the manifest, but for the files.
func (n *night) sumUp(ctx context.Context, version, engineVersion string) (m Manifest, err error) {
	err = concurrent.Until(ctx, func() (err error) {
		if err := n.followSpend(); err != nil {
			return err
		}
		m, err = n.manifest(version, engineVersion)
		return err
	})
	return m, err
}
