package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/outlook"
	"clientele/segment"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "decline:", err)
		os.Exit(1)
	}
}

// options say how much to simulate.
type options struct {
	customers, workers int
	seed               uint64
	rules              segment.StageRules
	shops              []int
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "decline",
		Short:         "Count who is called in decline, on simulated shops",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return o.print(cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.IntVar(&o.customers, "customers", 4000, "customers of each steady kind")
	f.IntSliceVar(&o.shops, "shop", nil, "numbers of the shops to play (default: all)")
	f.Float64Var(&o.rules.Momentum, "momentum", 0.3, "momentum below which a customer is in decline")
	f.Float64Var(&o.rules.FalseShare, "false-share", 0.10, "share of steady customers among those called on a night")
	f.Uint64Var(&o.seed, "seed", 1, "of the dice")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "goroutines")
	cmd.AddCommand(newHoldoutCmd())
	return cmd
}

// lifecycle is how stages are told.
func (o options) lifecycle() segment.Lifecycle {
	return segment.Lifecycle{Rules: o.rules, Forecaster: outlook.Models{Workers: o.workers}, Workers: o.workers}
}

func newHoldoutCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "holdout FOLDER",
		Short: "Look what became of those called in decline, on CDNOW and Online Retail",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, "| data | customers | later purchases | list | on it | later purchases | none at all | to matched | to matched of the same recency |")
			fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
			for _, e := range exports(args[0]) {
				v, err := e.holdout(runtime.GOMAXPROCS(0))
				if err != nil {
					return err
				}
				v.print(out, e.path)
			}
			return nil
		},
	}
}

// print runs the studies and prints tables in Markdown.
func (o options) print(out io.Writer) error {
	for i, s := range shops {
		if len(o.shops) > 0 && !slices.Contains(o.shops, i+1) {
			continue
		}
		r, err := study(s, o)
		if err != nil {
			return err
		}
		r.print(out)
	}
	return nil
}

func (r result) print(out io.Writer) {
	fmt.Fprintf(out, "### A shop %s\n\n", r.name)
	fmt.Fprintln(out, "| customers | n | purchases | called within the year | in decline on the last night | median delay, days | gradual | kind right | returned |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
	for _, w := range r.rows {
		if w.customers < 2 {
			continue
		}
		delay, right := "", ""
		if w.truth == sudden || w.truth == gradual {
			delay = strconv.Itoa(int(w.medianDelay()))
			right = percent(w.manyRight, w.many)
		}
		fmt.Fprintf(out, "| %s | %d | %.0f | %s | %s | %s | %s | %s | %s |\n", w.name, w.customers, w.purchases/float64(w.customers),
			percent(w.ever, w.calm), percent(w.tonight, w.customers), delay, percent(w.gradual, w.tonight), right, percent(w.returns, w.customers))
	}
	r.printPower(out)
	fmt.Fprintf(out, "\nSteady among those in decline on the last night: %s.\n\n", percent(r.false, r.called))
}

// printPower prints what of those who stop at 60% is found, by what they had
// bought.
func (r result) printPower(out io.Writer) {
	var names, shares []string
	from, some := 2, false
	for class, f := range r.power {
		name := fmt.Sprintf("%d or more", from)
		if class < len(histories) {
			name = fmt.Sprintf("%d to %d", from, histories[class]-1)
			from = histories[class]
		}
		names, shares = append(names, name), append(shares, percent(f.in, f.of))
		some = some || f.of > 0
	}
	if some {
		fmt.Fprintf(out, "\n| purchases of those who stop at 60%% | %s |\n|---|%s\n| in decline on the last night | %s |\n",
			strings.Join(names, " | "), strings.Repeat("---|", len(names)), strings.Join(shares, " | "))
	}
}

func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}
