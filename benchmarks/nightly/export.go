package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// exportFormats are the formats that `clientele simulate` writes.
var exportFormats = []string{"csv", "parquet"}

// The export ends the day before the night that reads it.
const (
	firstDay  = "2024-07-01"
	endDay    = "2026-06-30"
	asOf      = "2026-07-01"
	nextNight = "2026-07-02"
)

// parameters give customers ten rows each on average over two years: a
// Pareto/NBD shop, rates per day, of whom half have gone by the end.
const parameters = "r=0.8,alpha=30,s=0.7,beta=260"

// simulated gives the path of the export with the given number of customers,
// and makes it where an earlier benchmark has not. Its name holds the number
// alone: clear the folder after a change to the simulation.
func simulated(ctx context.Context, program, dir string, customers int, format string, log io.Writer) (string, error) {
	path := filepath.Join(dir, fmt.Sprintf("export-%d.%s", customers, format))
	if _, err := os.Stat(path); err == nil {
		return path, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	fmt.Fprintf(log, "simulating %s\n", path)
	// Renamed when it is whole, so that a benchmark that was stopped leaves no
	// half an export to the next.
	unfinished := path + ".part"
	cmd := exec.CommandContext(ctx, program, "simulate", "--seed", "7", "--customers", strconv.Itoa(customers),
		"--start", firstDay, "--end", endDay, "--params", parameters, "--format", format, "--out", unfinished)
	if output, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("simulate %s: %w: %s", path, err, output)
	}
	return path, os.Rename(unfinished, path)
}

// jobText is the job of an export: every mapping that a shop has and every
// stage on.
const jobText = `name: nightly
as_of: %s
sources:
  - path: %s
    columns:
      customer: customer_id
      order: order_id
      time: time
      amount: amount
      channel: channel
      region: region
tiers:
  start: tonight   # the query beside it knows tonight alone
  levels:
    - {name: silver, qualify: {spend: 500}}
    - {name: gold, qualify: {spend: 2000}}
`

// writeJob writes the job file for an export beside it.
func writeJob(export string) (string, error) {
	path := export + ".yaml"
	text := fmt.Sprintf(jobText, asOf, filepath.Base(export))
	return path, os.WriteFile(path, []byte(text), 0o644)
}
