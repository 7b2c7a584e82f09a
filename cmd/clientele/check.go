package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/tiers"
	"clientele/segment"
)

// checkOptions are what `clientele check` is given.
type checkOptions struct {
	streams
	jobFile    string
	settings   settingFlags
	noExamples bool
}

func newCheckCmd(s streams) *cobra.Command {
	o := checkOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "check JOB",
		Short: "Check the job file and a sample of the data; write nothing",
		Long: `Check the job file and a sample of the data, and write nothing: which column is read
as what, with three values of each as the export has them and as they were read; what
becomes of the sample; what a run would do, and about how long it would take.

The values are those of customers, for who looks at the export anyway. Where the
output is kept, as in a log, leave them out with --no-examples.`,
		Example: "  clientele check shop.yaml",
		Args:    takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			return runCheck(cmd.Context(), o)
		},
	}
	o.settings.add(cmd)
	cmd.Flags().BoolVar(&o.noExamples, "no-examples", false, "show no values of the export")
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
	if o.noExamples {
		for i := range found.Mappings {
			found.Mappings[i].Examples = nil
		}
	}
	return printFindings(o.out, o.jobFile, j, found)
}

func printFindings(w io.Writer, jobFile string, j *job.Job, found *analytics.Findings) error {
	p := printer{w: w}
	p.line("%s is fine: job %s, as of %s, %s", jobFile, j.Name, j.AsOf, counted(int64(found.Files), "export file"))
	p.line("")
	printMappings(&p, j, found)
	p.line("")
	printEncodings(&p, found.Encodings)
	printSample(&p, j, found)
	printPlan(&p, j, found)
	printLint(&p, found)
	printRehearsal(&p, found.Tiers)
	return p.err
}

// printSample says what became of a sample of the rows, and what is to be warned of.
func printSample(p *printer, j *job.Job, found *analytics.Findings) {
	t := found.Sample.Total
	of := "a sample of "
	if found.Expected.Whole {
		of = ""
	}
	p.line("Of %s%s, %s would be used.", of, counted(t.Read.Rows, "row"), thousands(t.Used.Rows))
	for _, r := range ledger.Reasons {
		if c := t.Rejected[r]; c.Rows > 0 {
			p.line("  %s set aside: %s", thousands(c.Rows), reasonText(r))
		}
	}
	printSampleJoins(p, j, found)
	for _, warning := range found.Warnings {
		p.line("Warning: %s", warning)
	}
}

// printSampleJoins says how many rows of the sample found a partner in each joined file.
func printSampleJoins(p *printer, j *job.Job, found *analytics.Findings) {
	for i, joins := range found.Sample.Joins {
		for _, c := range joins {
			all := c.Found.Rows + c.NoPartner.Rows + c.NoKey.Rows
			p.line("Joined to %s by %s: %s of %s found a row of %s.", j.Sources[i].Path, c.Key, thousands(c.Found.Rows), counted(all, "row"), c.Path)
		}
	}
}

// printRehearsal says whom changed rules of the tiers would move.
func printRehearsal(p *printer, r *tiers.Rehearsal) {
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

// printLint says what the table of segments leaves open or says twice.
func printLint(p *printer, found *analytics.Findings) {
	s, l := found.Segments, found.Lint
	if s == nil {
		return
	}
	if len(l.Unmatched)+len(l.Overlapping)+len(l.Never) == 0 {
		p.line("Segments %s: each of the %d cells of scores belongs to exactly one of %s.", s.Name, l.Cells, counted(int64(len(s.Rules)), "rule"))
		return
	}
	p.line("Segments %s: %s over %d cells of scores r-f-m; the first rule that matches wins.", s.Name, counted(int64(len(s.Rules)), "rule"), l.Cells)
	printCells(p, "no rule matches, so that their customers are others", l.Unmatched)
	printCells(p, "several rules match", l.Overlapping)
	printCells(p, "another order of the rules would give another segment", l.OrderDependent)
	for _, i := range l.Never {
		p.line("  rule %d, %s, can never fire", i+1, s.Rules[i].Key)
	}
}

// printCells counts cells and shows the first of them.
func printCells(p *printer, what string, cells []segment.Cell) {
	if len(cells) == 0 {
		return
	}
	const most = 10
	var shown strings.Builder
	for i, c := range cells[:min(most, len(cells))] {
		if i > 0 {
			shown.WriteString(", ")
		}
		shown.WriteString(c.String())
	}
	if len(cells) > most {
		shown.WriteString(", ...")
	}
	p.line("  %s where %s: %s", counted(int64(len(cells)), "cell"), what, shown.String())
}

// counted is a number and what it counts.
func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%s %ss", thousands(n), what)
}
