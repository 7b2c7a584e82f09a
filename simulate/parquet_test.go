package simulate

import (
	"bytes"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"
)

// parquetOf writes an export and opens it.
func parquetOf(t *testing.T, o Options) *file.Reader {
	t.Helper()
	var w bytes.Buffer
	_, err := WriteParquet(t.Context(), &w, nil, o)
	require.NoError(t, err)
	r, err := file.NewParquetReader(bytes.NewReader(w.Bytes()))
	require.NoError(t, err)
	return r
}

// tableOf reads an export back.
func tableOf(t *testing.T, o Options) arrow.Table {
	t.Helper()
	r, err := pqarrow.NewFileReader(parquetOf(t, o), pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	require.NoError(t, err)
	table, err := r.ReadTable(t.Context())
	require.NoError(t, err)
	t.Cleanup(table.Release)
	return table
}

// textOr is the value of a column as text, or other where it is null.
func textOr(a arrow.Array, i int, other string) string {
	if a.IsNull(i) {
		return other
	}
	switch a := a.(type) {
	case *array.Timestamp:
		return a.Value(i).ToTime(arrow.Millisecond).Format(timeLayout)
	case *array.Decimal128:
		return a.Value(i).ToString(2)
	}
	return a.ValueStr(i)
}

// The Parquet file holds what the CSV file holds, but for what cannot be
// typed, which is null.
func TestParquetAndCSVAgree(t *testing.T) {
	for _, sorted := range []bool{false, true} {
		o := rich()
		o.Mess, o.SortByTime, o.Accounts = 0.2, sorted, 2
		table := tableOf(t, o)
		records := recordsOf(t, o)[1:]
		rows, _ := rowsOf(t, o)
		require.EqualValues(t, len(records), table.NumRows())
		for c, name := range o.withAccount(Columns()) {
			require.Equal(t, name, table.Column(c).Name())
			chunks := array.NewTableReader(table, table.NumRows())
			require.True(t, chunks.Next())
			column := chunks.RecordBatch().Column(c)
			for i, record := range records {
				want, missing := "", c >= len(record)
				if !missing {
					want = record[c]
				}
				typed := name == "time" && (rows[i].Flaw == BadTime || rows[i].Flaw == NoTime) ||
					name == "amount" && rows[i].Flaw == BadAmount
				require.Equal(t, missing || typed || want == "", column.IsNull(i), "%s of row %d", name, i)
				require.Equal(t, want, textOr(column, i, want), "%s of row %d", name, i)
			}
			chunks.Release()
		}
	}
}

func TestParquetTypes(t *testing.T) {
	o := Defaults()
	o.Customers = 1
	table := tableOf(t, o)
	want := []string{
		"utf8", "utf8", "timestamp[ms]", "utf8", "utf8",
		"int32", "decimal(18, 2)", "decimal(18, 2)", "utf8", "utf8",
	}
	for i, field := range table.Schema().Fields() {
		require.Equal(t, want[i], field.Type.String(), field.Name)
	}
	// Eight bytes a price, not sixteen.
	require.Equal(t, parquet.Types.Int64, parquetOf(t, o).MetaData().Schema.Column(7).PhysicalType())
}

func TestParquetRowGroupsAreBounded(t *testing.T) {
	o := Defaults()
	o.Customers = 22_000
	r := parquetOf(t, o)
	require.Greater(t, r.NumRowGroups(), 1)
	for i := range r.NumRowGroups() {
		require.LessOrEqual(t, r.MetaData().RowGroup(i).NumRows(), int64(rowGroup))
	}
}
