package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// trial is what the rounds over one format of the export gave; entry i of each
// column belongs to round i.
type trial struct {
	format            string
	clientele, duckdb []usage
	phases            []map[string]float64 // seconds of clientele by stage
	rows, customers   int64                // read and found by clientele
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

// try runs all rounds over one format. The programs take turns, so that a
// machine that slows down slows both.
func (o options) try(ctx context.Context, format string, log io.Writer) (*trial, error) {
	export, err := simulated(ctx, o.clientele, o.dir, o.customers, format, log)
	if err != nil {
		return nil, err
	}
	job, err := writeJob(export)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	published, floor := filepath.Join(o.dir, "clientele-"+format), filepath.Join(o.dir, "duckdb-"+format)
	latest := filepath.Join(published, "nightly", "latest")
	t := &trial{format: format}
	for round := range o.rounds {
		fmt.Fprintf(log, "%s: round %d of %d\n", format, round+1, o.rounds)
		// Both write into empty folders, and both find them there.
		if err := emptied(published, floor); err != nil {
			return nil, err
		}
		if err := addRun(ctx, &t.clientele, o.clientele, "run", job, "--out", published, "--quiet"); err != nil {
			return nil, err
		}
		if err := addRun(ctx, &t.duckdb, self, "duckdb", export, floor); err != nil {
			return nil, err
		}
		if _, err := timed(ctx, self, "agree", filepath.Join(latest, "customers.parquet"), filepath.Join(floor, "customers.parquet")); err != nil {
			return nil, err
		}
		if err := t.note(filepath.Join(latest, "run.json")); err != nil {
			return nil, err
		}
	}
	return t, nil
}

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

// addRun times a program and appends what it took.
func addRun(ctx context.Context, to *[]usage, program string, args ...string) error {
	u, err := timed(ctx, program, args...)
	*to = append(*to, u)
	return err
}

// note keeps what a manifest says of its run.
func (t *trial) note(manifest string) error {
	text, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	var m struct {
		Rows      struct{ Read int64 }
		Customers int64
		Timings   map[string]float64
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	t.rows, t.customers = m.Rows.Read, m.Customers
	t.phases = append(t.phases, m.Timings)
	return nil
}
