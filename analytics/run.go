package analytics

import (
	"context"
	"errors"

	"clientele/analytics/cache"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/wording"
)

// Result is a night that was published.
type Result struct {
	publication.Manifest
	Path string `json:"-"` // the publication's folder
	// Cache is what was taken from the cache; nil: the job has none. It is not published: a
	// night is the same with a cache and without.
	Cache *cache.Use `json:"cache,omitempty"`
	// Removed are older nights that are kept no longer, the oldest first. They are no part of
	// what is published either.
	Removed []string `json:"removed,omitempty"`
}

// Run does one night: it reads the job's exports and publishes what they say
// of each customer. It returns what was published and where.
//
// Errors are a [job.Errors] when the job file does not fit the exports and a
// [ledger.DataError] when the exports are not fit to use, and a [MemoryError] where the
// memory is not enough. After any error the last publication is as it was.
func Run(ctx context.Context, j *job.Job, o Options) (*Result, error) {
	return inBudget(ctx, o, func(ctx context.Context, o Options) (*Result, error) { return run(ctx, j, o) })
}

func run(ctx context.Context, j *job.Job, o Options) (_ *Result, err error) {
	clock := newStopwatch(o.Step)
	pins, err := j.ReadPins()
	if err != nil {
		return nil, err
	}
	s, err := openToPublish(ctx, j, o)
	if err != nil {
		return nil, err
	}
	defer s.close(&err)
	if err := s.load(ctx, clock.start); err != nil {
		return nil, err
	}
	place, err := publish.Begin(j.OutputDir(), j.Name, s.asOf)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, place.Abort()) }()
	place.StopWith(ctx)
	place.KeepNights(int(j.Output.Keep))
	if j.Output.Table != "" {
		place.KeepLock() // until the table shows the night
	}

	f := s.frame()
	if err := follow(&f, o.Fresh); err != nil {
		return nil, err
	}
	s.memory.follow(f.Previous != nil)
	if err := guardRows(f, s.account); err != nil {
		return nil, err
	}
	clock.start(stepReduce)
	n, odd, err := s.reduce(ctx, f, stageAsks...)
	if err != nil {
		return nil, err
	}
	cached := s.tidyCache()
	if err := s.leaveEngine(ctx, place); err != nil {
		return nil, err
	}
	if err := writePurchases(place, n); err != nil {
		return nil, err
	}
	found, err := s.stages(ctx, clock, place, n, odd, pins)
	if err != nil {
		return nil, err
	}
	clock.start(stepWrite)
	m, err := found.manifest(s, o.Version)
	if err != nil {
		return nil, err
	}
	if m.Files, err = found.write(place, j, s.threads); err != nil {
		return nil, err
	}
	clock.start(stepEquity)
	written := newStaged(place, &m, f.Previous)
	if err := writeEquityLedger(written, j, found.knownOfEquity(), s.threads); err != nil {
		return nil, err
	}
	if j.Activation != nil {
		clock.start(stepActivation)
	}
	if err := activate(ctx, written, j, s.aside); err != nil {
		return nil, err
	}
	clock.start(stepPublish)
	if err := writeFeeds(written, j); err != nil {
		return nil, err
	}
	if j.Output.Report {
		if err := writePage(written, wording.In(j.Output.Language)); err != nil {
			return nil, err
		}
	}
	if err := s.leaveCluster(ctx, place, m); err != nil {
		return nil, err
	}
	r, err := commit(place, m, clock, cached)
	if err == nil {
		err = s.show(ctx, clock, r)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// commit puts the publication in place.
func commit(place *publish.Staging, m publication.Manifest, clock *stopwatch, cached *cache.Use) (_ *Result, err error) {
	m.Timings = clock.stop()
	if m.Checksum, err = publication.ChecksumOf(m); err != nil {
		return nil, err
	}
	path, err := place.Commit(m)
	if err != nil {
		return nil, err
	}
	return &Result{Manifest: m, Path: path, Cache: cached, Removed: place.Removed()}, nil
}
