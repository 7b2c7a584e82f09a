package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/benchmarks/process"
	"clientele/simulate/exports"
)

// result is what one kind took.
type result struct {
	megabytes      float64
	rows           int64
	seconds, plain float64
}

// reading are the steps of run.json in which exports are read.
var reading = []string{"prepare", "load"}

// race times a kind and a plain CSV of as many rows, in turns.
func (o options) race(ctx context.Context, kind, dir string) (r result, err error) {
	at := filepath.Join(dir, kind)
	e, err := o.drafted(ctx, kind, at)
	if err != nil {
		return r, err
	}
	for _, f := range e.Files {
		r.megabytes += float64(len(f.Data)) / 1e6
	}
	settings := answers(e, filepath.Join(at, "job.yaml"))
	first, err := o.night(ctx, at, settings)
	if err != nil {
		return r, err
	}
	r.rows = first.Rows.Read
	plain := filepath.Join(dir, kind+"-plain")
	if err := o.writePlain(plain, int(r.rows)); err != nil {
		return r, err
	}
	var kinds, plains []float64
	for range o.rounds {
		for place, into := range map[string]*[]float64{at: &kinds, plain: &plains} {
			given := settings
			if place == plain {
				given = nil
			}
			m, err := o.night(ctx, place, given)
			if err != nil {
				return r, err
			}
			*into = append(*into, read(m))
		}
	}
	r.seconds, r.plain = process.Middle(kinds), process.Middle(plains)
	return r, nil
}

// read are the seconds in which a run read its exports.
func read(m publication.Manifest) (seconds float64) {
	for _, step := range reading {
		seconds += m.Timings[step]
	}
	return seconds
}

// drafted writes an export and has init write its job.
func (o options) drafted(ctx context.Context, kind, at string) (*exports.Export, error) {
	e, err := exports.Write(exports.Options{Kind: kind, Customers: o.customers, Seed: o.seed})
	if err != nil {
		return nil, err
	}
	if err := e.Save(at); err != nil {
		return nil, err
	}
	args := []string{"init", "-o", filepath.Join(at, "job.yaml"), "--force", "--name", "shop", "--timezone", e.Zone}
	if currency := e.Answers["currency"]; currency != "" {
		args = append(args, "--currency", currency)
	}
	var given []string
	for _, f := range e.Files {
		first, _, _ := strings.Cut(f.Path, "/")
		if path := filepath.Join(at, first); !slices.Contains(given, path) {
			given = append(given, path)
		}
	}
	_, err = process.Run(exec.CommandContext(ctx, o.binary, append(args, given...)...))
	return e, err
}

// answers are the settings that a person gives where init did not find them.
func answers(e *exports.Export, jobFile string) (settings []string) {
	text, err := os.ReadFile(jobFile)
	if err != nil {
		return nil // the run says so
	}
	for _, key := range slices.Sorted(maps.Keys(e.Answers)) {
		if name := key[strings.LastIndex(key, ".")+1:]; !bytes.Contains(text, []byte(name+":")) {
			settings = append(settings, "--set", key+"="+e.Answers[key])
		}
	}
	return settings
}

// night runs the job in a folder.
func (o options) night(ctx context.Context, at string, settings []string) (m publication.Manifest, err error) {
	args := []string{
		"run", filepath.Join(at, "job.yaml"), "--quiet", "--fresh", "--as-of", "2025-07-01", "--out", filepath.Join(at, "out"),
		"--set", "clv=off", "--set", "stages=off", "--set", "output.formats=[parquet]",
	}
	if _, err := process.Run(exec.CommandContext(ctx, o.binary, append(args, settings...)...)); err != nil {
		return m, err
	}
	data, err := os.ReadFile(filepath.Join(at, "out", "shop", "latest", "run.json"))
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}

// plainJob is the job of the plain CSV.
const plainJob = `name: shop
sources:
  - path: orders.csv
    columns: {customer: customer_id, order: order_id, time: ordered_at, amount: amount, product: product, quantity: quantity}
`

// writePlain writes a plain CSV of so many rows: UTF-8, commas, times as
// 2025-01-03 10:22:11, amounts as 1234.50; and its job.
func (o options) writePlain(at string, rows int) error {
	e, err := exports.Write(exports.Options{Kind: "crm", Customers: o.customers, Seed: o.seed})
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(e.Files[0].Data, []byte("\n"))
	heading, lines := lines[0], lines[1:len(lines)-1]
	if len(lines) == 0 {
		return errors.New("no rows to make a plain CSV of")
	}
	data := slices.Clone(heading)
	for i := range rows {
		data = append(data, lines[i%len(lines)]...)
	}
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(at, "orders.csv"), data, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(at, "job.yaml"), []byte(plainJob), 0o644)
}
