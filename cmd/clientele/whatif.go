package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/asset/whatif"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/query"
	"clientele/internal/wording"
)

// whatifOptions are what `clientele whatif` is given.
type whatifOptions struct {
	streams
	place    string // a job file, or a publication
	moves    map[string]*string
	where    string
	json     bool
	language string
	threads  threads
}

func newWhatifCmd(s streams) *cobra.Command {
	o := whatifOptions{streams: s, moves: map[string]*string{}}
	cmd := &cobra.Command{
		Use:   "whatif JOB",
		Short: "Say what customers would be worth if more of them stayed, or bought more often",
		Long: `Say what customer equity and a year's profit on today's customers would be if
these, or prices, were otherwise from now on: by the models and prices of the job's newest
publication. Nothing is fitted again and nothing is written. JOB may be the folder of a
publication, as of another night.

A change is relative (+5%, -5%), in points (+1pt), or the number that it is to be (0.08).

  --retention         of what today's customers buy, what the same ones buy a year on: the
                      risk to leave of each is scaled by one factor, so that so much is kept
  --frequency         purchases while a customer; how long one stays does not change
  --margin            the share of spend that is profit
  --acquisition-cost  of winning one customer: a matter of profit, not of equity
  --discount-rate     per year: a matter of equity, not of a year's profit

Equity is that of all customers; --where says whom the changes concern, in SQL over the
columns of customers. How it is worked out, and how well it holds: docs/asset.md.`,
		Example: `  clientele whatif shop.yaml --retention +5%
  clientele whatif shop.yaml --retention +5% --margin +1pt --where "tier = 'gold'"
  clientele whatif out/shop/2026-05-31 --discount-rate 0.08 --json`,
		Args: takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.place = args[0]
			if err := checkLanguage(cmd, o.language); err != nil {
				return err
			}
			if err := o.sayWhat(cmd); err != nil {
				return usageError{cmd, err}
			}
			changes, err := o.changes()
			if err != nil {
				return usageError{cmd, err}
			}
			return runWhatif(cmd.Context(), cmd, o, changes)
		},
	}
	flags := cmd.Flags()
	for name, about := range map[string]string{
		whatif.Retention:   "yearly retention: `change` such as +5%, +1pt or 0.8",
		whatif.Frequency:   "purchases while a customer: `change` such as +10%",
		whatif.Margin:      "share of spend that is profit: `change` such as +5%, +1pt or 0.35",
		whatif.Acquisition: "cost of winning a customer: `change` such as -20% or 12.50",
		whatif.Discount:    "discount per year: `change` such as +1pt or 0.08",
	} {
		o.moves[name] = flags.String(name, "", about)
	}
	flags.StringVar(&o.where, "where", "", "whom it concerns: a SQL `condition` over the columns of customers; default: all")
	flags.BoolVar(&o.json, "json", false, "print every number as JSON")
	flags.StringVar(&o.language, "language", "", "en or zh; default: that of the publication")
	completes(cmd, "language", completeWords(languages...))
	o.threads.add(flags)
	return cmd
}

// sayWhat refuses flags that are given and say nothing, as a variable of a script that is not
// set does: without the word, all customers would be meant, or nothing would be changed.
func (o whatifOptions) sayWhat(cmd *cobra.Command) error {
	for _, name := range append(slices.Clone(whatif.Names), "where") {
		flag := cmd.Flags().Lookup(name)
		if flag.Changed && strings.TrimSpace(flag.Value.String()) == "" {
			return fmt.Errorf("--%s is empty; leave it out or say what is meant", name)
		}
	}
	return nil
}

// changes reads what is asked.
func (o whatifOptions) changes() (whatif.Changes, error) {
	all := whatif.Changes{}
	for _, name := range whatif.Names {
		m, err := whatif.ParseMove(name, *o.moves[name])
		if err != nil {
			return nil, err
		}
		all[name] = m
	}
	return all, nil
}

func runWhatif(ctx context.Context, cmd *cobra.Command, o whatifOptions, changes whatif.Changes) error {
	p, err := o.publication()
	if err != nil {
		return placeOrUsage(cmd, o.place, err)
	}
	found, err := analytics.WhatIf(ctx, p, changes, o.where, analytics.Options{Threads: int(o.threads)})
	if err != nil {
		return whatifProblem(cmd, p, err)
	}
	if o.json {
		return writeJSON(o.out, found)
	}
	language := o.language
	if language == "" {
		language = p.Settings.Language()
	}
	out := &printer{w: o.out, in: wording.In(language)}
	printWhatif(out, found)
	return out.err
}

// publication is the one that is named, or the newest of the job.
func (o whatifOptions) publication() (*publication.Publication, error) {
	if info, err := os.Stat(o.place); err == nil && info.IsDir() {
		path, err := locate(o.place, o.place)
		if err != nil {
			return nil, err
		}
		return publication.Open(path)
	}
	j, err := job.Load(o.place, nil, time.Now)
	if err != nil {
		return nil, err
	}
	return analytics.Newest(j)
}

// placeOrUsage is an error about where the publication is.
func placeOrUsage(cmd *cobra.Command, place string, err error) error {
	if wrong, ok := errors.AsType[placeError](err); ok {
		return usageError{cmd, wrong}
	}
	if errors.Is(err, analytics.ErrNotRun) {
		return usageError{cmd, fmt.Errorf("%s: %w", place, err)}
	}
	return err
}

// whatifProblem is an error about what is asked of a publication.
func whatifProblem(cmd *cobra.Command, p *publication.Publication, err error) error {
	if wrong, ok := errors.AsType[*query.ConditionError](err); ok {
		return usageError{cmd, fmt.Errorf("--where: %w", wrong)}
	}
	if wrong, ok := errors.AsType[whatif.RangeError](err); ok {
		return usageError{cmd, wrong}
	}
	for _, of := range []error{whatif.ErrNothing, whatif.ErrNobodyLeaves, whatif.ErrNoDiscount, whatif.ErrNobody} {
		if errors.Is(err, of) {
			return usageError{cmd, err}
		}
	}
	for _, of := range []error{whatif.ErrNoModel, whatif.ErrNotReadable} {
		if errors.Is(err, of) {
			return usageError{cmd, fmt.Errorf("%s: %w", p.Path, err)}
		}
	}
	return err
}
