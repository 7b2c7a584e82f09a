package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/analytics/job"
)

// flagProblem says what is wrong with a flag in the words of the other
// messages: which flag, what was found, what was expected.
func flagProblem(cmd *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		err = unknownFlag(cmd, unknown)
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		err = fmt.Errorf("--%s: the value is missing", missing.GetFlag().Name)
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		err = invalidValue(invalid)
	}
	return usageError{cmd, err}
}

func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	if unknown.GetSpecifiedShortnames() != "" {
		return unknown
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if near, ok := job.Nearest(unknown.GetSpecifiedName(), known); ok {
		return fmt.Errorf("unknown flag --%s; did you mean --%s?", unknown.GetSpecifiedName(), near)
	}
	return fmt.Errorf("unknown flag --%s", unknown.GetSpecifiedName())
}

// invalidValue names what a flag expects. The parsers of numbers in the
// standard library name themselves instead.
func invalidValue(invalid *pflag.InvalidValueError) error {
	f := invalid.GetFlag()
	expected := map[string]string{
		"int": "a whole number", "uint64": "a whole number from 0 up", "float64": "a number", "bool": "true or false",
	}[f.Value.Type()]
	if expected == "" {
		return fmt.Errorf("--%s: %w", f.Name, invalid.Unwrap())
	}
	return fmt.Errorf("--%s: %q is not %s", f.Name, invalid.GetValue(), expected)
}
