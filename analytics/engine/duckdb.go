//go:build duckdb_arrow

package engine

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"

	"clientele/analytics/engine/dialect"
	"clientele/internal/spill"
)

// Options says how much of the machine an engine may use.
type Options struct {
	// KeepOrder keeps the rows of a plain read in the order of the file, for a reader that
	// streams.
	KeepOrder bool

	Threads int // 0: as many as the machine has cores
	// Memory is how much the engine may take, in bytes; 0: as much as it likes.
	Memory int64

	SpillDir string // folder in which to put what does not fit into memory, see internal/spill; empty: the system's temporary folder
}

// DuckDB is an in-memory DuckDB in this process.
type DuckDB struct {
	db      *sql.DB
	conn    *sql.Conn
	version string
	memory  int64 // see Options
	spill   *spill.Folder
	sealed  []string // files that it may still read; nil: it is not sealed
}

// OpenDuckDB starts a DuckDB whose results do not depend on the machine. Times without a
// zone are UTC. Rows have no order unless a statement asks for one, so that no statement
// relies on an order by mistake. Nothing is downloaded.
func OpenDuckDB(ctx context.Context, o Options) (*DuckDB, error) {
	folder, err := spill.Make(o.SpillDir)
	if err != nil {
		return nil, fmt.Errorf("duckdb: no folder for what does not fit into memory: %w", err)
	}
	d := &DuckDB{spill: folder, memory: o.Memory}
	if err := d.open(ctx, o); err != nil {
		return nil, errors.Join(fmt.Errorf("duckdb: %w", err), d.Close())
	}
	return d, nil
}

func (d *DuckDB) open(ctx context.Context, o Options) error {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return err
	}
	d.db = sql.OpenDB(connector)
	// Temporary tables belong to a connection, so there is exactly one.
	if d.conn, err = d.db.Conn(ctx); err != nil {
		return err
	}
	settings := []string{
		"SET TimeZone = 'UTC'",
		"SET preserve_insertion_order = " + strconv.FormatBool(o.KeepOrder),
		"SET autoinstall_known_extensions = false",
		"SET autoload_known_extensions = false",
		"SET temp_directory = " + Literal(filepath.ToSlash(d.spill.Path())),
	}
	if o.Threads > 0 {
		settings = append(settings, "SET threads = "+strconv.Itoa(o.Threads))
	}
	if o.Memory > 0 {
		settings = append(settings, "SET memory_limit = '"+strconv.FormatInt(o.Memory, 10)+"B'",
			"SET allocator_flush_threshold = '"+flushed+"'", "SET allocator_bulk_deallocation_flush_threshold = '"+flushed+"'")
	}
	for _, s := range settings {
		if err := d.Exec(ctx, s); err != nil {
			return err
		}
	}
	if err := d.conn.QueryRowContext(ctx, "SELECT version()").Scan(&d.version); err != nil {
		return err
	}
	return nil
}

// flushed is how much memory the engine keeps free for itself at the most, beside its limit.
// By itself it keeps 128 MB for each thread and 512 MB of tables that were dropped. This
// little costs no time that could be measured, on a night of a million rows.
const flushed = "8MB"

// Exec implements Engine.
func (d *DuckDB) Exec(ctx context.Context, statement string, args ...any) error {
	_, err := d.conn.ExecContext(ctx, statement, args...)
	return asSQLError(err)
}

// Query implements Engine.
func (d *DuckDB) Query(ctx context.Context, statement string, args ...any) (array.RecordReader, error) {
	var reader array.RecordReader
	err := d.conn.Raw(func(c any) error {
		a, err := duckdb.NewArrowFromConn(c.(driver.Conn))
		if err != nil {
			return err
		}
		reader, err = a.QueryContext(ctx, statement, args...)
		return err
	})
	return reader, asSQLError(err)
}

// Feed implements Engine.
func (d *DuckDB) Feed(ctx context.Context, name string, reader array.RecordReader, statement string, args ...any) (err error) {
	if n := reader.Schema().NumFields(); n != 1 {
		return fmt.Errorf("duckdb: a feed has one column, not %d", n)
	}
	var release func()
	err = d.conn.Raw(func(c any) error {
		a, err := duckdb.NewArrowFromConn(c.(driver.Conn))
		if err != nil {
			return err
		}
		release, err = a.RegisterView(reader, name)
		return err
	})
	if err != nil {
		return asSQLError(err)
	}
	defer release()
	defer func() {
		dropped := d.Exec(context.WithoutCancel(ctx), "DROP VIEW IF EXISTS "+Identifier(name))
		err = cmp.Or(err, dropped)
	}()
	return d.Exec(ctx, statement, args...)
}

// Keep implements Engine: in memory.
func (d *DuckDB) Keep(ctx context.Context, name, query string, args ...any) error {
	return d.Exec(ctx, "CREATE OR REPLACE TEMP TABLE "+Identifier(name)+" AS "+query, args...)
}

// Drop implements Engine.
func (d *DuckDB) Drop(ctx context.Context, name string) error {
	return d.Exec(ctx, "DROP TABLE "+Identifier(name))
}

// Reduce implements Engine: the steps run one after the other, in memory. It drops each table
// after the last step that reads it, as the next step needs that memory.
func (d *DuckDB) Reduce(ctx context.Context, r Reduction) error {
	steps := slices.Concat(r.Parts, r.Customers)
	for i, s := range steps {
		if err := d.step(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s.Name, WithoutValues(err))
		}
		if r.Made != nil && i < len(r.Parts) {
			if err := r.Made(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s.Name, WithoutValues(err))
			}
		}
		for _, table := range s.From {
			if isRead(table, steps[i+1:]) {
				continue
			}
			if err := d.Drop(ctx, table); err != nil {
				return fmt.Errorf("%s: %w", table, WithoutValues(err))
			}
		}
	}
	return nil
}

func (d *DuckDB) step(ctx context.Context, s Step) error {
	if s.Take != nil {
		return d.handPieces(ctx, s)
	}
	return d.Keep(ctx, s.Name, s.SQL, s.Args...)
}

// Seal implements Engine. A second call does nothing if it names no other files.
func (d *DuckDB) Seal(ctx context.Context, files []string, folders ...string) error {
	if d.sealed != nil {
		for _, f := range files {
			if !slices.Contains(d.sealed, f) {
				return errors.New("duckdb: it is sealed and cannot be given other files")
			}
		}
		return nil
	}
	var paths, allowed []string
	for _, f := range folders {
		allowed = append(allowed, Literal(f))
	}
	for _, f := range files {
		paths = append(paths, Literal(f))
		if strings.ContainsAny(f, patternSigns) { // it is named by a pattern, for which its folder is listed
			allowed = append(allowed, Literal(filepath.Dir(f)))
		}
	}
	for _, s := range []string{
		"SET allowed_paths = [" + strings.Join(paths, ", ") + "]",
		"SET allowed_directories = [" + strings.Join(allowed, ", ") + "]",
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	} {
		if err := d.Exec(ctx, s); err != nil {
			return fmt.Errorf("duckdb: %w", err)
		}
	}
	d.sealed = append([]string{}, files...)
	return nil
}

// Dialect implements Engine.
func (d *DuckDB) Dialect() dialect.Dialect { return dialect.DuckDB }

// Version implements Engine.
func (d *DuckDB) Version() string { return "duckdb " + d.version }

// Close implements Engine.
func (d *DuckDB) Close() error {
	var errs []error
	if d.conn != nil {
		errs = append(errs, d.conn.Close())
		d.conn = nil
	}
	if d.db != nil {
		errs = append(errs, d.db.Close())
		d.db = nil
	}
	return errors.Join(append(errs, d.spill.Remove())...)
}

// SQLError is the error of a statement that the engine did not run.
type SQLError struct {
	Message string // the engine's first line, without its "Binder Error:"
	OfData  bool   // it came of a value, which Message may quote, and not of the statement
	err     error
}

// Error implements error.
func (e *SQLError) Error() string { return e.Message }

// Unwrap gives the driver's error.
func (e *SQLError) Unwrap() error { return e.err }

// IsOutOfMemory tells whether an error is that of a statement for which the engine has too
// little memory.
func IsOutOfMemory(err error) bool {
	e, ok := errors.AsType[*duckdb.Error](err)
	if ok && strings.Contains(e.Msg, "(bad allocation)") { // the system gives no more
		return true
	}
	// Of a disk that is full, too, DuckDB says that it is out of memory.
	return ok && e.Type == duckdb.ErrorTypeOutOfMemory && !strings.Contains(e.Msg, "max_temp_directory_size")
}

// asSQLError keeps the line of a driver's error that a person can use. DuckDB adds the
// statement and a caret, which mean nothing to the author of a job file.
func asSQLError(err error) error {
	var de *duckdb.Error
	if !errors.As(err, &de) {
		return err
	}
	line, _, _ := strings.Cut(de.Msg, "\n")
	kind, after, ok := strings.Cut(line, " Error: ")
	if ok {
		line = after
	}
	ofData := slices.Contains([]string{"Conversion", "Invalid Input", "Out of Range"}, kind)
	return &SQLError{Message: strings.TrimSpace(line), OfData: ok && ofData, err: err}
}
