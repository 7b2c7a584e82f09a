package analytics

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"clientele/analytics/customers"
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
var StepNames = []string{"prepare", "load", "tally", "reduce", "rfm", "clv", "stages", "tiers", "publish"}

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
	account, err := plan.Tally(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkUsable(j, account); err != nil {
		return nil, err
	}
	if j.AsOf.Latest {
		if err := checkNewest(ctx, plan, j, account.NewestDay); err != nil {
			return nil, err
		}
	}
	n := newNight(j, account)
	n.warnOfTwins(inputs)

	place, err := publish.Begin(outputDir(j), j.Name, n.asOf)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, place.Abort()) }()

	if n.previous, err = history.Before(outputDir(j), j.Name, n.asOf); err != nil {
		return nil, err
	}

	clock.start("reduce")
	n.customers, n.oddities, err = customers.Reduce(ctx, e, n.request(plan))
	if err != nil {
		return nil, err
	}
	if n.customers.Len() == 0 {
		return nil, &ledger.DataError{Path: j.Sources[0].Path, Message: "holds returns but not one order; check sources.0.returns and the sign of the amounts"}
	}

	n.warnOfOddities()

	clock.start("rfm")
	if err := n.score(); err != nil {
		return nil, err
	}

	clock.start("clv")
	if err := n.value(plan.HasCost, o.Threads); err != nil {
		return nil, err
	}

	clock.start("stages")
	if err := n.stage(o.Threads); err != nil {
		return nil, err
	}

	clock.start("tiers")
	if err := n.tier(); err != nil {
		return nil, err
	}

	clock.start("publish")
	m := n.manifest(inputs, o.Version, e.Version())
	if err := writeRejects(ctx, place, plan); err != nil {
		return nil, err
	}
	// Nothing is asked of the engine any more, and what it holds is more than
	// the columns of the customers need.
	if err := e.Close(); err != nil {
		return nil, err
	}
	if m.Files, err = n.write(place); err != nil {
		return nil, err
	}
	m.Timings = clock.stop()
	path, err := place.Commit(m)
	if err != nil {
		return nil, err
	}
	return &Result{Manifest: m, Path: path}, nil
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

// checkUsable refuses exports from which nothing can be learnt, and says what
// became of their rows.
func checkUsable(j *job.Job, a ledger.Account) error {
	if a.Total.Used.Rows > 0 {
		return nil
	}
	for i, t := range a.BySource {
		if t.Read.Rows == 0 {
			continue
		}
		reason, most := ledger.Reason(""), int64(0)
		for _, r := range ledger.Reasons {
			if n := t.Rejected[r].Rows; n > most {
				reason, most = r, n
			}
		}
		return &ledger.DataError{Path: j.Sources[i].Path, Message: fmt.Sprintf(
			"none of its %d rows can be used: %d are set aside as %s; %s", t.Read.Rows, most, reason, remedy(reason, i, j))}
	}
	return &ledger.DataError{Path: j.Sources[0].Path, Message: "holds a header and no rows; export it again"}
}

// checkNewest refuses `as_of: latest` where one mistyped year would decide for
// all: everybody's recency would be counted from it.
func checkNewest(ctx context.Context, plan *ledger.Plan, j *job.Job, newest time.Time) error {
	before, err := plan.DayBefore(ctx, newest)
	const longest = 366 * 24 * time.Hour // without a single transaction
	if err != nil || before.IsZero() || newest.Sub(before) <= longest {
		return err
	}
	return &ledger.DataError{Path: j.Sources[0].Path, Message: fmt.Sprintf(
		"as_of: latest would be after %s, but the newest transactions before that day are of %s; look for a mistyped date, or give as_of a day",
		newest.Format(time.DateOnly), before.Format(time.DateOnly))}
}

// remedy says what to do about a reason under which everything was set aside.
func remedy(r ledger.Reason, source int, j *job.Job) string {
	key := fmt.Sprintf("sources.%d", source)
	columns := j.Sources[source].Columns
	switch r {
	case ledger.Anonymous:
		return fmt.Sprintf("check %s.columns.customer, %q: it is empty in all of them", key, columns.Customer)
	case ledger.Filtered:
		return fmt.Sprintf("check %s.where, %q: it holds for none of them", key, j.Sources[source].Where)
	case ledger.NoTime, ledger.TimeUnreadable:
		return fmt.Sprintf("check %s.columns.time, %q: expected dates such as 2011-12-09 or an expression such as strptime(column, '%%d.%%m.%%Y') or, for seconds since 1970, to_timestamp(column)", key, columns.Time)
	case ledger.AfterAsOf:
		return "check as_of, " + j.AsOf.String() + ", or use as_of: latest"
	case ledger.AmountUnreadable:
		return fmt.Sprintf("check %s.columns.amount, %q: expected numbers such as 12.50, or an expression that makes them, such as replace(column, ',', '.')", key, columns.Amount)
	default:
		return "check that the file is UTF-8 and that its lines have the columns of the header"
	}
}
