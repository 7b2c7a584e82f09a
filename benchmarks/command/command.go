// Package command runs the command of a benchmark that starts other programs, which an
// interrupt stops too.
package command

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

// Main runs a command with the arguments of the program, and ends it.
func Main(root *cobra.Command) { os.Exit(Run(root, os.Args[1:], os.Stdout, os.Stderr)) }

// Run runs a command until it is done or interrupted, and returns the exit status. An
// error is one line on errs, behind the name of the command.
func Run(root *cobra.Command, args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintf(errs, "%s: %v\n", root.Name(), err)
		return 1
	}
	return 0
}
