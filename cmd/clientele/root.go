package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/internal/concurrent"
	"clientele/simulate"
)

// The exit statuses that the help promises.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2 // the command line or the job file is wrong
	exitData   = 3 // the data failed a check and nothing was published
)

// streams are where a command reads and writes: results to out, everything
// else to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// patience is how long a command has to end by itself after a signal. Nearly all do
// at once; what waits for a disk or for the reader of a pipe is left to itself.
const patience = 1500 * time.Millisecond

// run is the program: it returns the exit status.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program on the spot
	root := newRootCmd(streams{in, out, errs})
	root.SetArgs(args)
	var ended atomic.Pointer[cobra.Command]
	err := concurrent.Within(ctx, patience, func() error {
		called := root
		defer func() { ended.Store(called) }()
		var err error
		called, err = root.ExecuteContextC(ctx)
		return err
	})
	switch {
	case err == nil:
		return exitDone
	case ended.Load() == nil:
		err = errors.New("stopped by a signal, before it could end by itself; the next run clears away what it left")
	default:
		err = explainEnd(ctx, err)
	}
	complain(errs, formatOf(ended.Load()), complaintsOf(err))
	return statusOf(err)
}

// formatOf is how the lines of a command's log are written; nil: it has not ended.
func formatOf(cmd *cobra.Command) logFormat {
	if cmd != nil && cmd.Flag(logFormatFlag) != nil {
		return logFormat(cmd.Flag(logFormatFlag).Value.String())
	}
	return logText
}

// complain writes what went wrong, each thing on a line: what collects a log of JSON takes no
// other lines.
func complain(w io.Writer, format logFormat, complaints []string) {
	p := &printer{w: w}
	for _, complaint := range complaints {
		if format == logJSON {
			newLog(w, format).Error(complaint)
		} else {
			p.line("clientele: %s", complaint)
		}
	}
}

// explainEnd is the error of a command in the words for its user, where the command
// was stopped or broke.
func explainEnd(ctx context.Context, err error) error {
	became := "nothing was published"
	published, done := errors.AsType[publishedError](err)
	if done {
		became = published.path + " is published"
	}
	if p, ok := errors.AsType[*concurrent.Panic](err); ok {
		return explainFault(p, became)
	}
	if unshown, ok := errors.AsType[*analytics.UnshownError](err); ok {
		return unshown // a signal at that moment leaves the night in place
	}
	if ctx.Err() != nil && !done {
		// Whatever was interrupted reports it in its own way, as a fault of the
		// export for example.
		return errors.New("stopped by a signal; " + became)
	}
	return err
}

func newRootCmd(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "clientele",
		Short: "Customer analytics from transaction exports, one night at a time",
		Long: `clientele reads transaction exports (CSV, Parquet, JSON, Excel, Arrow), scores
recency, frequency and monetary value, works out each customer's lifetime value,
places each in a tier and a lifecycle stage, and publishes ranked lists.

Exit status: 0 done; 1 it failed; 2 the command line or the job file is wrong;
3 the data failed a check and nothing was published.`,
		Version:       versionLine(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          takesCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.Flags().Bool("version", false, "print the version")
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(flagProblem)
	root.AddCommand(newInitCmd(s), newRunCmd(s), newCheckCmd(s), newDiffCmd(s), newVerifyCmd(s), newQueryCmd(s), newExplainCmd(s),
		newReportCmd(s), newPlanCmd(s), newWhatifCmd(s), newPlotCmd(s), newSchemaCmd(s), newBacktestCmd(s), newCLVCmd(s), newSimulateCmd(s), newVersionCmd(s))
	root.AddCommand(newManCmd(root))
	root.SetHelpCommand(newHelpCmd())
	root.InitDefaultCompletionCmd()
	completeArguments(root)
	hintUsage(root)
	return root
}

// usageError is a wrong command line.
type usageError struct {
	cmd *cobra.Command
	err error
}

// Error says what is wrong and where to look.
func (e usageError) Error() string { return e.err.Error() + e.hint() }

func (e usageError) hint() string { return fmt.Sprintf("; see %s --help", e.cmd.CommandPath()) }

// Unwrap gives what is wrong.
func (e usageError) Unwrap() error { return e.err }

// complaintsOf are the single things that an error says, each for a line of its
// own. An end of a line within one of them is part of a name.
func complaintsOf(err error) []string {
	var all []string
	switch e := err.(type) { //nolint:errorlint // each level of the error is looked at
	case usageError:
		all = complaintsOf(e.err)
		all[len(all)-1] += e.hint()
	case job.Errors:
		for _, v := range e {
			all = append(all, v.String())
		}
	case *simulate.OptionsError:
		for _, problem := range e.Problems {
			all = append(all, "simulate: "+problem)
		}
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			all = append(all, complaintsOf(part)...)
		}
		if strings.Join(all, "\n") != err.Error() { // says more than its parts
			all = []string{err.Error()}
		}
	default:
		all = []string{err.Error()}
	}
	return all
}

// statusOf is the exit status for an error.
func statusOf(err error) int {
	var (
		fault     faultError
		usage     usageError
		asked     unanswered
		settings  job.Errors
		simulated *simulate.OptionsError
		data      *ledger.DataError
		damage    *publication.Damage
	)
	switch {
	case errors.As(err, &fault):
		return exitFailed
	case errors.As(err, &asked), errors.As(err, &usage), errors.As(err, &settings), errors.As(err, &simulated):
		return exitUsage
	case errors.As(err, &data), errors.As(err, &damage):
		return exitData
	}
	return exitFailed
}
