package engine

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// Engine runs SQL statements one after the other on one session.
type Engine interface {
	// Exec runs a statement that gives no rows, with args bound to its
	// parameters.
	Exec(ctx context.Context, sql string, args ...any) error

	// Query runs a statement and streams its rows as Arrow record batches.
	// The caller releases the reader, and reads it to its end or cancels ctx
	// before the next statement.
	Query(ctx context.Context, sql string, args ...any) (array.RecordReader, error)

	// Feed runs a statement that gives no rows over what reader gives, which the
	// statement knows as a table of the name. The table has one column, a struct:
	// the engine asks a reader for the columns that it needs, without a word if it
	// gets others, and of one column there is nothing to choose. For the same
	// reason the statement has no WHERE over the table: its conditions would be
	// left to the reader, which knows nothing of them. The engine takes the
	// batches in any order, on several threads.
	Feed(ctx context.Context, name string, reader array.RecordReader, sql string, args ...any) error

	// Reduce runs the plan of a reduce. Of an error the values are left out.
	Reduce(ctx context.Context, r Reduction) error

	// Seal ends the engine's access to everything outside, but for reading the
	// files named, and locks its settings. What follows can reach nothing else,
	// whatever an expression says.
	Seal(ctx context.Context, files []string) error

	// Version names the engine and its version, such as "duckdb v1.5.5".
	Version() string

	// Close ends the session and frees what its tables held.
	Close() error
}
