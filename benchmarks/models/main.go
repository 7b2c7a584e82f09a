package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"clientele/benchmarks/command"
)

func main() { command.Main(newRootCmd()) }

// options are what the command line gives.
type options struct {
	customers, stream []int
	rounds, peerLimit int
	models            []string
	dir               string
	python, rscript   string
}

func newRootCmd() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:   "models",
		Short: "Time the lifetime models beside their peers",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.measure(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.IntSliceVar(&o.customers, "customers", []int{100_000, 1_000_000}, "customers in a table; fits and scoring are run for each number")
	f.IntSliceVar(&o.stream, "stream", []int{1_000_000, 2_000_000, 4_000_000, 8_000_000}, "customers who stream by")
	f.IntVar(&o.rounds, "rounds", 3, "times that each program runs; fits that are slow beyond measure run once")
	f.StringSliceVar(&o.models, "models", allModels(), "models to run")
	f.IntVar(&o.peerLimit, "peer-limit", 100_000, "most customers to whom a slow peer's model is fitted")
	f.StringVar(&o.dir, "dir", filepath.Join(os.TempDir(), "clientele-models"), "folder for tables, which are kept, and results")
	f.StringVar(&o.python, "python", os.Getenv("LIFETIMES_PYTHON"), "Python that has lifetimes; empty: do without it (default $LIFETIMES_PYTHON)")
	f.StringVar(&o.rscript, "rscript", "Rscript", "Rscript, whose CLVTools is run where it has that package")
	cmd.AddCommand(childCmds()...)
	return cmd
}

// childCmds are the measurements, which the benchmark calls as processes of
// their own. Each prints JSON.
func childCmds() []*cobra.Command {
	return []*cobra.Command{
		childCmd("table MODEL CUSTOMERS FILE", func(ctx context.Context, args []string) (any, error) {
			customers, err := strconv.Atoi(args[1])
			if err != nil {
				return nil, err
			}
			return customers, makeTable(ctx, args[2], args[0], customers)
		}),
		childCmd("fit MODEL TABLE", func(_ context.Context, args []string) (any, error) {
			return fit(args[0], args[1])
		}),
		childCmd("likelihood MODEL TABLE PARAMETERS", func(_ context.Context, args []string) (any, error) {
			var params map[string]float64
			if err := json.Unmarshal([]byte(args[2]), &params); err != nil {
				return nil, err
			}
			return logLikelihood(args[0], args[1], params)
		}),
		childCmd("score VARIANT MODEL TABLE OUT", func(_ context.Context, args []string) (any, error) {
			v, err := variantOf(args[0])
			if err != nil {
				return nil, err
			}
			return score(v, args[1], args[2], args[3])
		}),
		childCmd("stream VARIANT MODEL CUSTOMERS", func(_ context.Context, args []string) (any, error) {
			v, err := variantOf(args[0])
			if err != nil {
				return nil, err
			}
			customers, err := strconv.Atoi(args[2])
			if err != nil {
				return nil, err
			}
			return stream(v, args[1], customers)
		}),
		childCmd("compare OURS THEIRS", func(_ context.Context, args []string) (any, error) {
			return compare(args[0], args[1])
		}),
	}
}

// childCmd is a hidden command that takes the arguments its use names and
// prints what do returns as JSON.
func childCmd(use string, do func(ctx context.Context, args []string) (any, error)) *cobra.Command {
	return &cobra.Command{
		Use:    use,
		Hidden: true,
		Args:   cobra.ExactArgs(len(strings.Fields(use)) - 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := do(cmd.Context(), args)
			if err != nil {
				return err
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(result)
		},
	}
}

func (o options) validate() error {
	var wrong []error
	atLeast := func(flag string, low int, values ...int) {
		for _, v := range values {
			if v < low {
				wrong = append(wrong, fmt.Errorf("--%s: got %d, wanted at least %d", flag, v, low))
			}
		}
	}
	atLeast("customers", 1, o.customers...)
	atLeast("stream", 1, o.stream...)
	atLeast("rounds", 1, o.rounds)
	atLeast("peer-limit", 0, o.peerLimit)
	if len(o.models) == 0 {
		wrong = append(wrong, fmt.Errorf("--models: got none, wanted some of %v", allModels()))
	}
	for _, m := range o.models {
		if !slices.Contains(allModels(), m) {
			wrong = append(wrong, fmt.Errorf("--models: got %q, wanted some of %v", m, allModels()))
		}
	}
	return errors.Join(wrong...)
}
