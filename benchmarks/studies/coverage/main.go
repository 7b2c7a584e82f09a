package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/clv"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "coverage:", err)
		os.Exit(1)
	}
}

// options say how much to simulate.
type options struct {
	shops, workers int
	customers      []int
	models         []string
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "coverage",
		Short:         "Count how often 90% intervals hold the truth, on simulated shops",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return o.print(cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.IntVar(&o.shops, "shops", 500, "shops to simulate for each line")
	f.IntSliceVar(&o.customers, "customers", []int{300, 1000}, "customers of a shop")
	f.StringSliceVar(&o.models, "model", nil, "models (default: all that can be both simulated and fitted)")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "shops at a time")
	return cmd
}

// print runs the studies and prints a table in Markdown.
func (o options) print(out io.Writer) error {
	fmt.Fprintln(out, "Intervals of", 100*clv.DefaultLevel, "%; percent of cases inside. Three strata: the chance of any purchase is below 10%, to 50%, above.")
	fmt.Fprintln(out)
	fmt.Fprintln(out, "| model | customers | shops | loose fits | purchases | ends in part | by stratum | values | by stratum | less costs | total purchases | total value | less costs | width of total |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, w := range worlds {
		wanted := len(o.models) == 0 || slices.Contains(o.models, w.model)
		if !wanted || !slices.Contains(clv.ModelNames(), w.model) {
			continue
		}
		for _, customers := range o.customers {
			c, err := study(w, o.shops, customers, o.workers)
			if err != nil {
				return err
			}
			c.print(out, w.model, customers)
		}
	}
	return nil
}

func (c coverage) print(out io.Writer, model string, customers int) {
	fmt.Fprintf(out, "| %s | %d | %d | %d | %.1f | %.1f | %s | %.1f | %s | %.1f | %.1f | %.1f | %.1f | %.0f%% |\n",
		model, customers, c.shops, c.loose,
		overall(c.purchases).percent(), overall(c.split).percent(), byStratum(c.split),
		overall(c.values).percent(), byStratum(c.values), overall(c.net).percent(),
		c.total.percent(), c.totalValue.percent(), c.totalNet.percent(), 100*c.width/float64(c.shops))
}

func byStratum(shares [len(strata)]share) string {
	texts := make([]string, len(shares))
	for i, of := range shares {
		texts[i] = fmt.Sprintf("%.1f", of.percent())
		if math.IsNaN(of.percent()) {
			texts[i] = "nobody"
		}
	}
	return strings.Join(texts, ", ")
}
