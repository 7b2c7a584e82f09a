package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "manykinds:", err)
		os.Exit(1)
	}
}

// options say how much to simulate.
type options struct {
	customers, nights, workers int
	seeds                      []uint
	shops                      []int
	json, before               string
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "manykinds",
		Short:         "Count who is called in decline, in shops with many kinds of customers",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.customers, "customers", 1000, "customers of each steady kind")
	f.UintSliceVar(&o.seeds, "seed", []uint{1}, "of the dice; of several, their customers are counted together")
	f.IntSliceVar(&o.shops, "shop", nil, "numbers of the shops to play (default: all)")
	f.IntVar(&o.nights, "nights", 1, "nights, 30 days apart, up to the last day")
	f.StringVar(&o.json, "json", "", "write all counts to this file, too")
	f.StringVar(&o.before, "before", "", "show the counts of this file beside")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "shops at a time")
	return cmd
}

func (o options) run(ctx context.Context, out io.Writer) error {
	var before []result
	if o.before != "" {
		var err error
		if before, err = readResults(o.before); err != nil {
			return err
		}
	}
	now, err := o.study(ctx)
	if err != nil {
		return err
	}
	if o.json != "" {
		if err := writeResults(o.json, now); err != nil {
			return err
		}
	}
	print(out, before, now)
	return nil
}

// study plays all shops with all seeds. The result is the same for any number of
// workers.
func (o options) study(ctx context.Context) ([]result, error) {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(o.workers, 1))
	var each [][]result
	for i, s := range shops {
		if len(o.shops) > 0 && !slices.Contains(o.shops, i+1) {
			continue
		}
		seeds := make([]result, len(o.seeds))
		each = append(each, seeds)
		for n, seed := range o.seeds {
			group.Go(func() (err error) {
				if seeds[n], err = s.study(ctx, o, uint64(seed)); err != nil {
					err = fmt.Errorf("the shop %s, seed %d: %w", s.name, seed, err)
				}
				return err
			})
		}
	}
	err := group.Wait()
	if err != nil {
		return nil, err
	}
	all := make([]result, len(each))
	for i, seeds := range each {
		all[i] = seeds[0]
		for _, r := range seeds[1:] {
			all[i].merge(r)
		}
	}
	return all, nil
}
