package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"clientele/analytics/publication"
	"clientele/benchmarks/process"
	"clientele/benchmarks/programs"
)

// comparison is of the programs of two commits.
type comparison struct {
	options
	ref string // of the older one
	old string // its program; empty: it is built
}

func newCompareCmd() *cobra.Command {
	var c comparison
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Time two nights of the program of a commit beside that of the working tree, stage by stage",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.measure(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	c.flags(f)
	f.StringVar(&c.ref, "ref", "HEAD", "commit whose program is compared with that of the working tree")
	f.StringVar(&c.old, "old", "", "program to use in place of the commit's")
	return cmd
}

// version is one of the programs, and what its rounds over one format gave.
type version struct {
	name, program string
	nights        [2]measured // the first, and the next with a publication before it
}

// measured is what a night took; entry i of each column belongs to round i.
type measured struct {
	usage  []process.Usage
	phases []map[string]float64 // seconds by stage
}

// contest is the versions on one export, the older first.
type contest struct {
	format   string
	rows     int64
	versions [2]*version
}

// measure runs both programs in turn over each format and prints what they took.
func (c comparison) measure(ctx context.Context, out, log io.Writer) error {
	if err := c.validate(); err != nil {
		return err
	}
	var err error
	if c.dir, err = filepath.Abs(c.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return err
	}
	if c.old == "" {
		if c.old, err = programs.Committed(ctx, c.ref, c.dir, log); err != nil {
			return err
		}
	}
	if c.clientele == "" {
		if c.clientele, err = built(ctx, c.dir, log); err != nil {
			return err
		}
	}
	var all []*contest
	for _, format := range c.formats {
		one, err := c.contest(ctx, format, log)
		if err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
		all = append(all, one)
	}
	return c.print(out, all)
}

// contest runs all rounds over one format.
func (c comparison) contest(ctx context.Context, format string, log io.Writer) (*contest, error) {
	export, err := simulated(ctx, c.clientele, c.dir, c.customers, format, log)
	if err != nil {
		return nil, err
	}
	job, err := writeJob(export)
	if err != nil {
		return nil, err
	}
	one := &contest{format: format, versions: [2]*version{{name: c.ref, program: c.old}, {name: "working tree", program: c.clientele}}}
	for round := range c.rounds {
		fmt.Fprintf(log, "%s: round %d of %d\n", format, round+1, c.rounds)
		if err := one.round(ctx, job, c.dir); err != nil {
			return nil, err
		}
	}
	return one, nil
}

// round runs the first night with each program, and then the next. They take turns, so that
// a machine that slows down slows both.
func (c *contest) round(ctx context.Context, job, dir string) error {
	for night, args := range [2][]string{nil, {"--as-of", nextNight}} {
		for side, v := range c.versions {
			out := filepath.Join(dir, fmt.Sprintf("compare-%s-%d", c.format, side))
			if night == 0 {
				if err := emptied(out); err != nil {
					return err
				}
			}
			usage, err := timed(ctx, v.program, append([]string{"run", job, "--out", out, "--quiet"}, args...)...)
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			p, err := publication.Open(filepath.Join(out, "nightly", "latest"))
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			c.rows = p.Rows.Read
			m := &v.nights[night]
			m.usage, m.phases = append(m.usage, usage), append(m.phases, p.Timings)
		}
	}
	return nil
}
