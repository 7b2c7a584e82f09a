package ledger_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// An expression is one scalar expression over the columns of a row. Everything
// else is refused before it is run, whatever bracket or comment it brings.
func TestExpressionsThatReachOut(t *testing.T) {
	s := newShop(t)
	s.write("secret.csv", "word\nswordfish\n")
	s.write("export.csv", "id,day,amount\n1,2024-01-01,1\n")
	secret := engine.Literal(filepath.Join(s.dir, "secret.csv"))
	for _, c := range []struct{ expression, want string }{
		{"id)) || (SELECT max(content) FROM read_text(" + secret + ")) || TRY((''", "syntax error"},
		{"(SELECT max(content) FROM read_text(" + secret + "))", "has a query of its own within"},
		{"id IN (SELECT content FROM read_text(" + secret + "))", "has a query of its own within"},
		{"CASE WHEN EXISTS (FROM read_csv(" + secret + ")) THEN id END", "has a query of its own within"},
		{"id FROM read_text(" + secret + ")", "is not one expression"},
		{"lower(id) UNION SELECT 'x'", "is not one expression"},
		{"id, day", "is not one expression"},
		{"id AS customer", "has no column \"id AS customer\""},
		{"lower(id) AS customer", "is not one expression"},
		{"lower(id) ORDER BY 1", "is not one expression"},
		{"lower(id) WHERE true", "is not one expression"},
		{"lower(id) LIMIT 1", "is not one expression"},
		{"id; DROP TABLE ledger", "is not one expression"},
		{"id; SELECT 1", "is not one expression"},
		{"*", "names all columns at once"},
		{"COLUMNS('i.*')", "names all columns at once"},
		{"#1", "names a column by its place"},
		{"$1", "has a parameter"},
		{"id /* and no end", "unterminated"},
		{"now()", "calls now, which is not a function of the row alone"},
		{"id || random()", "calls random, which"},
		{"uuid()", "calls uuid, which"},
		{"coalesce(id, CAST(gen_random_uuid() AS VARCHAR))", "calls gen_random_uuid, which"},
		{"ago(INTERVAL 1 DAY)", "calls ago, which"},
		{"CAST(age(CAST(day AS TIMESTAMP)) AS VARCHAR)", "calls age, which"},
		{"current_date", "has no column \"current_date\""},
		{"current_timestamp", "has no column \"current_timestamp\""},
		{"strftime(current_localtimestamp(), '%S')", "calls current_localtimestamp, which"},
		{"CAST(current_localtime() AS VARCHAR)", "calls current_localtime, which"},
		{"current_catalog()", "calls current_catalog, which"},
		{"current_database()", "calls current_database, which"},
		{"pg_get_constraintdef(1)", "calls pg_get_constraintdef, which"},
		{"vector_type(id)", "calls vector_type, which"},
		{"getvariable('x')", "calls getvariable, which"},
		{"current_setting('temp_directory')", "calls current_setting, which"},
		{"read_text(" + secret + ")", "calls read_text, which"},
		{"nextval('s')", "calls nextval, which"},
		{"unnest([id, day])", "unnest"},
		{"glob(id)", "calls glob, which"},
		{"id.lower()", "calls lower behind a dot; write lower(...)"},
		{"id.now()", "calls now behind a dot"},
		{"list_transform([id], x -> x || random())", "calls random, which"},
		{"max(id)", "looks at several rows"},
		{"row_number() OVER ()", "looks at several rows"},
		{strings.Repeat("(", 3000) + "id" + strings.Repeat(")", 3000), ""},
		{strings.Repeat("lower(", 300) + "id" + strings.Repeat(")", 300), "is nested more than"},
	} {
		keys := []string{"customer"}
		if strings.Contains(c.expression, "SELECT") {
			keys = []string{"customer", "label", "where"}
		}
		for _, key := range keys {
			j := s.job(head + "sources:\n" + source("export.csv"))
			switch key {
			case "customer":
				j.Sources[0].Columns.Customer = c.expression
			case "label":
				j.Sources[0].Columns.Attributes = map[string]string{"label": c.expression}
			default:
				j.Sources[0].Where = c.expression
			}
			plan, err := s.prepare(j)
			if c.want == "" { // brackets alone are harmless, if the parser bears them
				continue
			}
			require.Error(t, err, c.expression)
			require.ErrorAs(t, err, new(job.Errors))
			require.Contains(t, err.Error(), c.want, c.expression)
			require.NotContains(t, err.Error(), "swordfish")
			require.Nil(t, plan)
		}
	}
}

// What analysts write stays allowed.
func TestExpressionsOfARow(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount,Unit Price,json,客户\na-1,2024-01-05,2.5,4,\"{\"\"k\"\": \"\"v\"\"}\",é\n")
	for _, c := range []struct{ expression, want string }{
		{"upper(id)", "A-1"},
		{`id || '-' || "Unit Price"`, "a-1-4"},
		{"split_part(id, '-', 2)", "1"},
		{"nullif(id, 'b')", "a-1"},
		{"coalesce(nullif(id, 'a-1'), day)", "2024-01-05"},
		{"CASE WHEN id LIKE 'a%' THEN 'x' ELSE 'y' END", "x"},
		{"json->>'k'", "v"},
		{"json -> '$.k' ->> 0", ""},
		{"json_extract_string(json, '$.k')", "v"},
		{"regexp_replace(id, '-.*', '')", "a"},
		{"客户 || \"客户\"", "éé"},
		{"list_transform([id], lambda x: x || day)[1]", "a-12024-01-05"},
		{"list_reduce([id, day], (x, y) -> x || y)", "a-12024-01-05"},
		{"[x for x in [id, day] if x <> day][1]", "a-1"},
		{"strftime(CAST(day AS DATE) + INTERVAL 1 DAY, '%d')", "06"},
		{"date_part('year', CAST(day AS DATE))", "2024"},
		{"CAST(amount AS DOUBLE) * 2", "5"},
		{"TRY_CAST(id AS INTEGER)", ""},
		{"{'a': id}.a", "a-1"},
		{"repeat('0', 6 - length(id)) || id", "000a-1"},
		{"list_sum(range(4))", "6"},
		{"list_transform([1.5, 2.5], lambda x: x * 2)", "[3.0, 5.0]"},
		{"[CAST(amount AS DECIMAL(9, 0))]", "[3]"},
		{"upper(id).replace('-', '')", "A1"},
		{"main.lower(id)", "a-1"},
		{"(id)", "a-1"},
		{"id -- a comment", "a-1"},
		{"/* one */ id", "a-1"},
		{"'it''s; SELECT' || id", "it's; SELECTa-1"},
		{"ID", "a-1"},
	} {
		j := s.job(head + "sources:\n" + source("export.csv"))
		j.Sources[0].Columns.Attributes = map[string]string{"label": c.expression}
		plan, err := s.prepare(j)
		require.NoError(t, err, c.expression)
		require.NoError(t, plan.Load(t.Context(), j.AsOf.Day), c.expression)
		require.Equal(t, []string{c.want}, s.cells(ledger.AttributeColumn("label")), c.expression)
	}
}

// Even a statement of the engine's own reaches nothing outside once the sources
// are open, but the exports.
func TestEngineIsSealed(t *testing.T) {
	s := newShop(t)
	s.copyTo("export.parquet", "SELECT 'a' AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	s.write("secret.csv", "word\nswordfish\n")
	s.load(head + "sources:\n" + source("export.parquet"))
	for _, sql := range []string{
		"SELECT * FROM read_text(" + engine.Literal(filepath.Join(s.dir, "secret.csv")) + ")",
		"SELECT * FROM " + engine.Literal(filepath.Join(s.dir, "secret.csv")),
		"COPY (SELECT 1) TO " + engine.Literal(filepath.Join(s.dir, "out.csv")),
		"ATTACH " + engine.Literal(filepath.Join(s.dir, "db")),
		"SET enable_external_access = true",
		"SET threads = 1",
		"INSTALL httpfs",
		"LOAD httpfs",
	} {
		require.Error(t, s.engine.Exec(t.Context(), sql), sql)
	}
}

// Whatever function the engine has, the look at it ends, and none of those that
// are allowed without an argument has another value a moment later.
func TestFunctionsOfTheEngine(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\na,2024-01-01,1\n")
	e := openEngineFor(t)
	names, err := engine.Text(t.Context(), e, "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'macro') AND regexp_full_match(function_name, '[a-z]\\w*') AND NOT starts_with(function_name, 'icu_') ORDER BY ALL")
	require.NoError(t, err)
	require.Greater(t, len(names), 300)
	calls := map[string]string{} // by attribute
	for _, name := range names {
		calls[name[0]] = "CAST(" + name[0] + "() AS VARCHAR)"
	}
	j := s.job(head + "sources:\n" + source("export.csv"))
	j.Sources[0].Columns.Attributes = calls
	_, err = s.prepare(j)
	var refused job.Errors
	require.ErrorAs(t, err, &refused)
	for _, v := range refused {
		delete(calls, strings.TrimPrefix(v.Key, "sources.0.columns.attributes."))
	}
	require.Contains(t, calls, "pi")
	values := func() (all []string) {
		for _, name := range slices.Sorted(maps.Keys(calls)) {
			rows, err := engine.Text(t.Context(), e, "SELECT "+calls[name])
			require.NoError(t, err)
			all = append(all, name+": "+rows[0][0])
		}
		return all
	}
	was := values()
	time.Sleep(time.Millisecond)
	require.Equal(t, was, values())
}
