package dialect_test

import (
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/engine/dialect"
)

// A statement that is written once is another text for each engine.
func TestOneStatementForBoth(t *testing.T) {
	files := fstest.MapFS{"days.sql": {Data: []byte(`SELECT {{list}}({{row}}{{field "day"}} day{{end_row}}) AS days, {{days "day" "last_day"}} AS n FROM t WHERE name = {{quoted .}}`)}}
	statements := dialect.Read(files, "*.sql", nil)
	for d, want := range map[dialect.Dialect]string{
		dialect.DuckDB: `SELECT list({'day': day}) AS days, date_diff('day', day, last_day) AS n FROM t WHERE name = 'it''s \ $1'`,
		dialect.Spark:  `SELECT collect_list(named_struct('day', day)) AS days, datediff(last_day, day) AS n FROM t WHERE name = 'it\'s \\ \u00241'`,
	} {
		sql, err := statements.Write(d, "days.sql", `it's \ $1`)
		require.NoError(t, err)
		require.Equal(t, want, sql)
	}
}

// Parameters are bound, and nothing else: not in a text, a name or a comment.
func TestBind(t *testing.T) {
	got := dialect.Bind("SELECT $2, '$1', '\\'$1', \"$1\", `$1` -- $1\nWHERE day >= CAST($1 AS DATE)", []string{"'2024-01-31'", "NULL"})
	require.Equal(t, "SELECT NULL, '$1', '\\'$1', \"$1\", `$1` -- $1\nWHERE day >= CAST('2024-01-31' AS DATE)", got)
	require.Panics(t, func() { dialect.Bind("SELECT $3", []string{"1"}) })
}

// Whatever a text holds, it ends where its quotes do, and Spark finds none of its variables
// in it.
func TestLiteralsEnd(t *testing.T) {
	spark := regexp.MustCompile(`^'(?:[^'\\$]|\\.)*'$`)
	duckDB := regexp.MustCompile(`^'(?:[^']|'')*'$`)
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`ab'"\$ {}é`+"`"))).Draw(rt, "text")
		require.Regexp(rt, spark, dialect.Spark.Literal(text))
		require.Regexp(rt, duckDB, dialect.DuckDB.Literal(text))
		require.Equal(rt, "''", regexp.MustCompile("``").ReplaceAllString(dialect.Spark.Identifier(""), "''"))
	})
}
