package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"
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
	f.Uint64Var(&o.seed, "seed", 1, "of the dice")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "goroutines")
	cmd.AddCommand(newHoldoutCmd())
	return cmd
}

func newHoldoutCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "holdout FOLDER",
		Short: "Look what became of those called in decline, on CDNOW and Online Retail",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, "| data | customers | called | later purchases | of those called | to matched | to matched of the same recency | missed, to the least alive | gone | least alive gone |")
			fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
			for _, e := range exports(args[0]) {
				v, err := e.holdout(runtime.GOMAXPROCS(0))
				if err != nil {
					return err
				}
				v.print(out, filepath.Base(e.path))
			}
			return nil
		},
	}
}

// exports are the real data that the study knows, within a folder.
func exports(dir string) []export {
	return []export{
		{
			path: filepath.Join(dir, "cdnow_master.csv"), customer: "customer_id", day: "date", layout: time.DateOnly,
			splitOn: "1997-12-31", endOn: "1998-06-30",
		},
		{
			path: filepath.Join(dir, "uci-online-retail.csv.gz"), customer: "CustomerID", day: "InvoiceDate", layout: "2006-01-02 15:04:05",
			quantity: "Quantity", price: "UnitPrice", splitOn: "2011-08-31", endOn: "2011-12-09",
		},
	}
}

// print runs the studies and prints tables in Markdown.
func (o options) print(out io.Writer) error {
	for i, s := range shops {
		if len(o.shops) > 0 && !slices.Contains(o.shops, i+1) {
			continue
		}
		r, err := study(s, o.customers, o.seed, o.workers)
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
	fmt.Fprintf(out, "\nSteady among those in decline on the last night: %s.\n\n", percent(r.false, r.called))
}

func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(of))
}
