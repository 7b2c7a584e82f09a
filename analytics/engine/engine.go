package engine

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine/dialect"
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

	// Feed runs a statement that gives no rows. The statement reads the batches of reader
	// as a table of the given name. The engine takes the batches in any order, on several
	// threads.
	//
	// The table must have one column, a struct. The engine asks the reader for the columns
	// that a statement needs and does not check what it gets; a single column leaves
	// nothing to ask for. The statement must not have a WHERE over the table: the engine
	// would leave its conditions to the reader, which ignores them.
	Feed(ctx context.Context, name string, reader array.RecordReader, sql string, args ...any) error

	// Keep makes a table of a query's rows, in place of one of that name.
	Keep(ctx context.Context, name, query string, args ...any) error

	// Drop lets go of a table.
	Drop(ctx context.Context, name string) error

	// Reduce runs the plan of a reduce. Its errors quote no values.
	Reduce(ctx context.Context, r Reduction) error

	// Seal locks the engine's settings and ends its access to everything outside, except
	// for reading the named files, and for reading and writing those in the named folders.
	// Later expressions can reach nothing else.
	Seal(ctx context.Context, files []string, folders ...string) error

	// Dialect is the SQL that the engine understands.
	Dialect() dialect.Dialect

	// Version names the engine and its version, such as "duckdb v1.5.5".
	Version() string

	// Close ends the session and frees what its tables held.
	Close() error
}
