package engine

import (
	"context"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
)

// Reduction is the plan of a reduce: the way from the ledger to rows of customers, in
// two grains.
//
// Parts are the first grain. They alone read the ledger, and the rows that two ledgers
// give of one key add up: what they made of a file can be kept and put together with
// what they make of the next. Customers are the second grain. They read what Parts made
// and hand rows over.
//
// It is a plan, and not a session: an engine may run the steps one after the other, run
// them where the data lies and leave their results in files, or know some of the
// Parts from an earlier night.
type Reduction struct {
	Parts, Customers []Step
}

// Step is a SELECT. It makes a table for the steps after it, or hands its rows over.
type Step struct {
	Name string   // of the table; also for messages
	From []string // the tables that it reads
	SQL  string
	Args []any // of SQL's parameters
	// Take is given the rows batch by batch; a batch lives until it returns. Nil: the
	// rows make a table.
	Take func(arrow.RecordBatch) error
}

// run takes the steps one after the other, and drops each table as soon as no later step
// reads it: what follows needs as much memory again as that frees.
func (r Reduction) run(ctx context.Context, e Engine) error {
	steps := slices.Concat(r.Parts, r.Customers)
	for i, s := range steps {
		if err := s.run(ctx, e); err != nil {
			return fmt.Errorf("%s: %w", s.Name, WithoutValues(err))
		}
		for _, table := range s.From {
			if isRead(table, steps[i+1:]) {
				continue
			}
			if err := e.Exec(ctx, "DROP TABLE "+Identifier(table)); err != nil {
				return fmt.Errorf("%s: %w", table, WithoutValues(err))
			}
		}
	}
	return nil
}

func (s Step) run(ctx context.Context, e Engine) error {
	if s.Take != nil {
		return ForEach(ctx, e, s.SQL, s.Take, s.Args...)
	}
	return e.Exec(ctx, "CREATE TEMP TABLE "+Identifier(s.Name)+" AS "+s.SQL, s.Args...)
}

func isRead(table string, steps []Step) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return slices.Contains(s.From, table) })
}
