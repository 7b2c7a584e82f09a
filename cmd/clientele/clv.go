package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/modeltable"
	"clientele/clv"
	"clientele/internal/concurrent"
	"clientele/internal/terminal"
)

func newCLVCmd(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "clv",
		Short: "Fit and use lifetime-value models on a table of (x, t_x, t[, spend])",
		Long: `Fit and use lifetime-value models on summary tables.

SUMMARY is CSV or Parquet with the columns customer_id, x (repeat purchase days),
t_x (time from the first to the last of them), t (time observed) and, for spend,
spend (mean per repeat purchase); weight says how many equal customers a row is.
litt, the sum of the natural logarithms of the gaps between a customer's purchases,
tells bg-cnbd-k and mbg-cnbd-k how regular they are; without it give clv fit a --k.`,
		Args: takesCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newCLVFitCmd(s), newCLVPredictCmd(s))
	return cmd
}

// fitOptions are what `clientele clv fit` is given.
type fitOptions struct {
	streams
	summary, model, unit, out string
	k                         int
}

func newCLVFitCmd(s streams) *cobra.Command {
	o := fitOptions{streams: s}
	cmd := &cobra.Command{
		Use:     "fit SUMMARY",
		Short:   "Fit a model to a table of (x, t_x, t[, spend])",
		Example: "  clientele clv fit --model mbg-nbd --unit week summary.csv -o model.json",
		Args:    takes("SUMMARY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.summary = args[0]
			if err := o.validate(); err != nil {
				return usageError{cmd, err}
			}
			return runCLVFit(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.model, "model", "mbg-nbd", "model to fit: "+strings.Join(modeltable.ModelNames(), ", "))
	completes(cmd, "model", completeWords(modeltable.ModelNames()...))
	flags.StringVar(&o.unit, "unit", "week", "unit of t_x and t: day, week or month")
	completes(cmd, "unit", completeWords("day", "week", "month"))
	flags.IntVar(&o.k, "k", 0, "how regular purchases are, of bg-cnbd-k and mbg-cnbd-k: 1 (random) to 12 (default: the likeliest, by the column litt)")
	flags.StringVarP(&o.out, "out", "o", "", "model file to write (default standard output)")
	return cmd
}

func (o fitOptions) validate() error {
	if names := modeltable.ModelNames(); !slices.Contains(names, o.model) {
		hint := "use " + strings.Join(names, ", ")
		if near, ok := job.Nearest(o.model, names); ok {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return fmt.Errorf("--model: unknown model %q; %s", o.model, hint)
	}
	if err := validUnit(o.unit); err != nil {
		return fmt.Errorf("--unit: %w", err)
	}
	switch {
	case o.k < 0 || o.k > clv.MaxStages:
		return fmt.Errorf("--k: %d is not a whole number from 1 to %d", o.k, clv.MaxStages)
	case o.k > 0 && !strings.HasSuffix(o.model, "cnbd-k"):
		return fmt.Errorf("--k: %s has no k; it belongs to bg-cnbd-k and mbg-cnbd-k", o.model)
	}
	return nil
}

func validUnit(unit string) error {
	if !slices.Contains([]job.Unit{job.Day, job.Week, job.Month}, job.Unit(unit)) {
		return fmt.Errorf("%q is not day, week or month", unit)
	}
	return nil
}

func runCLVFit(ctx context.Context, o fitOptions) error {
	t, err := readTable(ctx, o.summary)
	if err != nil {
		return err
	}
	var file clv.File
	var warnings []string
	err = concurrent.Until(ctx, func() (err error) {
		file, warnings, err = modeltable.Fit(t, modeltable.FitOptions{Model: o.model, Unit: o.unit, K: o.k, Workers: runtime.GOMAXPROCS(0)})
		return err
	})
	if err != nil {
		return err
	}
	p := &printer{w: o.err}
	for _, w := range warnings {
		p.line("clientele: warning: %s", w)
	}
	if p.err != nil {
		return p.err
	}
	return writeTo(o.out, o.streams.out, func(w io.Writer) error { return writeJSON(w, file) })
}

func readTable(ctx context.Context, path string) (t *modeltable.Table, err error) {
	err = withEngine(ctx, func(e engine.Engine) (err error) {
		t, err = modeltable.Read(ctx, e, path)
		return err
	})
	return t, err
}

// withEngine opens an engine for as long as it is used.
func withEngine(ctx context.Context, use func(engine.Engine) error) error {
	e, err := engine.OpenDuckDB(ctx, engine.Options{KeepOrder: true})
	if err != nil {
		return err
	}
	return errors.Join(use(e), e.Close())
}

// predictOptions are what `clientele clv predict` is given.
type predictOptions struct {
	streams
	summary, model, out          string
	horizon, discountRate, delta float64
	discount, intervals          bool
}

func newCLVPredictCmd(s streams) *cobra.Command {
	o := predictOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "predict SUMMARY",
		Short: "Score a table of (x, t_x, t[, spend]) with a model file",
		Example: `  clientele clv predict --model model.json --horizon 52 --discount-rate 0.10 summary.csv
  clientele clv predict --model model.json --delta 0.0027 summary.csv -o scores.csv`,
		Args: takes("SUMMARY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.summary = args[0]
			o.discount = cmd.Flags().Changed("discount-rate") || cmd.Flags().Changed("delta")
			if err := o.validate(); err != nil {
				return usageError{cmd, err}
			}
			return runCLVPredict(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.model, "model", "", "model file (required)")
	flags.Float64Var(&o.horizon, "horizon", 52, "how far ahead to look, in the model's unit")
	flags.Float64Var(&o.discountRate, "discount-rate", 0, "effective rate per year, such as 0.10; adds dect and dert")
	flags.Float64Var(&o.delta, "delta", 0, "continuous rate per model unit, instead of --discount-rate; adds dect and dert")
	flags.BoolVar(&o.intervals, "intervals", false, "add purchases_low and purchases_high, the 90% interval of purchases within the horizon")
	flags.StringVarP(&o.out, "out", "o", "", "CSV file to write (default standard output)")
	return cmd
}

func (o predictOptions) validate() error {
	if o.model == "" {
		return errors.New("--model is missing; give the model file that clv fit wrote")
	}
	if o.discountRate != 0 && o.delta != 0 {
		return errors.New("--discount-rate and --delta are two ways to say one thing; give one of them")
	}
	for _, f := range []struct {
		name  string
		value float64
	}{{"--horizon", o.horizon}, {"--discount-rate", o.discountRate}, {"--delta", o.delta}} {
		if math.IsNaN(f.value) || f.value < 0 || f.value > clv.MaxTime {
			return fmt.Errorf("%s: %v is not a number from 0 to %v", f.name, f.value, clv.MaxTime)
		}
	}
	return nil
}

func runCLVPredict(ctx context.Context, o predictOptions) error {
	file, err := modeltable.ReadFile(o.model)
	if err != nil {
		return err
	}
	delta := o.delta
	if o.discountRate > 0 {
		if err := validUnit(file.Unit); err != nil {
			return &ledger.DataError{Path: o.model, Message: fmt.Sprintf("unit: %v, so --discount-rate cannot be converted; use --delta", err)}
		}
		delta = clv.ContinuousRate(o.discountRate, job.Year.Days()/job.Unit(file.Unit).Days())
	}
	options := modeltable.PredictOptions{ModelPath: o.model, Horizon: o.horizon, Delta: delta, Discount: o.discount, Intervals: o.intervals, Workers: runtime.GOMAXPROCS(0)}
	return withEngine(ctx, func(e engine.Engine) error {
		return writeTo(o.out, terminal.Data(o.streams.out), func(w io.Writer) error {
			return modeltable.Predict(ctx, w, e, o.summary, file, options)
		})
	})
}
