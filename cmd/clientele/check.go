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
	return p.err
}

// counted is a number and what it counts.
func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%s %ss", thousands(n), what)
}
