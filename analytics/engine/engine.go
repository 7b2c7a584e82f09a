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

	// Version names the engine and its version, such as "duckdb v1.5.5".
	Version() string

	// Close ends the session and frees what its tables held.
	Close() error
}
