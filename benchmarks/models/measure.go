package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"clientele/benchmarks/process"
)

// bench is a benchmark in progress.
type bench struct {
	options
	programs []program // clientele first
	leftOut  []string  // peers that are not there, and why
	log      io.Writer
}

// entry is what one program took for one case; usage has one entry a round.
type entry struct {
	program string
	usage   []process.Usage
	fitted  fitted
	// logLikelihood is that of package clv at the program's parameters.
	logLikelihood float64
	agreement     agreement // with clientele; of peers that score
	failed        bool
}

// trial is one case with all programs that run it, clientele first.
type trial struct {
	model     string
	variant   string // of scoring
	customers int
	entries   []entry
	failures  []string // of peers, which then have no entry
}

// measure runs all cases and prints what they took.
func (o options) measure(ctx context.Context, out, log io.Writer) error {
	if err := o.validate(); err != nil {
		return err
	}
	b := bench{options: o, log: log}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	r := report{options: b.options, leftOut: b.leftOut}
	for _, p := range b.programs[1:] {
		r.peers = append(r.peers, p.name)
	}
	for _, customers := range o.customers {
		for _, model := range o.models {
			fits, scores, err := b.onTable(ctx, model, customers)
			if err != nil {
				return fmt.Errorf("%s, %d customers: %w", model, customers, err)
			}
			r.fits, r.scores = append(r.fits, fits), append(r.scores, scores...)
		}
	}
	for _, model := range o.models {
		streams, err := b.streams(ctx, model)
		if err != nil {
			return fmt.Errorf("%s, streaming: %w", model, err)
		}
		r.streams = append(r.streams, streams...)
	}
	return r.print(out)
}

// prepare makes the folder and finds the programs.
func (b *bench) prepare(ctx context.Context) (err error) {
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(b.dir, 0o755); err != nil {
		return err
	}
	own, err := clientele(b.models)
	if err != nil {
		return err
	}
	b.programs = []program{own}
	if b.python == "" {
		b.leftOut = append(b.leftOut, "lifetimes was not run: no Python was named.")
	} else {
		peer, err := lifetimes(ctx, b.python, b.dir)
		if err != nil {
			return err
		}
		b.programs = append(b.programs, peer)
	}
	// Nobody has to have R: what is missing is said in the report.
	if peer, err := clvTools(ctx, b.rscript, b.dir); err != nil {
		fmt.Fprintf(b.log, "without CLVTools: %v\n", err)
		b.leftOut = append(b.leftOut, fmt.Sprintf("CLVTools was not run: %s does not start here with that package.", b.rscript))
	} else {
		b.programs = append(b.programs, peer)
	}
	return nil
}

// onTable runs the cases of one model on one table.
func (b *bench) onTable(ctx context.Context, model string, customers int) (fits trial, scores []trial, err error) {
	path := tablePath(b.dir, model, customers)
	if there, err := isThere(path); err != nil {
		return fits, nil, err
	} else if !there {
		fmt.Fprintf(b.log, "simulating %s\n", path)
		var made int
		if _, err := b.programs[0].run(ctx, &made, "table", model, strconv.Itoa(customers), path); err != nil {
			return fits, nil, err
		}
	}
	fmt.Fprintf(b.log, "fitting %s to %d customers\n", model, customers)
	if fits, err = b.fits(ctx, model, path, customers); err != nil || model == gammaGamma {
		return fits, nil, err
	}
	for _, v := range variants {
		fmt.Fprintf(b.log, "scoring %d customers with %s, %s\n", customers, model, v.name)
		t, err := b.scores(ctx, v.name, model, path, customers)
		if err != nil {
			return fits, nil, err
		}
		scores = append(scores, t)
	}
	return fits, scores, nil
}

// fits fits one model to one table with every program that has the model, and
// judges what they found by one log-likelihood.
func (b *bench) fits(ctx context.Context, model, path string, customers int) (trial, error) {
	t := trial{model: model, customers: customers}
	slow := func(p program) bool { return slices.Contains(p.slow, model) }
	able := b.able(func(p program) bool {
		return slices.Contains(p.fits, model) && (!slow(p) || customers <= b.peerLimit)
	})
	err := b.takeTurns(ctx, &t, able, slow, func(p program, e *entry) (process.Usage, error) {
		whole, err := p.run(ctx, &e.fitted, "fit", model, path)
		return part(whole, e.fitted.CPU, e.fitted.Wall), err
	})
	if err != nil {
		return t, err
	}
	t.entries = slices.DeleteFunc(t.entries, func(e entry) bool { return e.failed })
	return t, b.judge(ctx, path, &t)
}

// takeTurns runs a case with one program after the other, round by round, so
// that a machine that slows down slows all. Those that are slow run once. A peer
// that fails is a result too: it is noted and runs no more.
func (b *bench) takeTurns(
	ctx context.Context, t *trial, able []program, slow func(program) bool, run func(program, *entry) (process.Usage, error),
) error {
	for _, p := range able {
		t.entries = append(t.entries, entry{program: p.name})
	}
	for round := range b.rounds {
		for i, p := range able {
			e := &t.entries[i]
			if round > 0 && (slow(p) || e.failed) {
				continue
			}
			usage, err := run(p, e)
			switch {
			case err == nil:
				e.usage = append(e.usage, usage)
			case i == 0 || ctx.Err() != nil:
				return err
			default:
				fmt.Fprintln(b.log, err)
				e.failed = true
				t.failures = append(t.failures, fmt.Sprintf("%s, %d customers: %s failed", t.model, t.customers, p.name))
			}
		}
	}
	return nil
}

// judge evaluates the log-likelihood of package clv at what each program found.
// A fit of clientele that somebody beats is a failure.
func (b *bench) judge(ctx context.Context, path string, t *trial) error {
	for i := range t.entries {
		e := &t.entries[i]
		params, err := json.Marshal(e.fitted.Params)
		if err != nil {
			return err
		}
		if _, err := b.programs[0].run(ctx, &e.logLikelihood, "likelihood", t.model, path, string(params)); err != nil {
			return err
		}
	}
	if ours, best := t.entries[0].logLikelihood, t.best(); ours < best-rounding*math.Abs(best) {
		return fmt.Errorf("log-likelihood: clientele stopped at %.6f, though %.6f can be had", ours, best)
	}
	return nil
}

// rounding is what two sums of a million log-likelihoods, added up in another
// order, may differ by, relative to their size.
const rounding = 1e-11

// best is the highest log-likelihood that a program found.
func (t trial) best() float64 {
	best := math.Inf(-1)
	for _, e := range t.entries {
		best = max(best, e.logLikelihood)
	}
	return best
}

// scores scores one table with every program that can, and compares what they
// leave.
func (b *bench) scores(ctx context.Context, variant, model, path string, customers int) (trial, error) {
	t := trial{model: model, variant: variant, customers: customers}
	asked, err := question(model)
	if err != nil {
		return t, err
	}
	able := b.able(func(p program) bool { return slices.Contains(p.scores, model) })
	if variant != variants[0].name {
		able = able[:1] // the peers know one way to score
	}
	left := func(program string) string { return filepath.Join(b.dir, "scored-"+name(program)+".npy") }
	never := func(program) bool { return false }
	err = b.takeTurns(ctx, &t, able, never, func(p program, e *entry) (process.Usage, error) {
		args := []string{"score", model, path, left(p.name), asked}
		if p.name == b.programs[0].name {
			args = []string{"score", variant, model, path, left(p.name)}
		}
		var s scored
		whole, err := p.run(ctx, &s, args...)
		return part(whole, s.CPU, s.Wall), err
	})
	if err != nil {
		return t, err
	}
	t.entries = slices.DeleteFunc(t.entries, func(e entry) bool { return e.failed })
	for i := 1; i < len(t.entries); i++ {
		e := &t.entries[i]
		if _, err := b.programs[0].run(ctx, &e.agreement, "compare", left(t.entries[0].program), left(e.program)); err != nil {
			return t, err
		}
	}
	return t, nil
}

// streams scores customers who stream by, more and more of them.
func (b *bench) streams(ctx context.Context, model string) (trials []trial, err error) {
	if model == gammaGamma {
		return nil, nil
	}
	for _, v := range variants {
		for _, customers := range b.stream {
			fmt.Fprintf(b.log, "streaming %d customers past %s, %s\n", customers, model, v.name)
			var s streamed
			whole, err := b.programs[0].run(ctx, &s, "stream", v.name, model, strconv.Itoa(customers))
			if err != nil {
				return nil, err
			}
			e := entry{program: b.programs[0].name, usage: []process.Usage{part(whole, s.CPU, s.Wall)}}
			trials = append(trials, trial{model: model, variant: v.name, customers: customers, entries: []entry{e}})
		}
	}
	return trials, nil
}

// able are the programs that can; clientele always can.
func (b *bench) able(can func(program) bool) []program {
	return slices.DeleteFunc(slices.Clone(b.programs), func(p program) bool { return !can(p) })
}

// part is the part of a process that it has measured itself, in seconds, with
// the peak memory of the whole.
func part(whole process.Usage, cpu, wall float64) process.Usage {
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	return process.Usage{CPU: seconds(cpu), Wall: seconds(wall), PeakMiB: whole.PeakMiB}
}
