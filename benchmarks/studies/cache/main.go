package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"clientele/analytics/cache/cachetest"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "cache:", err)
		os.Exit(1)
	}
}

// options say how much is played.
type options struct {
	shops, nights int
	from          uint64
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "cache",
		Short:         "Play random shops through random nights, with a cache and without, and compare byte for byte",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return o.play(cmd.Context(), cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.IntVar(&o.shops, "shops", 200, "shops to play")
	f.IntVar(&o.nights, "nights", 6, "nights of each")
	f.Uint64Var(&o.from, "from", 0, "seed of the first shop")
	return cmd
}

func (o options) play(ctx context.Context, out io.Writer) error {
	if ctx == nil {
		ctx = context.Background()
	}
	dir, err := os.MkdirTemp("", "clientele-cache-study-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var all cachetest.Seen
	differ := 0
	for i := range uint64(o.shops) {
		shop := filepath.Join(dir, strconv.FormatUint(i, 10))
		seen, err := cachetest.Nights(ctx, shop, o.from+i, o.nights)
		if err != nil {
			differ++
			fmt.Fprintln(out, err)
		}
		all.Add(seen)
		if often := uint64(10); (i+1)%often == 0 {
			fmt.Fprintf(os.Stderr, "%d shops, %d differ: %+v\n", i+1, differ, all)
		}
		if err := os.RemoveAll(shop); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%d shops, %d nights: %d differ\n%d nights were refused, with a cache and without\n%d of %d files were taken from the cache, on %d nights all of them\non %d nights the rows of %d files were not read, as their sum was there; %d sums were damaged\n%d damaged entries were read again, %d entries were removed\n",
		o.shops, all.Nights, differ, all.Failed, all.Unchanged, all.Files, all.NightsWithAllFromThere, all.Summed, all.SummedFiles, all.Rebuilt, all.Damaged, all.Forgotten)
	if differ > 0 {
		return fmt.Errorf("%d shops differ", differ)
	}
	return nil
}
