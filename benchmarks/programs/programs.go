// Package programs builds the program of the working tree and that of a commit, for
// benchmarks that hold one against the other.
package programs

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

// Root is the top folder of the working tree.
func Root(ctx context.Context) (string, error) {
	root, err := output(exec.CommandContext(ctx, "git", "rev-parse", "--show-toplevel"))
	return strings.TrimSpace(root), err
}

// Commit is what a reference names, in full.
func Commit(ctx context.Context, ref string) (string, error) {
	commit, err := output(exec.CommandContext(ctx, "git", "rev-parse", "--verify", ref+"^{commit}"))
	return strings.TrimSpace(commit), err
}

// Committed gives the program of a commit. It is built once and kept, in a folder of dir
// with the commit's name.
func Committed(ctx context.Context, ref, dir string, log io.Writer) (program string, err error) {
	commit, err := Commit(ctx, ref)
	if err != nil {
		return "", err
	}
	kept := filepath.Join(dir, commit)
	program = filepath.Join(kept, "clientele")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	fmt.Fprintln(log, "building", ref)
	if err := os.MkdirAll(kept, 0o755); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(dir, "building-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	built := filepath.Join(work, "clientele")
	if err := buildCommit(ctx, commit, filepath.Join(work, "tree"), built); err != nil {
		return "", err
	}
	// Renamed when it is whole: two benchmarks may build at the same time.
	return program, os.Rename(built, program)
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
	return Build(ctx, tree, to)
}

// Build builds the module in a folder. The program says nothing of the commit that it
// is of.
func Build(ctx context.Context, module, to string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-tags", "duckdb_arrow", "-buildvcs=false", "-o", to, "./cmd/clientele")
	cmd.Dir = module
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
