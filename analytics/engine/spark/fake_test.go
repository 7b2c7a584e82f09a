package spark_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine/spark"
	"clientele/internal/sparkconnect"
)

// cluster is a server without Spark: a query is `SELECT id FROM range(0, n, 1, parts)`, and
// is written as Spark writes it. What a statement does may be told to fail.
type cluster struct {
	t        *testing.T
	sessions int
	execs    []string                       // statements of all sessions, those that failed too
	fail     func(sql, folder string) error // nil: nothing fails. It comes after the rows and before _SUCCESS.
	parts    func(n int) int                // how many of a query's files arrive; nil: all
}

func (c *cluster) connect(t *testing.T) *spark.Connection {
	t.Helper()
	connection, err := spark.ConnectBy(t.Context(), func(context.Context) (spark.Session, error) {
		c.sessions++
		return &session{c}, nil
	})
	require.NoError(t, err)
	return connection
}

type session struct{ *cluster }

var insert = regexp.MustCompile(`^INSERT OVERWRITE DIRECTORY 'file://([^']+)' USING parquet SELECT id FROM range\(0, (\d+), 1, (\d+)\)$`)

func (s *session) Exec(_ context.Context, sql string, _ ...any) error {
	s.execs = append(s.execs, sql)
	folder := ""
	found := insert.FindStringSubmatch(sql)
	if found != nil {
		folder = found[1]
		n, err := strconv.Atoi(found[2])
		require.NoError(s.t, err)
		parts, err := strconv.Atoi(found[3])
		require.NoError(s.t, err)
		require.NoFileExists(s.t, filepath.Join(folder, "_SUCCESS"), "two attempts in one folder")
		for i := range parts {
			if s.parts == nil || i < s.parts(parts) {
				writeIDs(s.t, filepath.Join(folder, fmt.Sprintf("part-%05d.parquet", i)), i*n/parts, (i+1)*n/parts)
			}
		}
	}
	if s.fail != nil {
		if err := s.fail(sql, folder); err != nil {
			return err
		}
	}
	if found != nil {
		return os.WriteFile(filepath.Join(folder, "_SUCCESS"), nil, 0o600)
	}
	return nil
}

// Rows counts what a folder should have, which the test says in its name.
func (s *session) Rows(_ context.Context, sql string, _ ...any) (array.RecordReader, error) {
	folder := strings.TrimSuffix(strings.TrimPrefix(sql, "SELECT CAST(count(*) AS STRING) FROM parquet.`file://"), "`")
	for _, e := range s.execs {
		if found := insert.FindStringSubmatch(e); found != nil && found[1] == folder {
			return texts(found[2]), nil
		}
	}
	return nil, errors.New("nothing was written to " + folder)
}

func (s *session) Version() string { return "4.1.2" }
func (s *session) Close() error    { return nil }

// inserts are how often something was staged, attempts at the stage itself apart.
func (c *cluster) inserts() (n int) {
	for _, e := range c.execs {
		if strings.HasPrefix(e, "INSERT") && !strings.Contains(e, "/probe.") {
			n++
		}
	}
	return n
}

func texts(cell string) array.RecordReader {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.Append(cell)
	schema := arrow.NewSchema([]arrow.Field{{Name: "x", Type: arrow.BinaryTypes.String}}, nil)
	r, err := array.NewRecordReader(schema, []arrow.RecordBatch{array.NewRecordBatch(schema, []arrow.Array{b.NewArray()}, 1)})
	if err != nil {
		panic(err) // of a schema that is not that of its batch
	}
	return r
}

func writeIDs(t *testing.T, path string, from, to int) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	f, err := os.Create(path)
	require.NoError(t, err)
	schema := arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}}, nil)
	w, err := pqarrow.NewFileWriter(schema, f, nil, pqarrow.DefaultWriterProps())
	require.NoError(t, err)
	b := array.NewInt64Builder(memory.DefaultAllocator)
	for id := from; id < to; id++ {
		b.Append(int64(id))
	}
	require.NoError(t, w.Write(array.NewRecordBatch(schema, []arrow.Array{b.NewArray()}, int64(to-from))))
	require.NoError(t, w.Close())
}

var lost = &sparkconnect.Error{Condition: "INVALID_HANDLE.SESSION_CHANGED"}
