package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/analytics/job"
	"clientele/simulate/exports"
)

// ofExports are the flags that mean something beside --export: what the shop's
// customers are like is given with the kind.
var ofExports = []string{"export", "customers", "seed", "out", "truth"}

// exportCustomers is how many customers an export has unless told otherwise: a
// small shop, which is read in a second.
const exportCustomers = 400

// simulateExport writes the files of one kind of export into a folder.
func simulateExport(cmd *cobra.Command, o simulateOptions) error {
	flags := cmd.Flags()
	var wrong string
	flags.Visit(func(f *pflag.Flag) {
		if !slices.Contains(ofExports, f.Name) {
			wrong = f.Name
		}
	})
	switch {
	case wrong != "":
		return usageError{cmd, fmt.Errorf("--%s: has no meaning with --export, whose shop is given; leave it out", wrong)}
	case !slices.Contains(exports.Kinds(), o.export):
		return usageError{cmd, unknownExport(o.export)}
	case o.out == "":
		return usageError{cmd, fmt.Errorf("--export: %s is one file or several: give the folder for them with -o", o.export)}
	}
	made := exports.Options{Kind: o.export, Customers: exportCustomers, Seed: o.o.Seed}
	if flags.Changed("customers") {
		made.Customers = o.o.Customers
	}
	e, err := exports.Write(made)
	if err != nil {
		return err
	}
	if err := e.Save(o.out); err != nil {
		return err
	}
	if o.truth != "" {
		if err := writeTo(o.truth, nil, e.Truth.WriteCSV); err != nil {
			return err
		}
	}
	return o.printExport(e)
}

// unknownExport names the kinds there are, the nearest first.
func unknownExport(name string) error {
	hint := "choose one of " + strings.Join(exports.Kinds(), ", ")
	if near, ok := job.Nearest(name, exports.Kinds()); ok {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Errorf("--export: no kind of export is called %q; %s", name, hint)
}

// printExport says which files were written, and what a person of the shop
// would have to say about them.
func (o simulateOptions) printExport(e *exports.Export) error {
	p := &printer{w: o.err}
	for _, f := range e.Files {
		p.line("wrote %s: %s", filepath.Join(o.out, filepath.FromSlash(f.Path)), counted(int64(f.Rows), "row"))
	}
	p.line("the shop's timezone is %s; %s with an order that counts", e.Zone, counted(int64(len(e.Truth.Customers)), "customer"))
	return p.err
}
