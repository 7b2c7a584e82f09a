package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"clientele/benchmarks/command"
	"clientele/benchmarks/programs"
)

func main() { command.Main(newRootCmd()) }

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "samebytes",
		Short: "Compare what the programs of a commit and of the working tree publish, byte by byte",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.compare(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.ref, "ref", "HEAD", "commit whose program is compared with that of the working tree")
	f.StringSliceVar(&o.names, "job", nil, "jobs to run, such as shop (default: all)")
	f.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "clientele-samebytes"), "folder for programs and what they leave; the commit's are kept")
	f.StringVar(&o.old, "old", "", "program to use in place of the commit's")
	f.StringVar(&o.now, "new", "", "program to use in place of the working tree's")
	return cmd
}

// options are what the command line gives.
type options struct {
	root     string // of the working tree
	ref      string
	names    []string
	dir      string
	old, now string
}

// errDiffers ends a comparison that found a difference, which is printed by then.
var errDiffers = errors.New("the programs differ")

// compare runs the jobs with both programs and prints a line for each.
func (o options) compare(ctx context.Context, out, log io.Writer) (err error) {
	if o.root, err = programs.Root(ctx); err != nil {
		return err
	}
	jobs, err := chosen(o.names, filepath.Join(o.root, "testdata"))
	if err != nil {
		return err
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	work, err := o.workplace()
	if err != nil {
		return err
	}
	defer func() {
		// What differs is left to be looked at.
		if !errors.Is(err, errDiffers) {
			err = errors.Join(err, os.RemoveAll(work))
		}
	}()
	before, after, err := o.programs(ctx, work, log)
	if err != nil {
		return err
	}
	same := true
	for _, j := range jobs {
		ok, err := comparison{work, before, after}.job(ctx, j, out)
		if err != nil {
			return fmt.Errorf("%s: %w", j.name, err)
		}
		same = same && ok
	}
	if !same {
		fmt.Fprintln(out, "both sides are left in", work)
		return errDiffers
	}
	return nil
}

// workplace makes the folder of this comparison: others may be under way.
func (o options) workplace() (string, error) {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(o.dir, "comparison-")
}
