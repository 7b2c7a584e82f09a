package spark

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Session runs statements on a server; see internal/sparkconnect.
type Session interface {
	Exec(ctx context.Context, sql string, args ...any) error
	Rows(ctx context.Context, sql string, args ...any) (array.RecordReader, error)
	Version() string
	Close() error
}

// Stage is where the cluster leaves what this machine reads, a folder of one run's own.
type Stage interface {
	// Write runs a query and keeps its rows under a name.
	Write(ctx context.Context, name, sql string) error
	// Bring keeps rows of this machine under a name.
	Bring(name string, rows array.RecordReader) error
	// Path is where the rows of a name are, as the cluster calls it.
	Path(name string) string
	// Files are those with the rows of a name, as this machine calls them.
	Files(name string) ([]string, error)
}

// Engine is a Spark cluster as an engine.
type Engine struct {
	session Session
	stage   Stage
	reader  engine.Engine // reads what is staged
	staged  int           // how often something was
}

// next is a name on the stage that nothing has: several steps may have one name. The same
// run, begun again, gives the same names.
func (e *Engine) next(name string) string {
	e.staged++
	return fmt.Sprintf("%03d-%s", e.staged, name)
}

// Open makes an engine of a session. It owns the session and the reader, which Close closes.
func Open(ctx context.Context, s Session, stage Stage, reader engine.Engine) (*Engine, error) {
	e := &Engine{session: s, stage: stage, reader: reader}
	for _, setting := range settings {
		if err := s.Exec(ctx, "SET "+setting); err != nil {
			return nil, fmt.Errorf("spark: %s: %w", setting, err)
		}
	}
	return e, nil
}

// settings make the results those of DuckDB, whatever the cluster's defaults are.
var settings = []string{
	"spark.sql.session.timeZone=UTC",
	"spark.sql.ansi.enabled=true", // an overflow is an error, and no other number
	"spark.sql.ansi.enforceReservedKeywords=false",
	"spark.sql.ansi.doubleQuotedIdentifiers=true", // as the statements of both engines have them
	"spark.sql.caseSensitive=false",
	"spark.sql.parser.escapedStringLiterals=false",
	"spark.sql.variable.substitute=false", // a text of the job file may hold ${...}
	"spark.sql.decimalOperations.allowPrecisionLoss=true",
	"spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS",
	"spark.sql.legacy.timeParserPolicy=CORRECTED",
	"spark.sql.csv.parser.columnPruning.enabled=false", // a line with too few cells is seen whatever is read of it
	"spark.sql.files.ignoreCorruptFiles=false",         // a file that cannot be read is an error, and not no rows
	"spark.sql.files.ignoreMissingFiles=false",
}

// Exec implements engine.Engine. The parameters of a statement are written into it: Spark
// binds none in a view.
func (e *Engine) Exec(ctx context.Context, sql string, args ...any) error {
	bound, err := bind(sql, args)
	if err != nil {
		return err
	}
	return e.session.Exec(ctx, bound)
}

// Query implements engine.Engine, for small answers.
func (e *Engine) Query(ctx context.Context, sql string, args ...any) (array.RecordReader, error) {
	bound, err := bind(sql, args)
	if err != nil {
		return nil, err
	}
	return e.session.Rows(ctx, bound)
}

func bind(sql string, args []any) (string, error) {
	texts := make([]string, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case string:
			texts[i] = dialect.Spark.Literal(a)
		case int, int64, uint64:
			texts[i] = fmt.Sprint(a)
		case nil:
			texts[i] = "NULL"
		default:
			return "", fmt.Errorf("spark: a parameter of type %T cannot be bound", a)
		}
	}
	return dialect.Bind(sql, texts), nil
}

// Keep implements engine.Engine: the rows are staged.
func (e *Engine) Keep(ctx context.Context, name, query string, args ...any) error {
	sql, err := bind(query, args)
	if err != nil {
		return err
	}
	staged := e.next(name)
	if err := e.stage.Write(ctx, staged, sql); err != nil {
		return err
	}
	return e.view(ctx, name, staged)
}

// Drop implements engine.Engine. What is staged goes with the run.
func (e *Engine) Drop(context.Context, string) error { return nil }

// withName puts another name in the place of a table's.
func withName(sql, name, other string) string { return strings.ReplaceAll(sql, name, other) }

// Seal implements engine.Engine. The cluster's own rights say what a session may read.
func (e *Engine) Seal(context.Context, []string, ...string) error { return nil }

// Dialect implements engine.Engine.
func (e *Engine) Dialect() dialect.Dialect { return dialect.Spark }

// Version implements engine.Engine.
func (e *Engine) Version() string { return "spark " + e.session.Version() }

// Close implements engine.Engine. What is on this machine goes first, as the server may be slow
// to answer.
func (e *Engine) Close() error { return errors.Join(e.reader.Close(), e.session.Close()) }
