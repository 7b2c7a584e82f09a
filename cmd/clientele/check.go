package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// checkOptions are what `clientele check` is given.
type checkOptions struct {
	streams
	jobFile  string
	settings settingFlags
}

func newCheckCmd(s streams) *cobra.Command {
	o := checkOptions{streams: s}
	cmd := &cobra.Command{
		Use:     "check JOB",
		Short:   "Check the job file and a sample of the data; write nothing",
		Example: "  clientele check shop.yaml",
		Args:    takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			return runCheck(cmd.Context(), o)
		},
	}
	o.settings.add(cmd)
	return cmd
}

func runCheck(ctx context.Context, o checkOptions) error {
	j, err := o.settings.load(o.jobFile)
	if err != nil {
		return err
	}
	found, err := analytics.Check(ctx, j, analytics.Options{})
	if err != nil {
		return err
	}
	return printFindings(o.out, o.jobFile, j, found)
}

func printFindings(w io.Writer, jobFile string, j *job.Job, found *analytics.Findings) error {
	p := printer{w: w}
	p.line("%s is fine: job %s, as of %s, %s", jobFile, j.Name, j.AsOf, counted(int64(found.Files), "export file"))
	p.line("")
	rows := [][]any{}
	for _, m := range found.Mappings {
		rows = append(rows, []any{j.Sources[m.Source].Path, m.Key, m.SQL, m.Type})
	}
	p.table([]any{"source", "key", "read from", "as"}, rows)
	p.line("")
	t := found.Sample.Total
	p.line("Of the first %s, %s would be used.", counted(t.Read.Rows, "row"), thousands(t.Used.Rows))
	for _, r := range ledger.Reasons {
		if c := t.Rejected[r]; c.Rows > 0 {
			p.line("  %s set aside: %s", thousands(c.Rows), reasonText(r))
		}
	}
	for _, warning := range found.Warnings {
		p.line("Warning: %s", warning)
	}
	printRehearsal(&p, found.Tiers)
	return p.err
}

// printRehearsal says whom changed rules of the tiers would move.
func printRehearsal(p *printer, r *analytics.TierRehearsal) {
	if r == nil {
		return
	}
	when := "at each member's next review"
	if r.Apply == job.AtOnce {
		when = "at once"
	}
	p.line("")
	p.line("The rules of the tiers have changed since %s; they apply %s.", r.Since, when)
	if len(r.Moves) == 0 {
		p.line("A review of everybody tonight would leave nobody in another tier than by the old rules.")
		return
	}
	p.line("A review of everybody tonight would leave %s in another tier than by the old rules:", counted(int64(len(r.Moves)), "customer"))
	const shown = 20
	rows := [][]any{}
	for _, m := range r.Moves[:min(shown, len(r.Moves))] {
		rows = append(rows, []any{m.Customer, orNone(m.Has), orNone(m.Old), orNone(m.New), m.Reason})
	}
	p.table([]any{"customer", "has", "old rules", "new rules", "why"}, rows)
	if more := len(r.Moves) - shown; more > 0 {
		p.line("and %s more", thousands(int64(more)))
	}
}

func orNone(tier string) string {
	if tier == "" {
		return "(none)"
	}
	return tier
}

// counted is a number and what it counts.
func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%s %ss", thousands(n), what)
}
