package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// newManCmd writes the man pages, which a package of the program installs. It is not
// listed: those who use the program do not need it.
func newManCmd(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "man FOLDER",
		Short:   "Write a man page for each command",
		Example: "  clientele man /usr/local/share/man/man1",
		Args:    takes("FOLDER"),
		Hidden:  true,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return cannotWrite(args[0], errors.Unwrap(err))
			}
			built := builtAt()
			header := &doc.GenManHeader{Section: "1", Source: "clientele " + release, Manual: "clientele", Date: &built}
			root.DisableAutoGenTag = true
			if err := doc.GenManTree(root, header, args[0]); err != nil {
				return fmt.Errorf("cannot write man pages: %w", err)
			}
			return nil
		},
	}
}

// builtAt is the time of the commit that the program was built from, so that the same
// build writes the same pages; where it is not known, the time from which systems count.
func builtAt() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.time" {
				if at, err := time.Parse(time.RFC3339, s.Value); err == nil {
					return at
				}
			}
		}
	}
	return time.Unix(0, 0).UTC()
}
