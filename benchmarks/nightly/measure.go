package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"clientele/analytics/publication"
	"clientele/benchmarks/process"
)

// trial is what the rounds over one format of the export gave; entry i of each
// column belongs to round i.
type trial struct {
	format                  string
	clientele, next, duckdb []process.Usage      // next: the night after, with a publication before it
	grown                   []process.Usage      // a night after, with a cache and a hundredth of new rows
	phases, nextPhases      []map[string]float64 // seconds of clientele by stage
	rows, customers         int64                // read and found by clientele
}

// measure runs both programs in turn over each format and prints what they
// took.
func (o options) measure(ctx context.Context, out, log io.Writer) error {
	if err := o.validate(); err != nil {
		return err
	}
	var err error
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return err
	}
	if o.clientele == "" {
		if o.clientele, err = built(ctx, o.dir, log); err != nil {
			return err
		}
	}
	r := report{customers: o.customers, rounds: o.rounds}
	if r.duckDB, err = duckDBVersion(ctx); err != nil {
		return err
	}
	for _, format := range o.formats {
		t, err := o.try(ctx, format, log)
		if err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
		r.trials = append(r.trials, t)
	}
	if r.rivalry, err = o.race(ctx, log); err != nil {
		return err
	}
	return r.print(out)
}

// built makes the program to time from the sources that this one is part of.
func built(ctx context.Context, dir string, log io.Writer) (string, error) {
	path := filepath.Join(dir, "clientele")
	fmt.Fprintf(log, "building %s\n", path)
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "duckdb_arrow", "-o", path, "clientele/cmd/clientele")
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build clientele: %w: %s; run this inside the module, or name a program with --clientele", err, output)
	}
	return path, nil
}

// try runs all rounds over one format.
func (o options) try(ctx context.Context, format string, log io.Writer) (*trial, error) {
	p, err := o.prepare(ctx, format, log)
	if err != nil {
		return nil, err
	}
	t := &trial{format: format}
	for round := range o.rounds {
		fmt.Fprintf(log, "%s: round %d of %d\n", format, round+1, o.rounds)
		if err := p.round(ctx, t); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// pair is the two programs on one export.
type pair struct {
	clientele, self  string // programs
	export, job      string // what they read
	published, floor string // folders that clientele and DuckDB alone write to
	grown            *grown
}

// prepare makes what the rounds over one format need.
func (o options) prepare(ctx context.Context, format string, log io.Writer) (p pair, err error) {
	p.clientele = o.clientele
	p.published, p.floor = filepath.Join(o.dir, "clientele-"+format), filepath.Join(o.dir, "duckdb-"+format)
	if p.self, err = os.Executable(); err != nil {
		return p, err
	}
	if p.export, err = simulated(ctx, o.clientele, o.dir, o.customers, format, log); err != nil {
		return p, err
	}
	if p.job, err = writeJob(p.export); err != nil {
		return p, err
	}
	p.grown, err = grow(ctx, o.clientele, p.self, p.export, filepath.Join(o.dir, "grown-"+format), format, o.rounds, log)
	return p, err
}

// round runs each program once and compares what they wrote, and then the night
// after. They take turns, so that a machine that slows down slows both.
func (p pair) round(ctx context.Context, t *trial) error {
	if err := emptied(p.published, p.floor); err != nil {
		return err
	}
	ours, err := timed(ctx, p.clientele, "run", p.job, "--out", p.published, "--quiet")
	if err != nil {
		return err
	}
	floor, err := timed(ctx, p.self, "duckdb", p.export, p.floor)
	if err != nil {
		return err
	}
	t.clientele, t.duckdb = append(t.clientele, ours), append(t.duckdb, floor)

	latest := filepath.Join(p.published, "nightly", "latest")
	published, floored := filepath.Join(latest, publication.CustomersParquet), filepath.Join(p.floor, publication.CustomersParquet)
	if _, err := timed(ctx, p.self, "agree", published, floored); err != nil {
		return err
	}
	phases, err := t.note(latest)
	if err != nil {
		return err
	}
	t.phases = append(t.phases, phases)

	next, err := timed(ctx, p.clientele, "run", p.job, "--out", p.published, "--quiet", "--as-of", nextNight)
	if err != nil {
		return err
	}
	t.next = append(t.next, next)
	if phases, err = t.note(latest); err != nil {
		return err
	}
	t.nextPhases = append(t.nextPhases, phases)

	grown, err := p.grown.round(ctx)
	if err != nil {
		return err
	}
	t.grown = append(t.grown, grown)
	return nil
}

// timed runs a program, whose standard output nobody reads.
func timed(ctx context.Context, program string, args ...string) (process.Usage, error) {
	return process.Run(exec.CommandContext(ctx, program, args...))
}

// emptied makes folders that are there and hold nothing.
func emptied(dirs ...string) error {
	for _, d := range dirs {
		if err := os.RemoveAll(d); err != nil {
			return err
		}
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// note reads how long each stage of a night took, and keeps what else its manifest says.
func (t *trial) note(night string) (phases map[string]float64, err error) {
	p, err := publication.Open(night)
	if err != nil {
		return nil, err
	}
	t.rows, t.customers = p.Rows.Read, p.Customers
	return p.Timings, nil
}
