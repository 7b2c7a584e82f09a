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
	"clientele/internal/wording"
	"clientele/segment"
)

// checkOptions are what `clientele check` is given.
type checkOptions struct {
	streams
	jobFile    string
	settings   settingFlags
	noExamples bool
	memory     memory
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
	o.memory.add(cmd.Flags())
	return cmd
}

func runCheck(ctx context.Context, o checkOptions) error {
	j, err := o.settings.load(o.jobFile)
	if err != nil {
		return err
	}
	found, err := analytics.Check(ctx, j, analytics.Options{Memory: int64(o.memory)})
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
	p := printer{w: w, in: wording.In(j.Output.Language)}
	p.say("check.fine", "file", jobFile, "job", j.Name, "as_of", j.AsOf.String(), "files", p.counted(int64(found.Files), "files"))
	p.line("")
	printMappings(&p, j, found)
	p.line("")
	for _, shape := range found.Shapes {
		p.line("%s", shape)
	}
	printEncodings(&p, found.Encodings)
	printSample(&p, found)
	printPlan(&p, j, found)
	printLint(&p, found)
	printRehearsal(&p, found.Tiers)
	printPreviews(&p, j, found.Campaigns)
	return p.err
}

// printSample says what became of a sample of the rows, and what is to be warned of.
func printSample(p *printer, found *analytics.Findings) {
	t := found.Sample.Total
	rows := p.counted(t.Read.Rows, "rows")
	if !found.Expected.Whole {
		rows = p.in.Say("check.of_sample", "rows", rows)
	}
	p.say("check.of", "rows", rows, "used", t.Used.Rows)
	for _, r := range ledger.Reasons {
		if c := t.Rejected[r]; c.Rows > 0 {
			p.say("check.set_aside", "rows", c.Rows, "reason", p.in.SayOf("fate", string(r)))
		}
	}
	printSampleJoins(p, found)
	for _, warning := range found.Warnings {
		p.say("summary.warning", "warning", warning)
	}
}

// printSampleJoins says how many rows of the sample found a partner in each joined file.
func printSampleJoins(p *printer, found *analytics.Findings) {
	for _, joins := range found.Sample.Joins {
		for _, c := range joins {
			all := c.Found.Rows + c.NoPartner.Rows + c.NoKey.Rows
			p.say("check.joined", "source", c.Source, "key", c.Key, "found", c.Found.Rows, "rows", p.counted(all, "rows"), "path", c.Path)
		}
	}
}

// printRehearsal says whom changed rules of the tiers would move.
func printRehearsal(p *printer, r *tiers.Rehearsal) {
	if r == nil {
		return
	}
	p.line("")
	if r.Apply == job.AtOnce {
		p.say("check.rules_at_once", "night", r.Since)
	} else {
		p.say("check.rules_next_review", "night", r.Since)
	}
	if len(r.Moves) == 0 {
		p.say("check.nobody_moves")
		return
	}
	p.say("check.moves", "customers", p.counted(int64(len(r.Moves)), "customers"))
	const shown = 20
	rows := [][]any{}
	for _, m := range r.Moves[:min(shown, len(r.Moves))] {
		rows = append(rows, []any{m.Customer, orNone(p, m.Has), orNone(p, m.Old), orNone(p, m.New), m.Reason})
	}
	p.table([]any{p.in.Say("check.customer"), p.in.Say("check.has"), p.in.Say("check.old_rules"), p.in.Say("check.new_rules"), p.in.Say("check.why")}, rows)
	if more := len(r.Moves) - shown; more > 0 {
		p.say("check.more", "more", more)
	}
}

func orNone(p *printer, tier string) string {
	if tier == "" {
		return p.in.Say("group.no_tier")
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
		p.say("check.cells_once", "scheme", s.Name, "cells", wording.Plain(l.Cells), "rules", p.counted(int64(len(s.Rules)), "rules"))
		return
	}
	p.say("check.cells", "scheme", s.Name, "rules", p.counted(int64(len(s.Rules)), "rules"), "cells", wording.Plain(l.Cells))
	printCells(p, "unmatched", l.Unmatched)
	printCells(p, "several", l.Overlapping)
	printCells(p, "order", l.OrderDependent)
	for _, i := range l.Never {
		p.say("check.never", "rule", wording.Plain(i+1), "segment", s.Rules[i].Key)
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
	p.say("check.cells_where", "cells", p.counted(int64(len(cells)), "cells"), "what", p.in.SayOf("check.where", what), "shown", shown.String())
}

// counted is a number and what it counts.
func counted(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%s %ss", thousands(n), what)
}
