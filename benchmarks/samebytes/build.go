package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// programs gives both sides, and builds those that are not given.
func (o options) programs(ctx context.Context, work string, log io.Writer) (before, after program, err error) {
	before.path, after.path = o.old, o.now
	if o.old == "" {
		if before, err = o.committed(ctx, work, log); err != nil {
			return before, after, err
		}
	}
	if o.now == "" {
		fmt.Fprintln(log, "building the working tree")
		after.path = filepath.Join(work, "clientele")
		err = build(ctx, o.root, after.path)
	}
	return before, after, err
}

// committed gives the program of the commit, which is built once.
func (o options) committed(ctx context.Context, work string, log io.Writer) (program, error) {
	commit, err := output(exec.CommandContext(ctx, "git", "rev-parse", "--verify", o.ref+"^{commit}"))
	if err != nil {
		return program{}, err
	}
	p := program{kept: filepath.Join(o.dir, strings.TrimSpace(commit))}
	p.path = filepath.Join(p.kept, "clientele")
	if _, err := os.Stat(p.path); err == nil {
		return p, nil
	}
	fmt.Fprintln(log, "building", o.ref)
	if err := os.MkdirAll(p.kept, 0o755); err != nil {
		return p, err
	}
	built := filepath.Join(work, "clientele-before")
	if err := buildCommit(ctx, strings.TrimSpace(commit), filepath.Join(work, "tree"), built); err != nil {
		return p, err
	}
	return p, os.Rename(built, p.path)
}

// buildCommit builds in a worktree of its own: nothing of the working tree is touched.
func buildCommit(ctx context.Context, commit, tree, to string) (err error) {
	if _, err := output(exec.CommandContext(ctx, "git", "worktree", "add", "--quiet", "--detach", tree, commit)); err != nil {
		return err
	}
	defer func() {
		_, removed := output(exec.Command("git", "worktree", "remove", "--force", tree)) //nolint:noctx // also after an interrupt
		err = errors.Join(err, removed)
	}()
	return build(ctx, tree, to)
}

// build builds the module in a folder. The program says nothing of the commit that it
// is of.
func build(ctx context.Context, dir, to string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "duckdb_arrow", "-buildvcs=false", "-o", to, "./cmd/clientele")
	cmd.Dir = dir
	_, err := output(cmd)
	return err
}

// output runs a command and gives what it prints; where it fails, the error has what it
// complained of.
func output(cmd *exec.Cmd) (string, error) {
	var complaint strings.Builder
	cmd.Stderr = &complaint
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, strings.TrimSpace(complaint.String()))
	}
	return string(text), nil
}
