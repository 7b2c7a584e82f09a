package ledger_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
)

// arrowBatches are two batches of rows with the types that data frames have.
func arrowBatches() (*arrow.Schema, []arrow.RecordBatch) {
	words := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.PrimitiveTypes.Float64, Nullable: true},
		{Name: "day", Type: &arrow.TimestampType{Unit: arrow.Nanosecond}},
		{Name: "amount", Type: &arrow.Decimal128Type{Precision: 12, Scale: 2}},
		{Name: "kind", Type: words, Nullable: true},
		{Name: "home", Type: arrow.StructOf(arrow.Field{Name: "town", Type: arrow.BinaryTypes.LargeString})},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	var all []arrow.RecordBatch
	for k := range 2 {
		for i := range 3 {
			if i == 2 {
				b.Field(0).AppendNull()
			} else {
				b.Field(0).(*array.Float64Builder).Append(float64(17850 + i))
			}
			b.Field(1).(*array.TimestampBuilder).Append(arrow.Timestamp((19000*24 + int64(k)*48) * 3600 * 1e9))
			b.Field(2).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(1050 + i + k)))
			if err := b.Field(3).(*array.BinaryDictionaryBuilder).AppendString([]string{"mug", "pot"}[k]); err != nil {
				panic(err)
			}
			s := b.Field(4).(*array.StructBuilder)
			s.Append(true)
			s.FieldBuilder(0).(*array.LargeStringBuilder).Append("Rio")
		}
		all = append(all, b.NewRecordBatch())
	}
	return schema, all
}

func writeArrow(t *testing.T, footed bool, options ...ipc.Option) []byte {
	t.Helper()
	schema, batches := arrowBatches()
	var file bytes.Buffer
	var w interface {
		Write(arrow.RecordBatch) error
		io.Closer
	}
	options = append(options, ipc.WithSchema(schema))
	if footed {
		f, err := ipc.NewFileWriter(&file, options...)
		require.NoError(t, err)
		w = f
	} else {
		w = ipc.NewWriter(&file, append(options, ipc.WithDictionaryDeltas(true))...)
	}
	for _, b := range batches[:1] { // a file has one dictionary
		require.NoError(t, w.Write(b))
	}
	if !footed {
		require.NoError(t, w.Write(batches[1]))
	}
	require.NoError(t, w.Close())
	return file.Bytes()
}

func TestArrow(t *testing.T) {
	first := []string{"1|17850|2022-01-08|10.5|mug|Rio|", "2|17851|2022-01-08|10.51|mug|Rio|", "3||2022-01-08|10.52|mug|Rio|anonymous"}
	second := []string{"4|17850|2022-01-10|10.51|pot|Rio|", "5|17851|2022-01-10|10.52|pot|Rio|", "6||2022-01-10|10.53|pot|Rio|anonymous"}
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("a.arrow", string(writeArrow(t, false)))
		s.write("b.feather", string(writeArrow(t, true, ipc.WithZstd())))
		s.write("c.arrow", string(writeArrow(t, true, ipc.WithLZ4())))
		s.write("d.arrow.gz", gzipped(t, string(writeArrow(t, false))))
		for name, want := range map[string][]string{"a.arrow": append(first[:3:3], second...), "b.feather": first, "c.arrow": first, "d.arrow.gz": append(first[:3:3], second...)} {
			plan := s.load(head + "sources:\n  - path: " + name + "\n    columns: {customer: id, time: day, amount: amount, region: home.town, attributes: {kind: kind}}\n")
			require.Equal(t, want, s.cells("line, customer, day, amount, attribute_kind, attribute_region, reason"), name)
			require.JSONEq(t, `{"id":null,"day":"2022-01-08 00:00:00","amount":10.52,"kind":"mug","home":{"town":"Rio"}}`, s.rejects(plan)[0].Row)
			require.Equal(t, int64(len(want)), plan.Inputs()[0].Rows)
			require.Len(t, plan.Inputs()[0].SHA256, 64)
		}
	}
}

// Wherever an Arrow file is cut, the run stops.
func TestArrowCutOff(t *testing.T) {
	s := newShop(t)
	for _, footed := range []bool{false, true} {
		whole := writeArrow(t, footed)
		for _, left := range []int{1, 4, 8, 16, len(whole) / 3, len(whole) / 2, len(whole) - 20} {
			require.NoError(t, os.WriteFile(filepath.Join(s.dir, "a.arrow"), whole[:len(whole)-left], 0o600))
			require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.arrow")), "a.arrow", "%v, %d left", footed, left)
		}
	}
	s.write("a.arrow", "FEA1....")
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.arrow")), "first version of Feather")
}
