package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/job"
)

// takes checks the arguments of a command that wants each of the named ones
// once. Cobra's own check says only how many there should have been.
func takes(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return fmt.Errorf("%s is missing", strings.Join(names[len(args):], ", "))
		case len(args) > len(names):
			return fmt.Errorf("unexpected argument %q", args[len(names)])
		}
		return nil
	}
}

// takesCommand checks the arguments of a command that only holds others: what
// reaches it is no command that it knows.
func takesCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	if near, ok := job.Nearest(args[0], known); ok {
		return fmt.Errorf("unknown command %q; did you mean %q?", args[0], near)
	}
	return fmt.Errorf("unknown command %q; the commands here are %s", args[0], strings.Join(known, ", "))
}

// newHelpCmd replaces cobra's help command, which takes an unknown command for
// a success.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print help about a command",
		Example: "  clientele help clv fit",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if about.HasSubCommands() {
				// Find stops at the last command that it knows.
				if err := about.ValidateArgs(rest); err != nil {
					return err
				}
			}
			about.InitDefaultHelpFlag() // which cobra adds to commands that it runs
			return about.Help()
		},
	}
}

// hintUsage makes a complaint about arguments, of a command or of those below
// it, a usage error.
func hintUsage(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{cmd, err}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		hintUsage(sub)
	}
}
