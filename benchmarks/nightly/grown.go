package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"clientele/benchmarks/process"
)

// pieces are the files that an export is cut into, in order of time: each new one is a
// hundredth of all rows.
const pieces = 100

// grown is a shop whose export grows by a file each night, and whose job has a cache.
type grown struct {
	clientele string
	dir       string // of the job
	waiting   string // where the files lie that are still to come
	rounds    int
	done      int
	format    string
}

// grow cuts an export into files, leaves out as many as there are rounds, and runs a night that
// fills the cache.
func grow(ctx context.Context, clientele, self, export, dir, format string, rounds int, log io.Writer) (*grown, error) {
	g := &grown{clientele: clientele, dir: dir, waiting: filepath.Join(dir, "waiting"), rounds: rounds, format: format}
	if rounds >= pieces {
		return nil, fmt.Errorf("--rounds: got %d, wanted less than the %d files of a shop that grows", rounds, pieces)
	}
	if err := emptied(dir, g.waiting, filepath.Join(dir, "export")); err != nil {
		return nil, err
	}
	if _, err := timed(ctx, self, "cut", export, g.waiting, format); err != nil {
		return nil, err
	}
	for piece := range pieces - rounds {
		if err := g.add(piece); err != nil {
			return nil, err
		}
	}
	night, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf(jobText, night.AddDate(0, 0, -rounds).Format(time.DateOnly), "export") + "cache: cache\n"
	if err := os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(text), 0o644); err != nil {
		return nil, err
	}
	fmt.Fprintf(log, "%s: the night before all rounds, with a cache\n", format)
	_, _, err = g.run(ctx)
	return g, err
}

// cut writes the rows of an export into files, in order of time.
func cut(ctx context.Context, export, dir, format string) error {
	return withDuckDB(ctx, func(exec func(string) error) error {
		err := exec(fmt.Sprintf("CREATE TEMP TABLE cut AS SELECT *, CAST(floor(%d * (row_number() OVER (ORDER BY time, order_id, product) - 1) / count(*) OVER ()) AS INTEGER) AS piece FROM %s",
			pieces, readerOf(export)))
		for piece := 0; piece < pieces && err == nil; piece++ {
			err = exec(fmt.Sprintf("COPY (SELECT * EXCLUDE (piece) FROM cut WHERE piece = %d ORDER BY time, order_id, product) TO %s (FORMAT %s)",
				piece, literal(filepath.Join(dir, pieceName(piece, format))), format))
		}
		return err
	})
}

func pieceName(piece int, format string) string { return fmt.Sprintf("%03d.%s", piece, format) }

// add puts a file among the exports.
func (g *grown) add(piece int) error {
	name := pieceName(piece, g.format)
	return os.Rename(filepath.Join(g.waiting, name), filepath.Join(g.dir, "export", name))
}

// round adds a file and runs the night after. It fails if the rows of the other files were read:
// then it is no such night that is timed.
func (g *grown) round(ctx context.Context) (process.Usage, error) {
	if err := g.add(pieces - g.rounds + g.done); err != nil {
		return process.Usage{}, err
	}
	g.done++
	night, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		return process.Usage{}, err
	}
	usage, summed, err := g.run(ctx, "--as-of", night.AddDate(0, 0, g.done-g.rounds).Format(time.DateOnly))
	if err == nil && summed != pieces-g.rounds {
		err = fmt.Errorf("of %d files %d were added up before: this is no night that reads what is new alone", pieces-g.rounds, summed)
	}
	return usage, err
}

// run runs a night, and says of how many files the rows were not read.
func (g *grown) run(ctx context.Context, args ...string) (usage process.Usage, summed int, err error) {
	args = append([]string{"run", filepath.Join(g.dir, "job.yaml"), "--out", filepath.Join(g.dir, "published"), "--json"}, args...)
	cmd := exec.CommandContext(ctx, g.clientele, args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if usage, err = process.Run(cmd); err != nil {
		return usage, 0, err
	}
	var told struct {
		Cache *struct {
			Summed  int    `json:"summed"`
			Trouble string `json:"trouble"`
		} `json:"cache"`
	}
	if err := json.Unmarshal(out.Bytes(), &told); err != nil {
		return usage, 0, err
	}
	if told.Cache == nil || told.Cache.Trouble != "" {
		return usage, 0, errors.New("the cache could not be used")
	}
	return usage, told.Cache.Summed, nil
}
