package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/clv/backtest"
	"clientele/internal/number"
	"clientele/internal/wording"
)

// backtestOptions are what `clientele backtest` is given.
type backtestOptions struct {
	streams
	jobFile  string
	settings settingFlags
	models   []string
	json     bool
	quiet    bool
	threads  threads
	memory   memory
}

func newBacktestCmd(s streams) *cobra.Command {
	o := backtestOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "backtest JOB",
		Short: "Tell how well each lifetime model would have predicted the past",
		Long: `Backtest the lifetime models on the shop's own history; publish nothing.

The history is cut at several days. Each model is fitted to what came before and
predicts every customer's purchases in the weeks after; customers first seen
later are counted and left out. Models are compared by their mean log score, the
logarithm of the probability they gave to what each customer then did. The blend
is the mean of their forecasts, by the weights that would have scored best: that
is how clv.model: auto weighs them. A history that can tell nothing is refused with
a reason.

  bias      expected purchases of all customers over actual ones, less 1
  skill     squared error avoided, of that of the better naive rule (1 is perfect)
  spearman  correlation of the ranks of predicted and actual purchases
  gini      how well the order of customers was known (1 is perfectly)
  in 90%    how often a customer's purchases lay in the shortest interval that holds
            90% by the fitted model, those at its edge by share: 90% for a true model
            (future_low and future_high add the error of the parameters)`,
		Example: `  clientele backtest shop.yaml
  clientele backtest shop.yaml --models pareto-nbd,mbg-nbd --json`,
		Args: takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			j, err := o.settings.load(o.jobFile)
			if err != nil {
				return err
			}
			if err := o.checkModels(j, cmd.Flags().Changed("models")); err != nil {
				return usageError{cmd, err}
			}
			return runBacktest(cmd.Context(), j, o)
		},
	}
	o.settings.add(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&o.models, "models", nil, "models to try, with commas (default those that auto chooses from)")
	flags.BoolVar(&o.json, "json", false, "print everything as JSON: each split, deciles and tracking too")
	flags.BoolVar(&o.quiet, "quiet", false, "show no progress")
	o.threads.add(flags)
	o.memory.add(flags)
	return cmd
}

// checkModels refuses models that the job cannot feed.
func (o backtestOptions) checkModels(j *job.Job, given bool) error {
	names := analytics.BacktestModels(j)
	if given && len(o.models) == 0 {
		return fmt.Errorf("--models: the value is empty; use some of %s", strings.Join(names, ", "))
	}
	for i, model := range o.models {
		if !slices.Contains(names, model) {
			hint := "use " + strings.Join(names, ", ")
			if near, ok := job.Nearest(model, names); ok {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			return fmt.Errorf("--models: %q is not a model that can be backtested in this job; %s", model, hint)
		}
		if slices.Contains(o.models[:i], model) {
			return fmt.Errorf("--models: %s is there twice", model)
		}
	}
	return nil
}

func runBacktest(ctx context.Context, j *job.Job, o backtestOptions) error {
	p := newProgress(o.err, logText, o.quiet, planOf(j, analytics.BacktestSteps), j.Output.Language)
	report, err := analytics.Backtest(ctx, j, analytics.BacktestOptions{
		Options: analytics.Options{Threads: int(o.threads), Memory: int64(o.memory), Step: p.step, Reading: p.reading, OnCluster: p.onCluster, Waiting: p.waiting}, Models: o.models,
	})
	p.done()
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(o.out, report)
	}
	return printBacktest(o.out, wording.In(j.Output.Language), report)
}

// printBacktest tells a person what a backtest found.
func printBacktest(w io.Writer, in wording.Language, r *analytics.BacktestReport) error {
	p := &printer{w: w, in: in}
	p.say("backtest.title", "name", r.Name, "as_of", r.AsOf, "customers", p.counted(r.Customers, "customers"), "first", r.FirstDay, "days", wording.Plain(r.HoldoutDays))
	p.line("")
	printSplits(p, r.Splits)
	printForecasts(p, r)
	printDeciles(p, r)
	printMoney(p, r.Money)
	printProblems(p, r)
	for _, warning := range r.Warnings {
		p.say("summary.warning", "warning", warning)
	}
	if r.Refused != "" {
		p.say("backtest.no_model", "why", r.Refused)
		return p.err
	}
	p.say("backtest.blend", "members", weightsInWords(p, r.Weights))
	p.say("backtest.why", "why", r.Why)
	if r.Drifted != "" {
		p.say("backtest.note", "note", r.Drifted)
	}
	return p.err
}

// weightsInWords lists the members of a blend, the heaviest first.
func weightsInWords(p *printer, weights []backtest.Weight) string {
	sorted := slices.Clone(weights)
	slices.SortStableFunc(sorted, func(a, b backtest.Weight) int { return cmp.Compare(b.Weight, a.Weight) })
	parts := make([]string, len(sorted))
	for i, w := range sorted {
		parts[i] = w.Model + " " + string(percent(w.Weight))
	}
	return p.in.Row(parts...)
}

// printMoney says what the blend's forecasts of money came to.
func printMoney(p *printer, money []analytics.MoneyReport) {
	rows := make([][]any, len(money))
	for i, m := range money {
		off := m.Actual/m.Expected - 1
		rows[i] = []any{m.Origin, amount(m.Expected), amount(m.Actual), share(number.Float(off))}
	}
	if len(rows) > 0 {
		p.table([]any{p.in.Say("backtest.fitted_to"), p.in.Say("backtest.spend_predicted"), p.in.Say("backtest.actual"), p.in.Say("backtest.off_by")}, rows)
		p.line("")
	}
}

func printSplits(p *printer, splits []analytics.SplitReport) {
	rows := make([][]any, len(splits))
	for i, s := range splits {
		rows[i] = []any{
			s.Origin, s.End, rounded(s.Customers), rounded(s.RepeatBuyers), rounded(s.BornAfter), rounded(s.Actual),
		}
	}
	if len(rows) > 0 {
		p.table([]any{p.in.Say("backtest.fitted_to"), p.in.Say("backtest.predicted_to"), p.in.Say("summary.customers"), p.in.Say("backtest.came_back"), p.in.Say("backtest.born_later"), p.in.Say("backtest.purchases")}, rows)
		p.line("")
	}
}

// printForecasts compares the models over all splits, those with the best log
// score first, then the naive rules.
func printForecasts(p *printer, r *analytics.BacktestReport) {
	rows := make([][]any, len(r.Pooled))
	for i, f := range r.Pooled {
		rows[i] = []any{
			f.Model, decimals(f.LogScore, 4), share(f.Bias), decimals(f.MAE, 3), decimals(f.RMSE, 3), decimals(f.Skill, 3),
			decimals(f.Spearman, 3), decimals(f.Gini, 3), share(f.CoverageTieSplit),
		}
	}
	if len(rows) > 0 {
		p.table([]any{p.in.Say("backtest.model"), p.in.Say("backtest.log_score"), p.in.Say("backtest.bias"), "mae", "rmse", p.in.Say("backtest.skill"), "spearman", "gini", p.in.Say("backtest.in_90")}, rows)
		p.line("")
	}
}

// printProblems says which candidates take no part and why and, of the others,
// which fits went wrong or ended in a simpler model.
func printProblems(p *printer, r *analytics.BacktestReport) {
	out := map[string]bool{}
	for _, c := range r.Candidates {
		if !c.Out.IsZero() {
			out[c.Model] = true
			p.say("backtest.out", "model", c.Model, "why", c.Out)
		}
	}
	for _, s := range r.Splits {
		for _, f := range s.Forecasts {
			switch {
			case out[f.Model]:
			case f.Problem != "":
				p.say("backtest.problem", "model", f.Model, "origin", s.Origin, "problem", f.Problem)
			case f.Fitted != "":
				p.say("backtest.reduced", "model", f.Model, "origin", s.Origin, "to", f.Fitted)
			}
		}
	}
}

// printDeciles shows the tenths of customers of the first forecast: the blend's or,
// where that could not be made, the first model's.
func printDeciles(p *printer, r *analytics.BacktestReport) {
	const i = 0
	if len(r.Pooled) == 0 || len(r.Pooled[i].Deciles) == 0 {
		return
	}
	rows := [][]any{}
	for k, d := range r.Pooled[i].Deciles {
		rows = append(rows, []any{
			strconv.Itoa(k + 1), rounded(d.Customers), decimals(number.Float(d.Predicted), 3), decimals(number.Float(d.Actual), 3),
		})
	}
	p.table([]any{p.in.Say("backtest.tenth"), p.in.Say("summary.customers"), p.in.Say("backtest.predicted_by", "model", r.Pooled[i].Model), p.in.Say("backtest.actual")}, rows)
	p.line("")
}

func rounded(v float64) figure { return figure(thousands(int64(v + 0.5))) }

// decimals is a number that may not exist.
func decimals(v number.Float, places int) figure {
	if !v.Known() {
		return ""
	}
	return figure(fmt.Sprintf("%.*f", places, float64(v)))
}

func share(v number.Float) figure {
	if !v.Known() {
		return ""
	}
	return percent(float64(v))
}
