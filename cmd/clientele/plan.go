package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/activation"
	"clientele/analytics/job"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// planOptions are what `clientele plan` is given.
type planOptions struct {
	streams
	jobFile  string
	settings settingFlags
	budgets  []string
	json     bool
	threads  threads
}

func newPlanCmd(s streams) *cobra.Command {
	o := planOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "plan JOB",
		Short: "Say what a budget for contacts would bring; write nothing",
		Long: `Say what budgets for contacts would bring on the next night: how many contacts, what
they cost, the margin that they are expected to bring by what campaigns brought so far,
and what one more unit of money would bring. First for all campaigns together, then for
each alone. Budgets that the job file states do not count here.

The customers are those of the newest publication, or with --as-of of the newest that is
no later. Where nothing has been measured yet,
that is said: such contacts count, and their margin does not. Where what was measured
proves nothing yet, the campaigns that it rests on are named, with the customers that it
would have taken. Nothing is written.`,
		Example: `  clientele plan shop.yaml --budget 1000,2000,5000
  clientele plan shop.yaml --budget 500 --as-of 2026-05-31 --json`,
		Args: takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			budgets, err := parseBudgets(o.budgets)
			if err != nil {
				return usageError{cmd, err}
			}
			return runPlan(cmd.Context(), cmd, o, budgets)
		},
	}
	o.settings.add(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&o.budgets, "budget", nil, "`amounts` of money, in the job's currency: 1000,2000,5000")
	flags.BoolVar(&o.json, "json", false, "print the plan as JSON")
	o.threads.add(flags)
	return cmd
}

// parseBudgets reads amounts of money.
func parseBudgets(texts []string) ([]float64, error) {
	if len(texts) == 0 {
		return nil, errors.New("--budget is missing; give one amount of money or several, such as --budget 1000,2000,5000")
	}
	budgets := make([]float64, len(texts))
	for i, text := range texts {
		v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
			return nil, fmt.Errorf("--budget: %q is not an amount of money; want a number of at least 0, such as 1000", text)
		}
		budgets[i] = v
	}
	return budgets, nil
}

func runPlan(ctx context.Context, cmd *cobra.Command, o planOptions, budgets []float64) error {
	j, err := o.settings.load(o.jobFile)
	if err != nil {
		return err
	}
	until := job.AsOf{Latest: true}
	if o.settings.asOf != "" {
		until = j.AsOf
	}
	plan, err := analytics.PlanBudgets(ctx, j, analytics.Options{Threads: int(o.threads)}, budgets, until)
	if errors.Is(err, analytics.ErrNoCampaign) || errors.Is(err, analytics.ErrNoPublication) {
		return usageError{cmd, fmt.Errorf("%s: %w", o.jobFile, err)}
	}
	if err != nil {
		return err
	}
	if o.json {
		return writeJSON(o.out, plan)
	}
	p := &printer{w: o.out, in: wording.In(j.Output.Language)}
	printPlanned(p, plan)
	return p.err
}

// printPlanned prints a plan for people.
func printPlanned(p *printer, plan *activation.BudgetPlan) {
	if plan.Night == 0 {
		p.say("plan.nothing", "name", plan.Name)
		return
	}
	p.say("plan.title", "name", plan.Name, "night", calendar.Format(calendar.Day(plan.Night)), "as_of", plan.AsOf)
	p.line("")
	p.say("plan.all")
	printBudgets(p, plan.All)
	for _, c := range plan.Campaigns {
		p.line("")
		if c.Measured {
			p.say("plan.alone", "campaign", c.Campaign)
		} else {
			p.say("plan.unmeasured", "campaign", c.Campaign)
		}
		printBudgets(p, c.Rows)
		printBasis(p, c)
	}
	p.line("")
	p.say("plan.means")
}

// printBasis says where what is expected of a campaign rests on too little, and how much it
// would take.
func printBasis(p *printer, c activation.CampaignBudget) {
	if !c.Measured || c.Proved {
		return
	}
	var weak []string
	for _, b := range c.RestsOn {
		if b.Verdict.Proved() {
			continue
		}
		verdict := p.in.SayOf("report.effect", string(b.Verdict))
		if b.Needed == nil || *b.Needed >= math.MaxInt64 {
			weak = append(weak, p.in.Say("plan.no_effect", "campaign", b.Campaign, "verdict", verdict, "customers", int64(b.Customers)))
			continue
		}
		weak = append(weak, p.in.Say("plan.too_few", "campaign", b.Campaign, "verdict", verdict, "customers", int64(b.Customers), "needed", int64(*b.Needed)))
	}
	p.say("plan.rests_on", "campaigns", p.in.Row(weak...))
}

func printBudgets(p *printer, rows []activation.BudgetRow) {
	cells := make([][]any, len(rows))
	for i, r := range rows {
		cells[i] = []any{cents(r.Budget), count(r.Contacts), count(r.Unmeasured), cents(r.Cost), centsIfKnown(r.Expected), centsIfKnown(r.NextUnit)}
	}
	p.table([]any{
		p.in.Say("plan.budget"), p.in.Say("activation.contacts"), p.in.Say("plan.not_measured"), p.in.Say("activation.cost"), p.in.Say("plan.expected"), p.in.Say("plan.next"),
	}, cells)
}
