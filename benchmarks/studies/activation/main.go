package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "activation:", err)
		os.Exit(1)
	}
}

// options say how much to play.
type options struct {
	folder  string
	dir     string
	parts   []string
	repeats int
	workers int
	seed    uint64   // of what is drawn, and of the first shop of budgets
	played  *[]scene // once they were
}

// part is one question.
type part struct {
	name string
	play func(o options, ctx context.Context, out io.Writer) error
}

var parts = []part{
	{"forecasts", options.forecasts},
	{"nothing", options.nothing},
	{"planted", options.planted},
	{"small", options.small},
	{"budget", options.budget},
}

func newRootCmd() *cobra.Command {
	o := options{played: new([]scene)}
	cmd := &cobra.Command{
		Use:           "activation FOLDER",
		Short:         "Compare what is said of campaigns with what they did",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.folder = args[0]
			return o.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.parts, "part", nil, "parts (default: all)")
	f.IntVar(&o.repeats, "repeats", 400, "how often each campaign is drawn")
	f.StringVar(&o.dir, "dir", "", "keep the publications in this folder, and read those that it has")
	f.Uint64Var(&o.seed, "seed", freshSeed, "of what is drawn, and of the first shop of budgets")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "campaigns at a time")
	return cmd
}

func (o options) run(ctx context.Context, out io.Writer) error {
	for _, p := range parts {
		if len(o.parts) > 0 && !slices.Contains(o.parts, p.name) {
			continue
		}
		if err := p.play(o, ctx, out); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}
