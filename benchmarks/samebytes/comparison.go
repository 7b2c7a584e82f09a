package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// program is one side of a comparison.
type program struct {
	path string
	kept string // folder for what it leaves; empty: nothing is kept
}

// comparison is of two programs, in the folder work.
type comparison struct {
	work          string
	before, after program
}

// job runs a job with both programs and prints whether they left the same.
func (c comparison) job(ctx context.Context, j job, out io.Writer) (same bool, err error) {
	start := time.Now()
	before, err := c.before.left(ctx, j, filepath.Join(c.work, j.name, "old"))
	if err != nil {
		return false, err
	}
	after, err := c.after.left(ctx, j, filepath.Join(c.work, j.name, "new"))
	if err != nil {
		return false, err
	}
	found, files, err := firstDifference(before, after)
	if err != nil {
		return false, err
	}
	if found == "" {
		if found, err = j.unexpected(after); err != nil {
			return false, err
		}
	}
	took := time.Since(start).Round(100 * time.Millisecond)
	if found != "" {
		fmt.Fprintf(out, "%-12s DIFFERS  %s\n", j.name, found)
		return false, nil
	}
	fmt.Fprintf(out, "%-12s same     %d files of %d commands, %s\n", j.name, files, len(j.commands), took)
	return true, os.RemoveAll(filepath.Join(c.work, j.name))
}

// left gives the folder with what the program leaves of a job: work, or where an
// earlier comparison kept it.
func (p program) left(ctx context.Context, j job, work string) (string, error) {
	if p.kept == "" {
		return work, j.play(ctx, p.path, work)
	}
	kept := filepath.Join(p.kept, j.name+"-"+j.fingerprint())
	if _, err := os.Stat(kept); err == nil {
		return kept, nil
	}
	if err := j.play(ctx, p.path, work); err != nil {
		return "", err
	}
	// Whoever else compares with this commit may have been faster.
	if err := os.Rename(work, kept); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return kept, nil
}
