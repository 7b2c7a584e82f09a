package main

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
)

// runOptions are what `clientele run` is given.
type runOptions struct {
	streams
	jobFile  string
	settings settingFlags
	out      string
	json     bool
	quiet    bool
	log      logFormat
	threads  int
}

func newRunCmd(s streams) *cobra.Command {
	o := runOptions{streams: s, log: logText}
	cmd := &cobra.Command{
		Use:   "run JOB",
		Short: "Do one night: read the exports, publish the ranked customer list",
		Example: `  clientele run shop.yaml
  clientele run shop.yaml --as-of 2026-06-30 --out /srv/clientele
  clientele run shop.yaml --set clv.horizon="12 months" --set rfm.bins=4 --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			return runRun(cmd.Context(), o)
		},
	}
	o.settings.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.out, "out", "", "folder to publish to, instead of output.dir")
	flags.BoolVar(&o.json, "json", false, "print the summary as JSON: what run.json holds")
	flags.BoolVar(&o.quiet, "quiet", false, "print nothing but errors and, with --json, the summary")
	flags.Var(&o.log, "log-format", "of progress lines where there is no terminal: text or json")
	flags.IntVar(&o.threads, "threads", 0, "processor cores to use (default all); results do not depend on it")
	return cmd
}

func runRun(ctx context.Context, o runOptions) error {
	overrides := o.settings.overrides()
	j, err := job.Load(o.jobFile, overrides, time.Now)
	if err != nil {
		return err
	}
	if o.out != "" {
		// --out is seen from where the command was typed, output.dir from the job file.
		if j.Output.Dir, err = filepath.Abs(o.out); err != nil {
			return err
		}
	}
	p := newProgress(o.err, o.log, o.quiet, analytics.StepNames)
	result, err := analytics.Run(ctx, j, analytics.Options{Threads: o.threads, Step: p.step, Version: version()})
	p.done()
	if err != nil {
		return err
	}
	p.warn(result.Warnings)
	switch {
	case o.json:
		return writeJSON(o.streams.out, result)
	case o.quiet:
		return nil
	}
	return printSummary(o.streams.out, result)
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// settingFlags are the flags that change a job's settings.
type settingFlags struct {
	set  []string
	asOf string
}

func (f *settingFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.set, "set", nil, "change a setting of the job file: `key.path=value`; may be repeated")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last `day` that counts, or latest; instead of as_of")
}

// overrides are all changes, --as-of last.
func (f *settingFlags) overrides() []string {
	if f.asOf == "" {
		return f.set
	}
	return append(append([]string{}, f.set...), "as_of="+f.asOf)
}
