package publish

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"
)

func TestNewTableRefusesWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		name string
		cols []Col
		want string
	}{
		{"no column", nil, "publish: a table needs at least one column"},
		{
			"unequal lengths",
			[]Col{{Name: "a", Values: []int64{1, 2}}, {Name: "b", Values: []string{"x"}}},
			`publish: column "b" has 1 values, want 2 as in column "a"`,
		},
		{
			"marks of another length",
			[]Col{{Name: "a", Values: []int64{1, 2}, Valid: []bool{true}}},
			`publish: column "a" has 2 values and 1 marks of presence`,
		},
		{
			"marks of another length for days",
			[]Col{{Name: "a", Values: make([]time.Time, 2), Valid: []bool{true}}},
			`publish: column "a" has 2 values and 1 marks of presence`,
		},
		{
			"twice the same name",
			[]Col{{Name: "a", Values: []int64{1}}, {Name: "a", Values: []int64{1}}},
			`publish: column "a" appears twice; give each column its own name`,
		},
		{
			"a type it does not know",
			[]Col{{Name: "a", Values: []int{1}}},
			`publish: column "a": values are []int, want one of the slices that Col.Values lists`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewTable(checked(t), c.cols...)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestWritersRefuseWhatDoesNotFit(t *testing.T) {
	text := arrow.Field{Name: "id", Type: arrow.BinaryTypes.String}
	number := arrow.Field{Name: "id", Type: arrow.PrimitiveTypes.Int64}
	list := arrow.Field{Name: "reasons", Type: arrow.ListOf(arrow.ListOf(arrow.BinaryTypes.String))}
	ids := table(t, Col{Name: "id", Values: []string{"a", "b"}, Valid: []bool{true, false}})
	for _, c := range []struct {
		name   string
		fields []arrow.Field
		want   string
	}{
		{"lists of lists", []arrow.Field{list}, `publish: column "reasons" has type list<item: list<item: utf8, nullable>, nullable>; ` +
			`want text, a number, a decimal, a boolean, a date or a timestamp`},
		{"more columns", []arrow.Field{text, {Name: "x", Type: number.Type}}, "publish: got a batch of 1 columns, want 2"},
		{"another type", []arrow.Field{number}, `publish: column 1 of a batch is "id" of type utf8, want "id" of type int64`},
		{"another name", []arrow.Field{{Name: "x", Type: text.Type}}, `publish: column 1 of a batch is "id" of type utf8, want "x" of type utf8`},
		{"a null", []arrow.Field{text}, `publish: column "id" has a null although its schema rules nulls out`},
	} {
		t.Run(c.name, func(t *testing.T) {
			schema := arrow.NewSchema(c.fields, nil)
			_, err := WriteCSV(&bytes.Buffer{}, schema, Batches(ids), CSVOptions{})
			require.EqualError(t, err, c.want)
			_, err = WriteParquet(&bytes.Buffer{}, schema, Batches(ids), ParquetOptions{Allocator: checked(t)})
			require.EqualError(t, err, c.want)
			if len(c.fields) > 1 {
				return // one column too many is nothing that columns one by one could have
			}
			group := RowGroup{Rows: 2, Col: func(int) Col { return Col{Name: "id", Values: []string{"a", "b"}, Valid: []bool{true, false}} }}
			_, err = WriteParquetColumns(&bytes.Buffer{}, schema, slices.Values([]RowGroup{group}), ParquetOptions{Allocator: checked(t)})
			require.EqualError(t, err, c.want)
		})
	}
}

// Parquet has lists, CSV has not.
func TestListsAreOfParquetAlone(t *testing.T) {
	b := array.NewListBuilder(checked(t), arrow.PrimitiveTypes.Int64)
	defer b.Release()
	b.Append(true)
	b.ValueBuilder().(*array.Int64Builder).AppendValues([]int64{1, 2}, nil)
	lists := b.NewArray()
	defer lists.Release()
	schema := arrow.NewSchema([]arrow.Field{{Name: "days", Type: lists.DataType()}}, nil)
	batch := array.NewRecordBatch(schema, []arrow.Array{lists}, 1)
	defer batch.Release()
	_, err := WriteCSV(&bytes.Buffer{}, schema, Batches(batch), CSVOptions{})
	require.ErrorContains(t, err, `publish: column "days" has type list<item: int64, nullable>`)
	rows, err := WriteParquet(&bytes.Buffer{}, schema, Batches(batch), ParquetOptions{Allocator: checked(t)})
	require.NoError(t, err)
	require.EqualValues(t, 1, rows)
}

// Readers of Arrow streams feed the writers through arrow's own adapter.
func TestWritersTakeARecordReader(t *testing.T) {
	ids := table(t, Col{Name: "id", Values: []string{"a", "b"}})
	reader, err := array.NewRecordReader(ids.Schema(), []arrow.RecordBatch{ids, ids})
	require.NoError(t, err)
	defer reader.Release()
	var out bytes.Buffer
	rows, err := WriteCSV(&out, reader.Schema(), array.IterFromReader(reader), CSVOptions{})
	require.NoError(t, err)
	require.EqualValues(t, 4, rows)
	require.Equal(t, "id\na\nb\na\nb\n", out.String())
}

// A caller that stops early must not be handed another batch.
func TestBatchesStopsWhenAsked(t *testing.T) {
	ids := table(t, Col{Name: "id", Values: []string{"a"}})
	seen := 0
	for range Batches(ids, ids, ids) {
		seen++
		break
	}
	require.Equal(t, 1, seen)
}
