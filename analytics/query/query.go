package query

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Error is what is wrong with a query, for who wrote it.
type Error struct{ Message string }

// Error implements error.
func (e *Error) Error() string { return "the query " + e.Message }

// Answer is what a query gives, as it is read.
type Answer struct{ reader array.RecordReader }

// Ask runs one SELECT. Cells are of types that can be published: a whole number, a
// number (one without a value is empty), a decimal, a day, a time, a boolean or text,
// which all else becomes. The caller closes the answer before the next query.
func (t *Tables) Ask(ctx context.Context, sql string) (*Answer, error) {
	switch selects, err := engine.ParseSelects(ctx, t.engine, sql); {
	case errors.Is(err, engine.ErrNotSelect):
		return nil, &Error{"changes something or is none: expected one SELECT; a publication is only read"}
	case err != nil:
		return nil, t.withQuoted(ctx, sql, asError(err))
	case len(selects) != 1:
		return nil, &Error{fmt.Sprintf("is %d statements; expected one SELECT", len(selects))}
	}
	sql = strings.TrimRight(strings.TrimSpace(sql), "; \t\r\n")
	if err := t.engine.Exec(ctx, "CREATE OR REPLACE TEMP VIEW "+answerView+" AS\n"+sql+"\n"); err != nil {
		return nil, asError(err)
	}
	columns, err := engine.Text(ctx, t.engine, "SELECT column_name, column_type FROM (DESCRIBE "+answerView+")")
	if err != nil {
		return nil, asError(err)
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = publishedSQL(engine.Identifier(c[0]), c[1])
	}
	reader, err := t.engine.Query(ctx, "SELECT "+strings.Join(cells, ", ")+" FROM "+answerView)
	if err != nil {
		return nil, asError(err)
	}
	return &Answer{reader}, nil
}

// answerView names the query while it runs.
const answerView = `"clientele.answer"`

// publishedSQL is a column of a query as a type that can be published.
func publishedSQL(column, typ string) string {
	switch typ {
	case "VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "DATE", "TIMESTAMP":
		return column
	case "FLOAT", "DOUBLE":
		return "CASE WHEN isfinite(" + column + ") THEN CAST(" + column + " AS DOUBLE) END AS " + column
	case "UBIGINT", "HUGEINT", "UHUGEINT": // sums of whole numbers
		return "CAST(" + column + " AS BIGINT) AS " + column
	}
	if strings.HasPrefix(typ, "DECIMAL") && !strings.HasSuffix(typ, "[]") {
		return column
	}
	return "CAST(" + column + " AS VARCHAR) AS " + column
}

// withQuoted is an error of a query that cannot be read, with the columns of the tables in it
// whose names are words of SQL: without double quotes the engine does not take them for names.
func (t *Tables) withQuoted(ctx context.Context, sql string, of error) error {
	found, is := errors.AsType[*Error](of)
	if !is {
		return of
	}
	const wordsOfSQL = `SELECT DISTINCT table_name, column_name FROM information_schema.columns JOIN duckdb_keywords() ON keyword_name = column_name
		WHERE keyword_category <> 'unreserved' ORDER BY ALL`
	columns, err := engine.Text(ctx, t.engine, wordsOfSQL)
	if err != nil {
		return errors.Join(of, err)
	}
	asked := map[string]bool{}
	for _, word := range wordPattern.FindAllString(strings.ToLower(sql), -1) {
		asked[word] = true
	}
	var names []string
	for _, c := range columns {
		if name := `"` + c[1] + `"`; asked[c[0]] && asked[c[1]] && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return of
	}
	return &Error{found.Message + "; columns whose names are words of SQL stand in double quotes: " + strings.Join(names, ", ")}
}

// wordPattern finds names of tables and columns.
var wordPattern = regexp.MustCompile(`[a-z_0-9]+`)

// asError is an error of the engine about the query.
func asError(err error) error {
	e, of := errors.AsType[*engine.SQLError](err)
	switch {
	case !of:
		return err
	case strings.Contains(e.Message, `schema "`+previousSchema+`" does not exist`):
		return &Error{"asks for the publication before this one, and there is none beside it"}
	}
	return &Error{"cannot be answered: " + strings.TrimSuffix(e.Message, ".")}
}

// Schema says which columns the answer has.
func (a *Answer) Schema() *arrow.Schema { return a.reader.Schema() }

// Batches are the rows of the answer. Each batch lives until the next is asked for.
func (a *Answer) Batches() iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for a.reader.Next() {
			if !yield(a.reader.RecordBatch(), nil) {
				return
			}
		}
		if err := a.reader.Err(); err != nil {
			yield(nil, asError(err))
		}
	}
}

// Close ends the reading.
func (a *Answer) Close() { a.reader.Release() }

// Catalogue is the query that lists the tables and their columns.
const Catalogue = `SELECT CASE WHEN table_schema = 'main' THEN table_name ELSE table_schema || '.' || table_name END AS "table",
    column_name AS "column", lower(data_type) AS "type"
FROM information_schema.columns
WHERE table_schema IN ('main', 'previous') AND table_name <> 'clientele.answer'
ORDER BY table_schema, table_name, ordinal_position`
