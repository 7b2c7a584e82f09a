package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// bucket is a cluster that lists files.
type bucket struct {
	files []string
	asked []string
}

func (b *bucket) Exec(_ context.Context, sql string, _ ...any) error {
	b.asked = append(b.asked, sql)
	return nil
}

func (b *bucket) Rows(context.Context, string, ...any) (array.RecordReader, error) {
	var fields []arrow.Field
	for _, name := range []string{"path", "from", "size", "time"} {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String})
	}
	rows := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer rows.Release()
	for _, f := range b.files {
		for i, cell := range []string{f, f, "10", "1"} {
			rows.Field(i).(*array.StringBuilder).Append(cell)
		}
	}
	batch := rows.NewRecordBatch()
	return array.NewRecordReader(batch.Schema(), []arrow.RecordBatch{batch})
}

// A statement does not grow with the files of a folder: where other files lie among too many, who
// runs the job is told to name them by a pattern.
func TestListingOfManyFiles(t *testing.T) {
	const most = 10_000
	for n, said := range map[int]string{most: "", most + 1: "names 10001 of 10002 files in a folder"} {
		b := &bucket{files: []string{"s3a://bucket/lines/README.md"}}
		for i := range n {
			b.files = append(b.files, fmt.Sprintf("s3a://bucket/lines/%d.csv", i))
		}
		chosen := func(path string) (found []string, exact string, err error) {
			s := job.Source{Path: path}
			l, err := ledger.List(t.Context(), b, &job.Job{Dir: "/shop", Sources: []job.Source{s}})
			require.NoError(t, err)
			return l.Chosen(s)
		}
		found, exact, err := chosen("s3a://bucket/lines")
		if said != "" {
			require.ErrorContains(t, err, said)
		} else {
			require.NoError(t, err)
			require.Len(t, found, n)
			require.Contains(t, exact, "{0.csv,1.csv,")
		}
		b.files = b.files[1:] // as the cluster lists a pattern
		found, exact, err = chosen("s3a://bucket/lines/*.csv")
		require.NoError(t, err)
		require.Len(t, found, n)
		require.Equal(t, "s3a://bucket/lines/*.csv", exact)
	}
}

// A path of the cluster names the files that it would name here, in the same order, whatever
// else lies beside them.
func TestListing(t *testing.T) {
	const s3 = "s3a://bucket/lines/"
	for _, c := range []struct {
		path, root   string
		there, found string // files, with | between
		exact        string
	}{
		{s3 + "*.parquet", "", s3 + "b.parquet|" + s3 + "a.parquet", s3 + "a.parquet|" + s3 + "b.parquet", s3 + "*.parquet"},
		{s3 + "{a,b}.csv", "", s3 + "a.csv", s3 + "a.csv", s3 + "{a,b}.csv"},
		{s3 + "a.csv", "", s3 + "a.csv", s3 + "a.csv", s3 + "a.csv"},
		{"s3a://bucket/lines", "", s3 + "day=2/x, y.csv|" + s3 + "day=1/a.csv|" + s3 + "_log/a.csv|" + s3 + "README.md", s3 + "day=1/a.csv|" + s3 + "day=2/x, y.csv", s3 + `{day=1/a.csv,day=2/x\, y.csv}`},
		{s3 + "**/*.csv", s3, s3 + "a.csv|" + s3 + "b/c/d.csv|" + s3 + "b/e.txt", s3 + "a.csv|" + s3 + "b/c/d.csv", s3 + "{a.csv,b/c/d.csv}"},
		{"lines/*.csv", "file:///shop/lines/*.csv", "file:/shop/lines/[1].csv|file:/shop/lines/_a.csv", "lines/[1].csv", `file:/shop/lines/\[1\].csv`},
		{"lines", "file:///shop/lines", "file:/shop/lines/a/b.csv|file:/shop/lines/a-1.csv", "lines/a/b.csv|lines/a-1.csv", "file:///shop/lines"},
		{"/other/a.csv", "file:///other/a.csv", "file:/other/a.csv", "/other/a.csv", "file:///other/a.csv"},
	} {
		b := &bucket{files: strings.Split(c.there, "|")}
		s := job.Source{Path: c.path}
		l, err := ledger.List(t.Context(), b, &job.Job{Dir: "/shop", Sources: []job.Source{s}})
		require.NoError(t, err)
		if c.root == "" {
			c.root = c.path
		}
		require.Contains(t, b.asked[0], "path '"+c.root+"'")
		found, exact, err := l.Chosen(s)
		require.NoError(t, err, c.path)
		require.Equal(t, strings.Split(c.found, "|"), found, c.path)
		require.Equal(t, c.exact, exact, c.path)
	}
}
