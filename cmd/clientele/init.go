package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/draft"
)

// initOptions are what `clientele init` is given.
type initOptions struct {
	streams
	exports []string
	out     string
	force   bool
	answers draft.Answers
}

func newInitCmd(s streams) *cobra.Command {
	o := initOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "init EXPORT...",
		Short: "Look at exports and write a job file for them",
		Long: `Look at exports (files, folders or patterns) and write a job file that runs as it
is: which columns say who bought, when and for how much, which file belongs to which,
what a row is, and which rows are no purchases. Each line of the file says why, and
what else it could have been.

Known kinds of export are recognised by the names of their columns; all others by the
names and the values. What nobody but you can know is asked on a terminal. Elsewhere
the command ends with exit status 2, the question, and the flag that answers it.`,
		Example: `  clientele init orders.csv
  clientele init exports/*.csv -o shop.yaml
  clientele init sales.csv --customer "Card no" --dates dmy --currency EUR`,
		Args: takesExports,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.exports = args
			return runInit(cmd.Context(), cmd, o)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.out, "out", "o", "job.yaml", "job `file` to write")
	f.BoolVar(&o.force, "force", false, "write over a job file that is there")
	f.StringVar(&o.answers.Name, "name", "", "name of the job (default: the export's)")
	f.StringVar(&o.answers.Customer, "customer", "", "`column` that says who bought")
	f.StringVar(&o.answers.Order, "order", "", "`column` that says which rows are one order")
	f.StringArrayVar(&o.answers.Sheets, "sheet", nil, "`sheet` of a workbook that has the purchases (repeatable)")
	f.StringVar(&o.answers.Time, "time", "", "`column` that says when")
	f.StringVar(&o.answers.Amount, "amount", "", "`column` or expression that says for how much")
	f.StringVar(&o.answers.Dates, "dates", "", "how days are written: dmy, mdy or a pattern")
	f.StringVar(&o.answers.Numbers, "numbers", "", `how amounts are written: "1,234.56" or "1.234,56"`)
	f.StringVar(&o.answers.Currency, "currency", "", "currency of the results, such as EUR; rows in another are left out")
	f.StringVar(&o.answers.Timezone, "timezone", "", "whose midnight ends a day, such as Europe/Paris")
	return cmd
}

// takesExports wants one argument at least.
func takesExports(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("EXPORT is missing; give the files, or the folder with them")
	}
	return nil
}

func runInit(ctx context.Context, cmd *cobra.Command, o initOptions) error {
	if _, err := os.Lstat(o.out); err == nil && !o.force {
		return usageError{cmd, fmt.Errorf("%s is there already; give another name with -o, or --force to write over it", o.out)}
	}
	inputs, err := analytics.Look(ctx, filepath.Dir(o.out), o.exports, analytics.Options{})
	if err != nil {
		return err
	}
	d, err := o.draft(ctx, inputs)
	if err != nil {
		return err
	}
	if err := writeTo(o.out, o.streams.out, d.Write); err != nil {
		return err
	}
	p := &printer{w: o.streams.out}
	printDraft(p, d)
	p.line("")
	p.line("Wrote %s.", o.out)
	if p.err != nil {
		return p.err
	}
	return o.try(ctx)
}

// draft drafts the job, and asks about it where somebody sits who can answer.
func (o *initOptions) draft(ctx context.Context, inputs []draft.Input) (*draft.Draft, error) {
	asks := newAsker(o.streams)
	for {
		d, err := draft.New(inputs, o.answers)
		question, open := errors.AsType[*draft.Question](err)
		switch {
		case open && (asks == nil || question.Flag == ""): // or nothing that could be said helps
			return nil, unanswered{question}
		case asks == nil || err != nil && !open:
			return d, err
		case !open:
			if question = d.Doubt(); question == nil {
				return d, nil
			}
		}
		answer, err := asks.ask(ctx, question)
		if err != nil {
			return nil, err
		}
		o.answers.Set(question.Key, answer)
	}
}

// unanswered is a question that nobody is there to answer: a fault of the command line.
type unanswered struct{ question *draft.Question }

// Error is the question.
func (u unanswered) Error() string { return u.question.Error() }

// try runs the checks of `check` on the draft and says what to type next.
func (o *initOptions) try(ctx context.Context) error {
	var settings settingFlags
	j, err := settings.load(o.out)
	if err != nil {
		return err
	}
	found, err := analytics.Check(ctx, j, analytics.Options{})
	if err != nil {
		return err
	}
	p := &printer{w: o.streams.out}
	printSample(p, found)
	p.line("")
	p.line("Next:")
	p.line("  clientele check %s    what each column is read as, with examples", shellWord(o.out))
	p.line("  clientele run %s      the list of customers", shellWord(o.out))
	return p.err
}

// shellWord is a word as a shell takes it.
func shellWord(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("/._-", r) && !isWordRune(r) }) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

func isWordRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f
}

// printDraft says what was decided, how sure it is, and what else it could have been.
func printDraft(p *printer, d *draft.Draft) {
	for _, s := range d.Sources {
		p.line("%s: %s", s.Path, s.Title)
		for _, about := range s.About {
			p.line("  %s", about)
		}
	}
	for _, u := range d.Unused {
		p.line("%s: not used: %s", u.Path, u.Why)
	}
	p.line("")
	var rows [][]any
	for _, r := range d.Table() {
		rows = append(rows, []any{r[1], shortened(r[2], 48), r[3], shortened(r[4], 90)})
	}
	p.table([]any{"key", "decided", "how sure", "why"}, rows)
}
