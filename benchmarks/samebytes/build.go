package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"clientele/benchmarks/programs"
)

// programs gives both sides, and builds those that are not given.
func (o options) programs(ctx context.Context, work string, log io.Writer) (before, after program, err error) {
	before.path, after.path = o.old, o.now
	if o.old == "" {
		if before.path, err = programs.Committed(ctx, o.ref, o.dir, log); err != nil {
			return before, after, err
		}
		before.kept = filepath.Dir(before.path)
	}
	if o.now == "" {
		fmt.Fprintln(log, "building the working tree")
		after.path = filepath.Join(work, "clientele")
		err = programs.Build(ctx, o.root, after.path)
	}
	return before, after, err
}
