package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
)

// Reduction is the plan of a reduce: the way from the ledger to rows of customers, in two
// grains.
//
// Parts are the first grain. Only they read the ledger. Their tables can be added up: the
// tables of two files, put together by their keys, are the tables of both files. So the
// tables of a file that does not change can be kept.
//
// Customers are the second grain. They read the tables of Parts and hand rows over.
//
// A plan is not a session. An engine may run the steps one after the other, or run them
// where the data lies and leave the results in files, or take tables of Parts from an
// earlier night.
type Reduction struct {
	Parts, Customers []Step
	// Made is called when the table of a part is made, before the ledger goes; nil: nobody
	// waits for that.
	Made func(ctx context.Context, part Step) error
}

// Step is a SELECT. It makes a table for the steps after it, or hands its rows over.
type Step struct {
	Name string   // of the table; also for messages
	From []string // the tables that it reads
	SQL  string
	Args []any // of SQL's parameters
	Adds Adds  // of a part: how it adds up
	// Order are the columns by which Take wants the rows, smallest first; empty: in any order.
	Order []string
	// CutBy is a column of SQL and of the first table of From, never NULL, by whose ranges an engine
	// may ask for the rows in pieces. Empty: the first of Order.
	CutBy string
	// Expect is told how many rows may come at most, before they come. Nil: nobody makes room
	// for them.
	Expect func(rows int64)
	// Take is given the rows batch by batch; a batch lives until it returns. Nil: the
	// rows make a table.
	Take func(arrow.RecordBatch) error
	// Done is called after the last of the rows; nil: nobody waits for that.
	Done func()
}

// Hand hands over the rows of a statement, in the order that the step asks for.
func (s Step) Hand(ctx context.Context, e Engine, sql string, args ...any) error {
	if len(s.Order) > 0 {
		sql += "\nORDER BY " + strings.Join(s.Order, ", ")
	}
	if err := ForEach(ctx, e, sql, s.Take, args...); err != nil {
		return err
	}
	if s.Done != nil {
		s.Done()
	}
	return nil
}

// cutBy is the column by which the step is cut; empty: it is not.
func (s Step) cutBy() string {
	if s.CutBy == "" && len(s.Order) > 0 {
		return s.Order[0]
	}
	return s.CutBy
}

func isRead(table string, steps []Step) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return slices.Contains(s.From, table) })
}
