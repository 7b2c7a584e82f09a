package spark_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/engine/spark"
	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

func connect(t *testing.T, url string, o sparkconnect.Options) *spark.Connection {
	t.Helper()
	target, err := spark.Target(url)
	require.NoError(t, err)
	c, err := spark.Connect(t.Context(), target, o)
	require.NoError(t, err)
	return c
}

// openEngine gives a cluster that stages in a folder, with a DuckDB that reads there.
func openEngine(t *testing.T, c *spark.Connection, f *spark.Folder) *spark.Engine {
	t.Helper()
	reader, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	e, err := spark.Open(t.Context(), c, f, reader)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

// sums is a plan of two grains whose rows are easily told: n numbers, added up by their
// last digit.
func sums(n string, take func(arrow.RecordBatch) error) engine.Reduction {
	return engine.Reduction{
		Parts: []engine.Step{{Name: "part", SQL: "SELECT id % 10 AS digit, CAST(count(*) AS BIGINT) AS n, CAST(sum(id) AS BIGINT) AS s FROM range(" + n + ") GROUP BY 1"}},
		Customers: []engine.Step{{
			Name: "customers", From: []string{"part"}, SQL: "SELECT digit, n, s FROM part", Order: []string{"digit"}, Take: take,
		}},
	}
}

// The whole way: views and statements on the cluster, files on the stage, rows from DuckDB.
// The same run, begun again, runs nothing on the cluster.
func TestReduceThroughStage(t *testing.T) {
	url, stage := sparktest.Shared(t), filepath.Join(t.TempDir(), "our stage, 50% full")
	require.NoError(t, os.Mkdir(stage, 0o750))
	o := options(stage)
	var resumed []string
	for range 2 {
		c := connect(t, url, sparkconnect.Options{Tags: []string{"run-1"}})
		f := openFolder(t, c, o)
		e := openEngine(t, c, f)
		var got [][3]int64
		require.NoError(t, e.Reduce(t.Context(), sums("1000", func(b arrow.RecordBatch) error {
			for i := range int(b.NumRows()) {
				got = append(got, [3]int64{b.Column(0).(*array.Int64).Value(i), b.Column(1).(*array.Int64).Value(i), b.Column(2).(*array.Int64).Value(i)})
			}
			return nil
		})))
		require.Len(t, got, 10)
		for digit, row := range got { // digit, 10 + digit, ... 990 + digit
			require.Equal(t, [3]int64{int64(digit), 100, 49500 + 100*int64(digit)}, row)
		}
		resumed = f.Resumed()
		require.NoError(t, f.Close())
	}
	require.Equal(t, []string{"001-customers"}, resumed)
}

// A query without rows is staged, too, and columns that differ from the files would be seen.
func TestStagedWithoutRows(t *testing.T) {
	c := connect(t, sparktest.Shared(t), sparkconnect.Options{})
	f := openFolder(t, c, options(t.TempDir()))
	require.NoError(t, f.Write(t.Context(), "none", "SELECT id, CAST('2011-12-09' AS DATE) AS day FROM range(5) WHERE id > 9"))
	files, err := f.Files("none")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	reader, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	rows, err := engine.Text(t.Context(), reader, "SELECT count(*), any_value(typeof(day)) FROM "+engine.ReadParquet(files...))
	require.NoError(t, err)
	require.Equal(t, [][]string{{"0", ""}}, rows)
	require.NoError(t, reader.Close())
	require.NoError(t, f.Remove())
	require.NoError(t, c.Close())
}

// A statement's fault comes as that of an engine, whose values can be left out.
func TestErrorsAreOfTheEngine(t *testing.T) {
	c := connect(t, sparktest.Shared(t), sparkconnect.Options{})
	_, err := c.Rows(t.Context(), "SELECT CAST(concat('customer ', id) AS INT) FROM range(1)")
	var e *engine.SQLError
	require.ErrorAs(t, err, &e)
	require.True(t, e.OfData)
	require.NotContains(t, engine.WithoutValues(err).Error(), "customer")
	require.ErrorContains(t, c.Exec(t.Context(), "CREATE TEMPORARY VIEW v AS SELECT nowhere"), "UNRESOLVED_COLUMN")
	require.NoError(t, c.Close())
}

// A server that dies in mid-job and is started again: views are made again, the job is
// run again in another folder, and its rows are right.
func TestServerRestartedInMidJob(t *testing.T) {
	server := sparktest.Start(t, sparktest.Options{Master: "local[2]"})
	var once sync.Once
	restarted := make(chan error, 1)
	c := connect(t, server.URL, sparkconnect.Options{Progress: func(p sparkconnect.Progress) {
		if p.Tasks == 16 && p.TasksDone > 0 { // the job: no other statement has as many
			once.Do(func() {
				server.Crash()
				go func() { restarted <- server.Restart(t.Context()) }()
			})
		}
	}})
	require.NoError(t, c.Exec(t.Context(), "CREATE OR REPLACE TEMPORARY VIEW slow AS SELECT id, reflect('java.lang.Thread', 'sleep', 20L) AS slept FROM range(0, 800, 1, 16)"))
	f := openFolder(t, c, options(t.TempDir()))
	require.NoError(t, f.Write(t.Context(), "slow", "SELECT id, slept FROM slow"))
	files, err := f.Files("slow")
	require.NoError(t, err)
	require.Len(t, files, 16)
	select {
	case err := <-restarted:
		require.NoError(t, err)
	case <-time.After(time.Minute):
		require.Fail(t, "the server was not killed in mid-job")
	}
	require.Len(t, filesLike(t, filepath.Dir(filepath.Dir(files[0])), "slow.*"), 3, "the record, the attempt that died, and the other")
	require.NoError(t, f.Remove())
	require.NoError(t, c.Close())
}

func filesLike(t *testing.T, folder, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	require.NoError(t, err)
	return found
}
