package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"

	"github.com/spf13/cobra"

	"clientele/benchmarks/process"
	"clientele/segment/tier"
)

func main() {
	if err := newRootCmd().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "tiers:", err)
		os.Exit(1)
	}
}

// options say how much to decide.
type options struct {
	customers, days, rounds int
	profile                 string
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:           "tiers",
		Short:         "Time a night's tiers",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return o.print(cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.IntVar(&o.customers, "customers", 1_000_000, "customers of the shop")
	f.IntVar(&o.days, "days", 10, "purchase days of a customer, about")
	f.IntVar(&o.rounds, "rounds", 5, "rounds, of which the medians are printed")
	f.StringVar(&o.profile, "profile", "", "file for a profile of the processor time")
	return cmd
}

// print times every programme and prints a table in Markdown.
func (o options) print(out io.Writer) error {
	shop := newShop(o.customers, o.days)
	if o.profile != "" {
		file, err := os.Create(o.profile)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	fmt.Fprintf(out, "%d customers, %.1f purchase days each, medians of %d rounds. %s, %s.\n\n",
		len(shop.id), float64(len(shop.activity.Day))/float64(len(shop.id)), o.rounds, process.Machine(), runtime.Version())
	fmt.Fprintln(out, "| programme | night | wall s | CPU s | members | changes | warnings |")
	fmt.Fprintln(out, "|---|---|---:|---:|---:|---:|---:|")
	for _, p := range programmes() {
		if err := o.printProgramme(out, p, shop); err != nil {
			return err
		}
	}
	return nil
}

// printProgramme times the first night, with and without the history before it,
// the next one, and one after a week.
func (o options) printProgramme(out io.Writer, p named, shop *shop) error {
	var before *tier.Before
	for _, night := range []struct {
		name   string
		asOf   int32
		replay bool
	}{
		{"the first, from tonight", firstNight, false},
		{"the first", firstNight, true},
		{"the next", firstNight + 1, false},
		{"after a week", lastNight, false},
	} {
		if night.replay {
			before = nil
		}
		in := shop.input(night.asOf, before)
		in.Replay = night.replay
		took, result, err := o.timed(p.programme, in)
		if err != nil {
			return err
		}
		members := 0
		for _, level := range result.Level {
			if level != tier.NoLevel {
				members++
			}
		}
		fmt.Fprintf(out, "| %s | %s | %.2f | %.2f | %d | %d | %d |\n", p.name, night.name,
			took.Wall.Seconds(), took.CPU.Seconds(), members, len(result.Changes), len(result.Warnings))
		before = &tier.Before{Night: night.asOf, State: result.State}
	}
	return nil
}

// timed decides one night some times. Collecting what the round before left
// is not counted; collecting during the round is.
func (o options) timed(p tier.Programme, in tier.Input) (process.Usage, tier.Result, error) {
	var result tier.Result
	var rounds []process.Usage
	for range o.rounds {
		runtime.GC()
		clock := process.StartClock()
		night, err := p.Advance(in)
		if err != nil {
			return process.Usage{}, result, err
		}
		rounds = append(rounds, clock.Read())
		result = night
	}
	return process.Median(rounds), result, nil
}
