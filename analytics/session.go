package analytics

import (
	"context"
	"errors"
	"time"

	"clientele/analytics/cache"
	"clientele/analytics/condition"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publish"
)

// session is a job's exports in an open engine. A run, a backtest and a check begin
// with one: open, load (or loadSample), and close at the end.
type session struct {
	job     *job.Job
	threads int
	engine  engine.Engine
	cluster *cluster // that reads the exports; nil: engine does
	leave   func()   // called when the engine is closed
	reading func(read, total int64)
	memory  *allotment // nil: no budget

	aside engine.Options // of an engine for what is read beside the exports

	kept   *cache.Folder // what earlier nights read; nil: all is read
	unkept string        // why nothing is kept, where that was asked for

	signs   *signs  // what reduce finds beside customers
	answers answers // to contacts
	spend   *job.Spend

	// What load finds.
	plan    *ledger.Plan
	account ledger.Account
	days    []ledger.DayRows // days of the rows that are used or only lie after as_of
	asOf    time.Time        // the night
}

// openToPublish opens the engine of a run that publishes.
func openToPublish(ctx context.Context, j *job.Job, o Options) (*session, error) {
	e, aside, leave, err := openEngine(ctx, j, o)
	if err != nil {
		return nil, err
	}
	s := &session{job: j, threads: o.Threads, engine: e, aside: aside, leave: leave, reading: o.Reading, memory: o.allotted}
	if s.kept, s.unkept, err = openCache(ctx, j); err != nil {
		return s.opened(err)
	}
	return s.opened(s.openOn(ctx, o, false))
}

// openToLook opens the engine for who publishes nothing.
func openToLook(ctx context.Context, j *job.Job, o Options) (*session, error) {
	e, aside, err := openEngineToLook(ctx, j, o)
	if err != nil {
		return nil, err
	}
	s := &session{job: j, threads: o.Threads, engine: e, aside: aside, leave: func() {}, reading: o.Reading, memory: o.allotted}
	return s.opened(s.openOn(ctx, o, true))
}

// opened is the session, or the error of what it could not open, with the session closed.
func (s *session) opened(err error) (*session, error) {
	if err != nil {
		s.close(&err)
		return nil, err
	}
	return s, nil
}

// leaveEngine lists the rows that were set aside, which is the last that is asked of the
// engine, and closes it. Its memory, also what it holds free for itself, is for the stages.
func (s *session) leaveEngine(ctx context.Context, place *publish.Staging) error {
	if err := writeRejects(ctx, place, s.plan, s.job); err != nil {
		return err
	}
	return s.engine.Close()
}

// close ends the session and adds to an error what went wrong by that.
func (s *session) close(err *error) {
	*err = errors.Join(*err, s.engine.Close(), s.kept.Close(), s.cluster.close())
	s.leave()
}

// load reads all rows of the exports, accounts for them, and refuses exports from
// which nothing can be learnt. It calls step as each stage begins.
func (s *session) load(ctx context.Context, step func(name string)) error {
	if err := s.read(ctx, step, (*ledger.Plan).Load); err != nil {
		return err
	}
	step(stepTally)
	if err := s.tally(ctx); err != nil {
		return err
	}
	if s.asOf = s.job.AsOf.Day; s.job.AsOf.Latest {
		s.asOf = s.account.NewestDay.AddDate(0, 0, 1)
		return checkNewest(s.job, s.days)
	}
	return nil
}

// loadSample is load for the first rows of each file. Which night it is they do not
// tell.
func (s *session) loadSample(ctx context.Context, step func(name string)) error {
	if err := s.read(ctx, step, (*ledger.Plan).LoadSample); err != nil {
		return err
	}
	return s.tally(ctx)
}

func (s *session) read(ctx context.Context, step func(name string), fill func(*ledger.Plan, context.Context, time.Time) error) (err error) {
	step(stepPrepare)
	if s.plan, err = s.prepare(ctx); err != nil {
		return err
	}
	if s.cluster == nil { // else it was read before the server was waited for
		if err := s.readBeside(ctx); err != nil {
			return err
		}
	}
	if err := s.addUp(); err != nil {
		return err
	}
	if s.reading != nil {
		s.plan.WatchReading(s.reading)
	}
	step(stepLoad)
	return fill(s.plan, ctx, s.job.AsOf.Day)
}

// readBeside reads what the job says beside its exports: conditions over the columns of customers,
// responses and exclusions, and what was spent.
func (s *session) readBeside(ctx context.Context) (err error) {
	if err := condition.Check(ctx, s.engine, s.job); err != nil {
		return err
	}
	if s.answers, err = s.readAnswers(ctx); err != nil {
		return err
	}
	s.spend, err = s.job.ReadSpend()
	return err
}

// prepare finds the exports and binds the job's expressions to them.
func (s *session) prepare(ctx context.Context) (*ledger.Plan, error) {
	switch {
	case s.cluster != nil:
		return ledger.PrepareOn(ctx, s.engine, s.cluster, s.cluster.listing, s.job)
	case s.kept == nil:
		return ledger.Prepare(ctx, s.engine, s.job)
	}
	return ledger.PrepareKept(ctx, s.engine, s.job, s.kept, s.job.Cache.Trust == job.TrustMtime)
}

func (s *session) tally(ctx context.Context) (err error) {
	if s.account, err = s.plan.Tally(ctx); err != nil {
		return err
	}
	s.memory.know(s.account.Total.Read.Rows, 0)
	if err := checkUsable(s.job, s.account); err != nil {
		return err
	}
	s.days, err = s.plan.Days(ctx)
	return err
}
