package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// night is a run and what it published.
type night struct {
	folder          string
	rows, customers int64
	bytes           int64 // of the exports that this machine sees
}

func (o options) run(ctx context.Context, job, out string, more ...string) (n night, err error) {
	args := []string{"run", job, "--json", "--quiet", "--out", out}
	for _, s := range append(o.set, more...) {
		args = append(args, "--set", s)
	}
	cmd := exec.CommandContext(ctx, o.program, args...)
	cmd.Stderr = os.Stderr
	if _, err := cmd.Output(); err != nil {
		return n, fmt.Errorf("%s %v: %w", o.program, args, err)
	}
	found, err := filepath.Glob(filepath.Join(out, "*", "latest", "run.json"))
	if err != nil || len(found) != 1 {
		return n, fmt.Errorf("%s: want one publication, found %v", out, found)
	}
	n.folder = filepath.Dir(found[0])
	text, err := os.ReadFile(found[0])
	if err != nil {
		return n, err
	}
	var m struct {
		Customers int64 `json:"customers"`
		Inputs    []struct {
			Path string `json:"path"`
			Rows int64  `json:"rows"`
		} `json:"inputs"`
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return n, err
	}
	n.customers = m.Customers
	for _, in := range m.Inputs {
		n.rows += in.Rows
		path := in.Path
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(job), path)
		}
		if info, err := os.Stat(path); err == nil {
			n.bytes += info.Size()
		}
	}
	return n, nil
}
