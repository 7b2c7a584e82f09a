package sparkconnect_test

import (
	"math"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// open gives a session that ends with the test.
func open(t testing.TB, url string, o sparkconnect.Options) *sparkconnect.Session {
	t.Helper()
	target, err := sparkconnect.ParseURL(url)
	require.NoError(t, err)
	s, err := sparkconnect.Open(t.Context(), target, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// cells runs a query and gives its cells as text.
func cells(t testing.TB, s *sparkconnect.Session, sql string, args ...any) [][]string {
	t.Helper()
	rows, err := s.Rows(t.Context(), sql, args...)
	require.NoError(t, err)
	return texts(t, rows)
}

func texts(t testing.TB, rows array.RecordReader) [][]string {
	t.Helper()
	defer rows.Release()
	var all [][]string
	for rows.Next() {
		b := rows.RecordBatch()
		for i := range int(b.NumRows()) {
			var row []string
			for _, column := range b.Columns() {
				row = append(row, column.ValueStr(i))
			}
			all = append(all, row)
		}
	}
	require.NoError(t, rows.Err())
	return all
}

func TestRows(t *testing.T) {
	s := open(t, sparktest.Shared(t), sparkconnect.Options{})
	require.Regexp(t, `^4\.\d+\.\d+`, s.Version())

	require.Equal(t, [][]string{{"0", "a"}, {"1", "b"}}, cells(t, s, "SELECT id, decode(unbase64(CASE id WHEN 0 THEN 'YQ==' ELSE 'Yg==' END), 'UTF-8') FROM range(2) ORDER BY id"))
	require.Empty(t, cells(t, s, "SELECT id FROM range(3) WHERE id > 5"), "no rows are an answer, too")
	rows, err := s.Rows(t.Context(), "SELECT id AS n FROM range(3) WHERE id > 5")
	require.NoError(t, err)
	require.Equal(t, "n", rows.Schema().Field(0).Name)
	rows.Release()

	// More than one batch: batches of the server have 4 MiB.
	all := cells(t, s, "SELECT id, repeat('x', 100) FROM range(100000) ORDER BY id")
	require.Len(t, all, 100000)
	require.Equal(t, "99999", all[99999][0])
}

func TestArguments(t *testing.T) {
	s := open(t, sparktest.Shared(t), sparkconnect.Options{})
	got := cells(t, s, `SELECT :p1, :p2 + 1, :p3, :p4, CAST(:p5 AS DATE), CAST(:p6 AS DATE), :p1`,
		"it's; -- $1 \\ :p2", 41, math.Pi, true, "2011-12-09", nil)
	require.Equal(t, [][]string{{"it's; -- $1 \\ :p2", "42", "3.141592653589793", "true", "2011-12-09", array.NullValueStr, "it's; -- $1 \\ :p2"}}, got)
	_, err := s.Rows(t.Context(), "SELECT :p1", []string{"x"})
	require.EqualError(t, err, "spark: a parameter of type []string cannot be bound")
}

// What the engine is for: a view of files, a statement that writes, and files on disk.
func TestExecWrites(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "in.csv"), []byte("who,paid\nann,1.5\nbob,2\nann,3.25\n"), 0o600))
	var told atomic.Int64
	s := open(t, sparktest.Shared(t), sparkconnect.Options{Tags: []string{"night-1"}, Progress: func(p sparkconnect.Progress) {
		if p.Tasks >= p.TasksDone && p.Stages >= p.StagesDone {
			told.Add(1)
		}
	}})
	require.NoError(t, s.Exec(t.Context(), "CREATE OR REPLACE TEMPORARY VIEW paid USING csv OPTIONS (path '"+dir+"/in.csv', header 'true')"))
	require.NoError(t, s.Exec(t.Context(), `INSERT OVERWRITE DIRECTORY '`+dir+`/out' USING parquet
		SELECT who, CAST(sum(CAST(paid AS DECIMAL(18, 2))) AS DECIMAL(38, 2)) AS paid FROM paid WHERE who <> :p1 GROUP BY who`, "bob"))
	require.FileExists(t, filepath.Join(dir, "out", "_SUCCESS"))
	require.Equal(t, [][]string{{"ann", "4.75"}}, cells(t, s, "SELECT who, paid FROM parquet.`"+dir+"/out`"))
	require.Positive(t, told.Load(), "progress was told")
}

// Views belong to a session.
func TestSessionsAreApart(t *testing.T) {
	url := sparktest.Shared(t)
	one, two := open(t, url, sparkconnect.Options{}), open(t, url, sparkconnect.Options{})
	require.NoError(t, one.Exec(t.Context(), "CREATE TEMPORARY VIEW mine AS SELECT 1 AS x"))
	require.Equal(t, [][]string{{"1"}}, cells(t, one, "SELECT x FROM mine"))
	_, err := two.Rows(t.Context(), "SELECT x FROM mine")
	require.ErrorContains(t, err, "TABLE_OR_VIEW_NOT_FOUND")
}
