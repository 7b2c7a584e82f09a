package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dustin/go-humanize"

	"clientele/benchmarks/process"
)

//go:embed peers/night.py
var rivalScript []byte

// rivalry is what both took for the night that pandas and lifetimes can do too, once each: the
// rival's fit of Pareto/NBD takes a minute for 100,000 customers, and a quarter of an hour for
// a million.
type rivalry struct {
	customers   int
	ours, rival process.Usage
}

// race runs the first night of a CSV export with clientele, and then with the rival; nil
// without a Python that has it.
func (o options) race(ctx context.Context, log io.Writer) (*rivalry, error) {
	if o.python == "" {
		return nil, nil
	}
	p, err := options{customers: o.rivalCustomers, dir: o.dir, clientele: o.clientele}.prepare(ctx, "csv", log)
	if err != nil {
		return nil, err
	}
	script, out := filepath.Join(o.dir, "night.py"), filepath.Join(o.dir, "rival")
	if err := os.WriteFile(script, rivalScript, 0o600); err != nil {
		return nil, err
	}
	if err := emptied(p.published, out); err != nil {
		return nil, err
	}
	fmt.Fprintf(log, "pandas and lifetimes: %s customers\n", humanize.Comma(int64(o.rivalCustomers)))
	r := &rivalry{customers: o.rivalCustomers}
	if r.ours, err = timed(ctx, p.clientele, "run", p.job, "--out", p.published, "--quiet"); err != nil {
		return nil, err
	}
	if r.rival, err = timed(ctx, o.python, script, p.export, out, asOf); err != nil {
		return nil, fmt.Errorf("pandas and lifetimes: %w; name a Python that has them with --python, or none (--python '') to do without", err)
	}
	return r, nil
}

// print adds the two and their ratio.
func (r *rivalry) print(b *bytes.Buffer) {
	if r == nil {
		return
	}
	fmt.Fprintf(b, "\n| csv, %s customers, once | wall s | CPU s | peak MiB |\n|---|---:|---:|---:|\n", humanize.Comma(int64(r.customers)))
	one := func(name string, u process.Usage) {
		fmt.Fprintf(b, "| %s | %.2f | %.2f | %.0f |\n", name, u.Wall.Seconds(), u.CPU.Seconds(), u.PeakMiB)
	}
	one("clientele run, first night", r.ours)
	one("pandas + lifetimes", r.rival)
	fmt.Fprintf(b, "| **ratio** | **%.2f** | **%.2f** | **%.2f** |\n",
		r.rival.Wall.Seconds()/r.ours.Wall.Seconds(), r.rival.CPU.Seconds()/r.ours.CPU.Seconds(), r.rival.PeakMiB/r.ours.PeakMiB)
}
