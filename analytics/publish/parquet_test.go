package publish

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// toParquet writes batches in row groups of at most limit rows.
func toParquet(t require.TestingT, limit int64, batches ...arrow.RecordBatch) []byte {
	var out bytes.Buffer
	rows, err := WriteParquet(&out, batches[0].Schema(), Batches(batches...), ParquetOptions{RowGroupRows: limit})
	require.NoError(t, err)
	want := int64(0)
	for _, b := range batches {
		want += b.NumRows()
	}
	require.Equal(t, want, rows)
	return out.Bytes()
}

// mixed is a table of every type that NewTable makes, with nulls.
func mixed(t *testing.T, mem memory.Allocator) arrow.RecordBatch {
	t.Helper()
	present := []bool{true, false, true, true, true}
	batch, err := NewTable(mem,
		Col{Name: "id", Values: []string{"a", "", "考察期", "=1", "e"}, Valid: present},
		Col{Name: "n", Values: []int64{1, 2, -3, 4, 5}, Valid: present},
		Col{Name: "v", Values: []float64{0.1, 2, -3e300, 4, 5}, Valid: present},
		Col{Name: "lost", Values: []bool{true, true, false, false, true}, Valid: present},
		Col{Name: "spend", Values: []decimal128.Num{
			decimal128.FromI64(123), {}, decimal128.FromI64(-5), decimal128.New(1<<60, 7), {},
		}, Scale: 4, Valid: present},
		Col{Name: "day", Values: []time.Time{time.Unix(0, 0).UTC(), {}, {}, time.Unix(-86400, 0).UTC(), time.Unix(1323475200, 0).UTC()}},
	)
	require.NoError(t, err)
	t.Cleanup(batch.Release)
	return batch
}

func TestParquetReadsBackEqual(t *testing.T) {
	mem := checked(t)
	batch := mixed(t, mem)
	var out bytes.Buffer
	rows, err := WriteParquet(&out, batch.Schema(), Batches(batch, batch), ParquetOptions{Allocator: mem})
	require.NoError(t, err)
	require.EqualValues(t, 10, rows)

	got, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(out.Bytes()),
		parquet.NewReaderProperties(mem), pqarrow.ArrowReadProperties{}, mem)
	require.NoError(t, err)
	defer got.Release()
	want := array.NewTableFromRecords(batch.Schema(), []arrow.RecordBatch{batch, batch})
	defer want.Release()
	for i, field := range batch.Schema().Fields() {
		require.Equal(t, field.Name, got.Schema().Field(i).Name)
		require.True(t, array.ChunkedEqual(want.Column(i).Data(), got.Column(i).Data()), field.Name)
	}
}

func TestParquetIsCutIntoRowGroups(t *testing.T) {
	batch := mixed(t, checked(t))
	content := toParquet(t, 4, batch, batch)
	r, err := file.NewParquetReader(bytes.NewReader(content))
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	sizes := []int64{}
	for i := range r.NumRowGroups() {
		sizes = append(sizes, r.MetaData().RowGroup(i).NumRows())
		column, err := r.MetaData().RowGroup(i).ColumnChunk(0)
		require.NoError(t, err)
		require.Equal(t, compress.Codecs.Zstd, column.Compression())
	}
	require.Equal(t, []int64{4, 4, 2}, sizes)
	require.Equal(t, createdBy, r.MetaData().GetCreatedBy())
}

func TestParquetOfAnEmptyTableHasItsSchema(t *testing.T) {
	batch := table(t, Col{Name: "change_id", Values: []string{}})
	r, err := file.NewParquetReader(bytes.NewReader(toParquet(t, 0, batch)))
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	require.Zero(t, r.NumRows())
	require.Equal(t, "change_id", r.MetaData().Schema.Column(0).Name())
}

func TestParquetWritesDictionaries(t *testing.T) {
	mem := checked(t)
	kind := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	schema := arrow.NewSchema([]arrow.Field{{Name: "tier", Type: kind, Nullable: true}}, nil)
	batch, _, err := array.RecordFromJSON(mem, schema, bytes.NewBufferString(`[{"tier":"gold"},{"tier":null},{"tier":"gold"}]`))
	require.NoError(t, err)
	defer batch.Release()
	other, _, err := array.RecordFromJSON(mem, schema, bytes.NewBufferString(`[{"tier":"silver"}]`))
	require.NoError(t, err)
	defer other.Release()

	got, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(toParquet(t, 0, batch, other)),
		parquet.NewReaderProperties(mem), pqarrow.ArrowReadProperties{}, mem)
	require.NoError(t, err)
	defer got.Release()
	require.Equal(t, `["gold" (null) "gold" "silver"]`, got.Column(0).Data().Chunk(0).String())
}

// The bytes follow from the rows: neither a second writing nor another cut
// into batches changes them.
func TestParquetBytesFollowFromTheRows(outer *testing.T) {
	batch := mixed(outer, checked(outer))
	rapid.Check(outer, func(t *rapid.T) {
		limit := rapid.Int64Range(1, 12).Draw(t, "limit")
		want := toParquet(t, limit, batch, batch)
		a := rapid.Int64Range(0, 5).Draw(t, "a")
		b := rapid.Int64Range(a, 5).Draw(t, "b")
		parts := []arrow.RecordBatch{
			batch.NewSlice(0, a), batch.NewSlice(a, b), batch.NewSlice(b, 5), batch.NewSlice(0, b), batch.NewSlice(b, 5),
		}
		defer func() {
			for _, p := range parts {
				p.Release()
			}
		}()
		require.Equal(t, want, toParquet(t, limit, parts...))
	})
}

// A writer with a Close method, such as File, stays open.
func TestParquetLeavesItsWriterOpen(t *testing.T) {
	s := stage(t, t.TempDir(), "2011-12-10")
	f, err := s.Create("customers.parquet")
	require.NoError(t, err)
	batch := mixed(t, checked(t))
	_, err = WriteParquet(f, batch.Schema(), Batches(batch), ParquetOptions{})
	require.NoError(t, err)
	_, err = f.Write([]byte("still open"))
	require.NoError(t, err)
	require.NoError(t, f.Close())
}
