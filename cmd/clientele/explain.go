package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/explain"
	"clientele/analytics/publication"
	"clientele/internal/concurrent"
	"clientele/internal/terminal"
	"clientele/internal/wording"
)

// explainOptions are what `clientele explain` is given.
type explainOptions struct {
	streams
	night, id string
	json      bool
	history   bool
	language  string
}

// languages are those of what people read of a publication.
var languages = wording.Languages

// checkLanguage refuses a --language that there is none of.
func checkLanguage(cmd *cobra.Command, language string) error {
	if language != "" && !slices.Contains(languages, language) {
		return usageError{cmd, fmt.Errorf("--language: %q is not one of %s", language, strings.Join(languages, ", "))}
	}
	return nil
}

func newExplainCmd(s streams) *cobra.Command {
	o := explainOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "explain PUBLICATION ID",
		Short: "Say why a customer has this score, value, stage and tier",
		Long: `Say what a publication knows of one customer, in words that can be read out to them:
purchases, scores and what the next one takes, what the models expect, past and
future value line by line, the stage and how sure it is, the tier and what it takes to
keep it or to rise, and what changed since the night before and why.

The ID is written as the exports spell it. Case, blanks and zeros in front may differ
where that leaves one customer, and an id that was merged into another leads there.
What the lines mean: docs/explain.md.`,
		Example: `  clientele explain out/shop/latest C0000398
  clientele explain out/shop/latest C0000398 --history
  clientele explain out/shop/2026-05-31 C0000398 --json`,
		Args: takes("PUBLICATION", "ID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.night, o.id = args[0], args[1]
			if err := checkLanguage(cmd, o.language); err != nil {
				return err
			}
			var c *explain.Customer
			err := concurrent.Until(cmd.Context(), func() (err error) {
				c, err = readCustomer(o)
				return err
			})
			if wrong, ok := errors.AsType[placeError](err); ok {
				return usageError{cmd, wrong}
			}
			if missing, ok := errors.AsType[*explain.NotFound](err); ok {
				return usageError{cmd, notFound(missing)}
			}
			if err != nil {
				return err
			}
			return printCustomer(o, c)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.json, "json", false, "print every number as JSON")
	flags.BoolVar(&o.history, "history", false, "go through all publications beside this one: a line per night on which something changed")
	flags.StringVar(&o.language, "language", "", "en or zh; default: that of the publication")
	completes(cmd, "language", completeWords(languages...))
	cmd.ValidArgsFunction = completeCustomer
	return cmd
}

// completeCustomer completes the folder of a publication, and then the ids in it.
func completeCustomer(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	const most = 100 // more are no help
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	var ids []cobra.Completion
	if path, err := locate(args[0], args[0]); err == nil && len(args) == 1 && begun != "" {
		if p, err := publication.Open(path); err == nil {
			_ = p.EachID(func(id string) bool { // without ids there is nothing to complete
				if strings.HasPrefix(id, begun) && terminal.Text(id) == id {
					ids = append(ids, id)
				}
				return len(ids) < most && (id <= begun || strings.HasPrefix(id, begun))
			})
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func readCustomer(o explainOptions) (*explain.Customer, error) {
	path, err := locate(o.night, o.night)
	if err != nil {
		return nil, err
	}
	p, err := publication.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := explain.Open(p)
	if err != nil {
		return nil, err
	}
	c, err := r.Of(o.id)
	if err == nil && o.history {
		err = c.ReadHistory(p)
	}
	if err == nil && o.json {
		err = c.ReadContacts()
	}
	if err == nil {
		err = c.ReadAccount()
	}
	return c, err
}

// notFound says what may be wrong with an id, and nothing of other customers.
func notFound(e *explain.NotFound) error {
	text := fmt.Sprintf("no customer %q in %s", e.ID, e.Publisher.Path)
	switch {
	case e.Several > 0:
		text += fmt.Sprintf("; %d ids differ from it in case, blanks or zeros alone: write it as the exports do", e.Several)
	case len(e.Rejected) > 0:
		var reasons []string
		for _, reason := range slices.Sorted(maps.Keys(e.Rejected)) {
			reasons = append(reasons, fmt.Sprintf("%s %s", thousands(e.Rejected[reason]), reason))
		}
		text += fmt.Sprintf("; rows in which it stands were set aside (%s): rejects.csv has them", strings.Join(reasons, ", "))
	case e.Below > 0:
		text += fmt.Sprintf("; it is an account that bought nothing by itself, above %s: hierarchy.csv has it", counted(e.Below, "customer"))
	case e.AllBack:
		text += "; every order of this customer came back: all_returned.csv says how many"
	default:
		if e.Shape != "" {
			text += fmt.Sprintf("; ids there look like %s (9 is a digit, A a letter): check the spelling", e.Shape)
		}
		if e.Returned > 0 {
			text += fmt.Sprintf("; %s of whom only returns are known are in no list, and it may be one of them", counted(e.Returned, "customer"))
		}
	}
	return errors.New(text)
}

// printCustomer prints what is known for programs or for people.
func printCustomer(o explainOptions, c *explain.Customer) error {
	if o.json {
		return writeJSON(o.out, c)
	}
	language := o.language
	if language == "" {
		language = c.Language()
	}
	p := &printer{w: o.out}
	for i, b := range c.Text(language) {
		if i > 0 {
			p.line("")
		}
		printBlock(p, b)
	}
	return p.err
}

// printBlock prints a part of the text.
func printBlock(p *printer, b explain.Block) {
	p.line("%s", b.Title)
	for _, line := range b.Lines {
		p.line("  %s", line)
	}
	if b.Table != nil {
		p.line("")
		printExplained(p, b.Table)
	}
	for _, line := range b.After {
		p.line("  %s", line)
	}
}

func printExplained(p *printer, t *explain.Table) {
	var header []any
	for _, text := range t.Header {
		header = append(header, text)
	}
	rows := make([][]any, len(t.Rows))
	for i, r := range t.Rows {
		for at, text := range r {
			if at > 0 && at <= t.Numbers {
				rows[i] = append(rows[i], figure(text))
			} else {
				rows[i] = append(rows[i], text)
			}
		}
	}
	p.table(header, rows)
}
