package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"

	"clientele/analytics/publication"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

// reduceAlone does with SQL what SQL can do of a night: it reads an export and
// writes customers.csv and customers.parquet into the folder out.
func reduceAlone(ctx context.Context, export, out string) error {
	return withDuckDB(ctx, func(exec func(string) error) error {
		fill := strings.NewReplacer("{{reader}}", readerOf(export), "{{as_of}}", literal(asOf))
		for _, step := range []string{"lines", "customer_day", "favourites", "history", "customers"} {
			text, err := statement(step)
			if err != nil {
				return err
			}
			if err := exec(fill.Replace(text)); err != nil {
				return fmt.Errorf("%s: %w", step, err)
			}
		}
		return errors.Join(
			exec("COPY customers TO "+literal(filepath.Join(out, publication.CustomersCSV))),
			exec("COPY customers TO "+literal(filepath.Join(out, publication.CustomersParquet))+" (COMPRESSION zstd)"),
		)
	})
}

// readerOf is the table function that reads an export.
func readerOf(export string) string {
	if filepath.Ext(export) == ".csv" {
		return "read_csv(" + literal(export) + ", header = true, columns = " + csvColumns + ")"
	}
	return "read_parquet(" + literal(export) + ")"
}

// csvColumns spares DuckDB the guess at types. Only the columns that a
// statement asks for are read.
const csvColumns = `{customer_id: 'VARCHAR', order_id: 'VARCHAR', time: 'TIMESTAMP', product: 'VARCHAR',
category: 'VARCHAR', quantity: 'INTEGER', unit_price: 'DECIMAL(18, 2)', amount: 'DECIMAL(18, 2)',
channel: 'VARCHAR', region: 'VARCHAR'}`

// agree fails unless got and want, two customers.parquet, hold the same
// customers and the same value in every column that both know by one
// definition.
func agree(ctx context.Context, got, want string) error {
	text, err := statement("agree")
	if err != nil {
		return err
	}
	text = strings.NewReplacer("{{got}}", literal(got), "{{want}}", literal(want)).Replace(text)
	return withDuckDB(ctx, func(exec func(string) error) error { return exec(text) })
}

// withDuckDB lends an empty database with one connection, to which temporary
// tables belong.
func withDuckDB(ctx context.Context, use func(exec func(string) error) error) (err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	return use(func(text string) error {
		_, err := db.ExecContext(ctx, text)
		return err
	})
}

// duckDBVersion is the version of the DuckDB in this program.
func duckDBVersion(ctx context.Context) (version string, err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return version, db.QueryRowContext(ctx, "SELECT version()").Scan(&version)
}

func statement(name string) (string, error) {
	text, err := sqlFiles.ReadFile("sql/" + name + ".sql")
	return string(text), err
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
