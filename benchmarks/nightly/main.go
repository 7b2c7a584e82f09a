package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/benchmarks/command"
)

func main() { command.Main(newRootCmd()) }

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "nightly",
		Short: "Time a night of clientele beside DuckDB alone",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.measure(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	o.flags(cmd.Flags())
	cmd.AddCommand(newDuckDBCmd(), newAgreeCmd(), newCutCmd(), newCompareCmd())
	return cmd
}

// newDuckDBCmd is the floor; hidden, because the benchmark calls it.
func newDuckDBCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "duckdb FILE OUT",
		Short:  "Reduce FILE to customers.csv and customers.parquet in OUT, with DuckDB alone",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return reduceAlone(cmd.Context(), args[0], args[1])
		},
	}
}

// newAgreeCmd compares two results. It is a process of its own so that its
// memory does not count as that of a program timed later; see process.Run.
func newAgreeCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "agree GOT WANT",
		Short:  "Fail unless two customers.parquet hold the same customers with the same numbers",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return agree(cmd.Context(), args[0], args[1])
		},
	}
}

// newCutCmd cuts an export into files, as a process of its own like newAgreeCmd.
func newCutCmd() *cobra.Command {
	return &cobra.Command{
		Use:    "cut FILE OUT FORMAT",
		Short:  "Cut FILE into a hundred files of OUT, in order of time",
		Hidden: true,
		Args:   cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return cut(cmd.Context(), args[0], args[1], args[2])
		},
	}
}

// options are what the command line gives.
type options struct {
	customers, rounds int
	formats           []string
	dir, clientele    string
	rivalCustomers    int
	python            string // one that has pandas and lifetimes; empty: no rival
}

func (o *options) flags(f *pflag.FlagSet) {
	f.IntVar(&o.customers, "customers", 1_000_000, "customers to simulate, with about ten rows each")
	f.IntVar(&o.rounds, "rounds", 3, "times that each program runs")
	f.StringSliceVar(&o.formats, "format", exportFormats, "formats of the export")
	f.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "clientele-nightly"), "folder for exports, which are kept, and results")
	f.IntVar(&o.rivalCustomers, "rival-customers", 100_000, "customers of the night that pandas and lifetimes do too")
	f.StringVar(&o.python, "python", os.Getenv("LIFETIMES_PYTHON"), "Python that has pandas and lifetimes; empty: do without them (default $LIFETIMES_PYTHON)")
	f.StringVar(&o.clientele, "clientele", "", "program to time (default: built from the sources)")
}

func (o options) validate() error {
	var wrong []error
	if o.customers < 1 {
		wrong = append(wrong, fmt.Errorf("--customers: got %d, wanted at least 1", o.customers))
	}
	if o.rivalCustomers < 1 {
		wrong = append(wrong, fmt.Errorf("--rival-customers: got %d, wanted at least 1", o.rivalCustomers))
	}
	if o.rounds < 1 {
		wrong = append(wrong, fmt.Errorf("--rounds: got %d, wanted at least 1", o.rounds))
	}
	if len(o.formats) == 0 {
		wrong = append(wrong, fmt.Errorf("--format: got none, wanted %s", strings.Join(exportFormats, " or ")))
	}
	for _, f := range o.formats {
		if !slices.Contains(exportFormats, f) {
			wrong = append(wrong, fmt.Errorf("--format: got %q, wanted %s", f, strings.Join(exportFormats, " or ")))
		}
	}
	return errors.Join(wrong...)
}
