package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/spf13/cobra"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "realshops:", err)
		os.Exit(1)
	}
}

// options say how much to run.
type options struct {
	sets         []string
	origins      int
	alone        bool
	workers      int
	dir          string
	json, before string

	lock *sync.Mutex
}

func newRootCmd() *cobra.Command {
	o := options{lock: new(sync.Mutex)}
	cmd := &cobra.Command{
		Use:           "realshops FOLDER",
		Short:         "Compare what nights of the past said of real shops with what came after",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(cmd.Context(), args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.sets, "set", nil, "sets (default: all)")
	f.IntVar(&o.origins, "origins", 1, "take every nth origin")
	f.BoolVar(&o.alone, "alone", false, "leave out the nights between origins, by which steadiness is told")
	f.StringVar(&o.dir, "dir", "", "keep the publications in a new folder of this one")
	f.StringVar(&o.json, "json", "", "write all figures to this file, too")
	f.StringVar(&o.before, "before", "", "show the figures of this file beside")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "nights at a time")
	return cmd
}

func (o options) run(ctx context.Context, folder string, out, log io.Writer) error {
	var before results
	if o.before != "" {
		var err error
		if before, err = readResults(o.before); err != nil {
			return err
		}
	}
	wanted, err := o.wanted()
	if err != nil {
		return err
	}
	r, err := o.play(ctx, wanted, folder, log)
	if err != nil {
		return err
	}
	if o.json != "" {
		if err := r.write(o.json); err != nil {
			return err
		}
	}
	print(out, before, r)
	return nil
}
