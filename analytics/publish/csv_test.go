package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"iter"
	"math"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
)

func TestWriteCSVWritesEveryTypeOfColumn(t *testing.T) {
	present := []bool{true, false}
	batch := table(t,
		Col{Name: "customer_id", Values: []string{"12346", "a,b"}},
		Col{Name: "first_day", Values: []time.Time{time.Date(2011, 12, 10, 23, 0, 0, 0, time.UTC), {}}},
		Col{Name: "orders", Values: []int64{-3, 0}, Valid: present},
		Col{Name: "clv", Values: []float64{-1.5, 0}, Valid: present},
		Col{Name: "past_value", Values: []decimal128.Num{decimal128.FromI64(771836000), {}}, Scale: 4, Valid: present},
		Col{Name: "lost", Values: []bool{true, false}},
		Col{Name: "segment", Values: []string{"", "Champions"}, Valid: []bool{false, true}},
	)
	require.Equal(t, "customer_id,first_day,orders,clv,past_value,lost,segment\n"+
		"12346,2011-12-10,-3,-1.5,77183.60,true,\n"+
		"\"a,b\",,,,,false,Champions\n", toCSV(t, CSVOptions{}, batch))
}

func TestWriteCSVWritesArrowsOtherWidths(t *testing.T) {
	mem := checked(t)
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "i8", Type: arrow.PrimitiveTypes.Int8},
		{Name: "i16", Type: arrow.PrimitiveTypes.Int16},
		{Name: "i32", Type: arrow.PrimitiveTypes.Int32},
		{Name: "u8", Type: arrow.PrimitiveTypes.Uint8},
		{Name: "u16", Type: arrow.PrimitiveTypes.Uint16},
		{Name: "u32", Type: arrow.PrimitiveTypes.Uint32},
		{Name: "u64", Type: arrow.PrimitiveTypes.Uint64},
		{Name: "f32", Type: arrow.PrimitiveTypes.Float32},
		{Name: "large", Type: arrow.BinaryTypes.LargeString},
		{Name: "at", Type: &arrow.TimestampType{Unit: arrow.Millisecond, TimeZone: "UTC"}},
		{Name: "none", Type: arrow.Null, Nullable: true},
	}, nil)
	b := array.NewRecordBuilder(mem, schema)
	defer b.Release()
	require.NoError(t, b.UnmarshalJSON([]byte(`{"i8":-128,"i16":-32768,"i32":-2147483648,"u8":255,"u16":65535,
		"u32":4294967295,"u64":18446744073709551615,"f32":0.1,"large":"=1","at":"2011-12-10T08:26:00.250Z","none":null}`)))
	batch := b.NewRecordBatch()
	defer batch.Release()
	require.Equal(t, "i8,i16,i32,u8,u16,u32,u64,f32,large,at,none\n"+
		"-128,-32768,-2147483648,255,65535,4294967295,18446744073709551615,0.1,=1,2011-12-10T08:26:00.25Z,\n",
		toCSV(t, CSVOptions{}, batch))
}

func TestWriteCSVWritesDictionaries(t *testing.T) {
	mem := checked(t)
	kind := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	b := array.NewDictionaryBuilder(mem, kind).(*array.BinaryDictionaryBuilder)
	defer b.Release()
	for _, tier := range []string{"gold", "@silver", "gold"} {
		require.NoError(t, b.AppendString(tier))
	}
	b.AppendNull()
	tiers := b.NewArray()
	defer tiers.Release()
	schema := arrow.NewSchema([]arrow.Field{{Name: "tier", Type: kind, Nullable: true}}, nil)
	batch := array.NewRecordBatch(schema, []arrow.Array{tiers}, 4)
	defer batch.Release()
	require.Equal(t, "\ufefftier\ngold\n'@silver\ngold\n\"\"\n", toCSV(t, CSVOptions{Spreadsheet: true}, batch))
}

func TestWriteCSVWritesTheHeaderOfAnEmptyTable(t *testing.T) {
	batch := table(t, Col{Name: "change_id", Values: []string{}}, Col{Name: "=op", Values: []string{}})
	require.Equal(t, "\ufeffchange_id,'=op\n", toCSV(t, CSVOptions{Spreadsheet: true}, batch))
}

// A row whose only cell is empty must not become a blank line, which readers
// skip.
func TestWriteCSVKeepsEmptyRowsOfOneColumn(t *testing.T) {
	batch := table(t, Col{Name: "region", Values: []string{"", "UK", ""}, Valid: []bool{false, true, true}})
	text := toCSV(t, CSVOptions{}, batch)
	require.Equal(t, "region\n\"\"\nUK\n\"\"\n", text)
	require.Len(t, parse(t, text), 4)
}

func TestWriteCSVReadsSlicesFromTheirOffset(t *testing.T) {
	batch := table(t,
		Col{Name: "id", Values: []string{"a", "b", "c"}},
		Col{Name: "x", Values: []float64{1, 2, 3.5}, Valid: []bool{true, false, true}},
		Col{Name: "d", Values: []arrow.Date32{0, 1, -1}})
	tail := batch.NewSlice(1, 3)
	defer tail.Release()
	require.Equal(t, "id,x,d\nb,,1970-01-02\nc,3.5,1969-12-31\n", toCSV(t, CSVOptions{}, tail))
}

// More rows than the queue of all threads holds, so that it is flushed midway.
func TestWriteCSVIsTheSameForAnyThreadCount(t *testing.T) {
	const rows = 3*slicesPerThread*sliceRows + 17
	ids, values := make([]int64, rows), make([]float64, rows)
	for i := range rows {
		ids[i], values[i] = int64(i), math.Sqrt(float64(i))
	}
	batch := table(t, Col{Name: "id", Values: ids}, Col{Name: "v", Values: values})
	want := toCSV(t, CSVOptions{Threads: 1}, batch)
	require.Len(t, parse(t, want), rows+1)
	for _, threads := range []int{0, 2, 7} {
		// By digest: a difference would be printed at full length.
		got := toCSV(t, CSVOptions{Threads: threads}, batch)
		require.Equal(t, sha256.Sum256([]byte(want)), sha256.Sum256([]byte(got)), "threads = %d", threads)
	}
}

func TestWriteCSVRefusesWhatIsNoNumber(t *testing.T) {
	good := table(t, Col{Name: "clv", Values: []float64{1, 2}})
	for text, v := range map[string]float64{"NaN": math.NaN(), "+Inf": math.Inf(1), "-Inf": math.Inf(-1)} {
		bad := table(t, Col{Name: "clv", Values: []float64{3, v}})
		_, err := WriteCSV(&bytes.Buffer{}, good.Schema(), Batches(good, bad), CSVOptions{})
		require.EqualError(t, err, `publish: column "clv", row 4: `+text+` is not a number to publish; want a finite number or null`)
		_, err = WriteParquet(&bytes.Buffer{}, good.Schema(), Batches(good, bad), ParquetOptions{})
		require.ErrorContains(t, err, `column "clv", row 4`)
	}
}

// Under a null, Arrow may hold any bits.
func TestWriteCSVIgnoresNaNUnderNull(t *testing.T) {
	batch := table(t, Col{Name: "clv", Values: []float64{math.NaN(), 1}, Valid: []bool{false, true}})
	require.Equal(t, "clv\n\"\"\n1\n", toCSV(t, CSVOptions{}, batch))
}

func TestWriteCSVPassesOnTheErrorsOfItsEnds(t *testing.T) {
	batch := table(t, Col{Name: "id", Values: []string{"a"}})
	broken := errors.New("engine stopped")
	var source iter.Seq2[arrow.RecordBatch, error] = func(yield func(arrow.RecordBatch, error) bool) {
		_ = yield(batch, nil) && yield(nil, broken)
	}
	_, err := WriteCSV(&bytes.Buffer{}, batch.Schema(), source, CSVOptions{})
	require.ErrorIs(t, err, broken)
	_, err = WriteParquet(&bytes.Buffer{}, batch.Schema(), source, ParquetOptions{Allocator: checked(t)})
	require.ErrorIs(t, err, broken)

	for _, room := range []int{0, 3} {
		_, err = WriteCSV(&narrow{room: room}, batch.Schema(), Batches(batch), CSVOptions{})
		require.ErrorIs(t, err, errNarrow)
		_, err = WriteParquet(&narrow{room: room}, batch.Schema(), Batches(batch), ParquetOptions{Allocator: checked(t)})
		require.ErrorIs(t, err, errNarrow)
	}
}

var errNarrow = errors.New("no room")

// narrow is a writer that takes room bytes.
type narrow struct{ room int }

func (n *narrow) Write(p []byte) (int, error) {
	taken := min(len(p), n.room)
	n.room -= taken
	if taken < len(p) {
		return taken, errNarrow
	}
	return taken, nil
}
