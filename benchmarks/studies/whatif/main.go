package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "whatif:", err)
		os.Exit(1)
	}
}

// options say how much to simulate.
type options struct {
	shops, customers, workers int
	world                     string
	seed                      uint64
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "whatif",
		Short:         "Count how often what clientele whatif says comes true, in shops whose customers really change",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.shops, "shops", 100, "shops of each world")
	f.IntVar(&o.customers, "customers", 1000, "customers of a shop")
	f.StringVar(&o.world, "world", "", "the only world to study (default: all)")
	f.Uint64Var(&o.seed, "seed", 1, "of the first shop")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "shops at a time")
	return cmd
}

func (o options) run(ctx context.Context, out io.Writer) error {
	fmt.Fprintf(out, "%d customers a shop, two years of history; equity over two years at a margin of %v, discounted at %v a year\n", o.customers, margin, rate)
	for _, w := range worlds {
		if o.world != "" && o.world != w.name {
			continue
		}
		r, err := o.study(ctx, w)
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		r.print(out)
	}
	return nil
}

// study plays all shops of a world. The result is the same for any number of workers.
func (o options) study(ctx context.Context, w world) (r result, err error) {
	found := make([][]answer, o.shops)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(o.workers, 1))
	for i := range found {
		group.Go(func() (err error) {
			found[i], err = w.study(ctx, o, o.seed+uint64(i))
			return err
		})
	}
	err = group.Wait()
	r = result{world: w}
	for _, answers := range found {
		if answers == nil {
			r.refused++
			continue
		}
		r.shops = append(r.shops, answers)
	}
	return r, err
}
