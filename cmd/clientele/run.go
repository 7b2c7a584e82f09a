package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/internal/concurrent"
	"clientele/internal/terminal"
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
	threads  threads
	memory   memory
	fresh    bool
}

func newRunCmd(s streams) *cobra.Command {
	o := runOptions{streams: s, log: logText}
	cmd := &cobra.Command{
		Use:   "run JOB",
		Short: "Do one night: read the exports, publish the ranked customer list",
		Example: `  clientele run shop.yaml
  clientele run shop.yaml --as-of 2026-06-30 --out /srv/clientele
  clientele run shop.yaml --set clv.horizon="12 months" --set rfm.method=nested --json`,
		Args: takes("JOB"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.jobFile = args[0]
			return runRun(cmd.Context(), o)
		},
	}
	o.settings.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.out, "out", "", "folder to publish to, instead of output.dir")
	flags.BoolVar(&o.json, "json", false, "print the summary as JSON: what run.json holds")
	flags.BoolVar(&o.quiet, "quiet", false, "print nothing but errors, what is wrong with the cache and, with --json, the summary")
	flags.BoolVar(&o.fresh, "fresh", false, "begin a new history: nothing of earlier publications is carried on; run.json warns of it")
	flags.Var(&o.log, logFormatFlag, "of progress lines where there is no terminal, and with json of errors: text or json")
	completes(cmd, logFormatFlag, completeWords("text", "json"))
	o.threads.add(flags)
	o.memory.add(flags)
	return cmd
}

func runRun(ctx context.Context, o runOptions) error {
	j, err := o.settings.load(o.jobFile)
	if err != nil {
		return err
	}
	if o.out != "" {
		// --out is seen from where the command was typed, output.dir from the job file.
		if j.Output.Dir, err = filepath.Abs(o.out); err != nil {
			return err
		}
	}
	p := newProgress(o.err, o.log, o.quiet, planOf(j, analytics.StepsOf(j)), j.Output.Language)
	result, err := analytics.Run(ctx, j, analytics.Options{Threads: int(o.threads), Memory: int64(o.memory), Fresh: o.fresh, Step: p.step, Reading: p.reading, OnCluster: p.onCluster, Waiting: p.waiting, Version: version()})
	p.done()
	if err != nil {
		return err
	}
	if err := concurrent.Guard(func() error { return tell(o, p, result) }); err != nil {
		return publishedError{result.Path, err}
	}
	return nil
}

// publishedError is what went wrong when the night was already in place.
type publishedError struct {
	path string
	err  error
}

// Error says that the night is published.
func (e publishedError) Error() string {
	return fmt.Sprintf("%s is published, but its summary cannot be printed: %v", e.path, e.err)
}

// Unwrap gives what went wrong.
func (e publishedError) Unwrap() error { return e.err }

// tell says what was published.
func tell(o runOptions, p *progress, result *analytics.Result) error {
	if o.json || o.log == logJSON { // else the summary says it, once
		p.warn(result.Warnings)
	}
	if err := tellCache(o, result); err != nil {
		return err
	}
	return printResult(o, result)
}

func printResult(o runOptions, result *analytics.Result) error {
	switch {
	case o.json:
		return writeJSON(o.streams.out, result)
	case o.quiet:
		return nil
	}
	return printSummary(o.streams.out, result)
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(terminal.JSON(w))
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
	completes(cmd, "set", completeSettings)
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last `day` that counts, or latest; instead of as_of")
}

// load reads a job file with all changes laid on it, --as-of last.
func (f *settingFlags) load(jobFile string) (*job.Job, error) {
	if f.asOf == "" {
		return job.Load(jobFile, f.set, time.Now)
	}
	asOf := "as_of=" + f.asOf
	j, err := job.Load(jobFile, append(slices.Clone(f.set), asOf), time.Now)
	if wrong, ok := errors.AsType[job.Errors](err); ok {
		for i, v := range wrong {
			// The complaint is to name the flag that was typed.
			if v.At.Line == 0 && v.At.File == "--set "+asOf {
				wrong[i].At.File = "--as-of " + f.asOf
			}
		}
	}
	return j, err
}
