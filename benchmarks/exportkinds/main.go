package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/benchmarks/command"
	"clientele/benchmarks/process"
	"clientele/simulate/exports"
)

func main() { command.Main(newRootCmd()) }

// options say what is timed.
type options struct {
	binary, dir       string
	kinds             []string
	customers, rounds int
	seed              uint64
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "exportkinds",
		Short: "Time how each kind of export is read, beside a plain CSV",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.print(cmd.Context(), cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.binary, "binary", "bin/clientele", "the program")
	f.StringVar(&o.dir, "dir", "", "folder for exports and publications (default: a new one, removed at the end)")
	f.StringSliceVar(&o.kinds, "kinds", exports.Kinds(), "kinds to time")
	f.IntVar(&o.customers, "customers", 30_000, "customers of the shop: some seven orders each")
	f.IntVar(&o.rounds, "rounds", 5, "rounds, of which the medians are printed")
	f.Uint64Var(&o.seed, "seed", 1, "chooses the random numbers")
	return cmd
}

// print times the kinds and prints a table in Markdown.
func (o options) print(ctx context.Context, out io.Writer) error {
	dir, remove, err := o.place()
	if err != nil {
		return err
	}
	defer remove()
	fmt.Fprintf(out, "%s, %d rounds, medians of seconds to read; %d customers, seed %d\n\n", process.Machine(), o.rounds, o.customers, o.seed)
	fmt.Fprintln(out, "| kind | MB | rows | s | plain s | times plain | rows/s |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|")
	for _, kind := range o.kinds {
		if !slices.Contains(exports.Kinds(), kind) {
			return fmt.Errorf("--kinds: %q is unknown; choose of %s", kind, strings.Join(exports.Kinds(), ", "))
		}
		r, err := o.race(ctx, kind, dir)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		fmt.Fprintf(out, "| %s | %.1f | %d | %.2f | %.2f | %.2f | %.0f |\n", kind, r.megabytes, r.rows, r.seconds, r.plain, r.seconds/r.plain, float64(r.rows)/r.seconds)
	}
	return nil
}

// place is the folder for all files, and how to be rid of it.
func (o options) place() (string, func(), error) {
	if o.dir != "" {
		return o.dir, func() {}, os.MkdirAll(o.dir, 0o755)
	}
	dir, err := os.MkdirTemp("", "exportkinds-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}
