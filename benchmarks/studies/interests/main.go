package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "interests:", err)
		os.Exit(1)
	}
}

// options say how much to simulate.
type options struct {
	shops, workers, customers int
	recent, q                 float64
	worlds                    []string
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "interests",
		Short:         "Count false and missed lost interests, on simulated shops",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return o.print(cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.IntVar(&o.shops, "shops", 100, "shops to simulate for each line")
	f.IntVar(&o.customers, "customers", 1000, "customers of a shop")
	f.Float64Var(&o.recent, "recent", 0.5, "share of the history that is recent")
	f.Float64Var(&o.q, "q", 0.10, "tolerated share of false discoveries")
	f.StringSliceVar(&o.worlds, "world", nil, "worlds (default: all)")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "shops at a time")
	return cmd
}

// print runs the studies and prints tables in Markdown.
func (o options) print(out io.Writer) error {
	fmt.Fprintf(out, "%d shops of %d customers and %d categories over %d days; the last %.2f of them are recent; q = %.2f\n\n",
		o.shops, o.customers, categories, days, o.recent, o.q)
	fmt.Fprintln(out, "| world | tested pairs a shop | found a shop | false | false discovery rate |")
	fmt.Fprintln(out, "|---|---|---|---|---|")
	var withDrops []world
	results := map[string]tally{}
	for _, w := range worlds {
		if len(o.worlds) > 0 && !slices.Contains(o.worlds, w.name) {
			continue
		}
		t, err := study(w, o)
		if err != nil {
			return err
		}
		n := float64(t.shops)
		fmt.Fprintf(out, "| %s | %.0f | %.2f | %.2f | %.3f |\n", w.name, float64(t.tested)/n, float64(t.found)/n, float64(t.falsely)/n, t.rate/n)
		if results[w.name] = t; w.dropping > 0 {
			withDrops = append(withDrops, w)
		}
	}
	for _, w := range withDrops {
		results[w.name].printPower(out, w.name)
	}
	return nil
}

// printPower prints what share of drops was found.
func (t tally) printPower(out io.Writer, world string) {
	fmt.Fprintf(out, "\nFound of what was dropped in the world of %s, in percent, by the customer's baskets:\n\n", world)
	fmt.Fprintln(out, "| baskets | stopped | of them bought 10 times or more | odds cut to 15% |")
	fmt.Fprintln(out, "|---|---|---|---|")
	for i, s := range sizes {
		fmt.Fprintf(out, "| %s | %.1f | %.1f | %.1f |\n", s.name, t.stops[i].percent(), t.stopsBought10[i].percent(), t.falls[i].percent())
	}
}
