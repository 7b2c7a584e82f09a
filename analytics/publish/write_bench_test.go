package publish

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"syscall"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
)

// customersLike is a seeded table with the mix of types of the customers
// table: 40 columns, of which 16 are floats, 8 whole numbers, 9 text, 3 money
// and 4 days.
func customersLike(b *testing.B, rows int) arrow.RecordBatch {
	b.Helper()
	batch, err := NewTable(nil, columnsLike(rows)...)
	require.NoError(b, err)
	b.Cleanup(batch.Release)
	return batch
}

// columnsLike are its columns.
func columnsLike(rows int) (cols []Col) {
	random := rand.New(rand.NewPCG(1, 2))
	add := func(n int, values func() any) {
		for range n {
			cols = append(cols, Col{Name: "c" + strconv.Itoa(len(cols)), Values: values(), Scale: 4})
		}
	}
	add(16, func() any { return draws(rows, random.ExpFloat64) })
	add(8, func() any { return draws(rows, func() int64 { return random.Int64N(5000) }) })
	segments := []string{"Champions", "At Risk", "5-4-3", "United Kingdom", "gold", "spend rose, 3 orders in 12 months"}
	add(8, func() any { return draws(rows, func() string { return segments[random.IntN(len(segments))] }) })
	add(1, func() any { return draws(rows, func() string { return strconv.Itoa(random.IntN(1e9)) }) })
	add(3, func() any {
		return draws(rows, func() decimal128.Num { return decimal128.FromI64(random.Int64N(1e9)) })
	})
	add(4, func() any { return draws(rows, func() arrow.Date32 { return arrow.Date32(15000 + random.IntN(700)) }) })
	return cols
}

func draws[T any](rows int, draw func() T) []T {
	values := make([]T, rows)
	for i := range values {
		values[i] = draw()
	}
	return values
}

func BenchmarkWriteCSV(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		batch := customersLike(b, rows)
		for _, threads := range []int{1, 2} {
			b.Run(fmt.Sprintf("rows=%d/threads=%d", rows, threads), func(b *testing.B) {
				for b.Loop() {
					_, err := WriteCSV(io.Discard, batch.Schema(), Batches(batch), CSVOptions{Threads: threads})
					require.NoError(b, err)
				}
				b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

func BenchmarkWriteParquet(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		batch := customersLike(b, rows)
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			for b.Loop() {
				_, err := WriteParquet(io.Discard, batch.Schema(), Batches(batch), ParquetOptions{})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkColumns writes the same columns as they are and by way of Arrow arrays. The figure
// to read is CPU time.
func BenchmarkColumns(b *testing.B) {
	const rows = 100_000
	cols := columnsLike(rows)
	schema, err := SchemaOf(cols...)
	require.NoError(b, err)
	groups := slices.Values([]RowGroup{{rows, func(i int) Col { return cols[i] }}})
	batch := func(write func(arrow.RecordBatch) (int64, error)) (int64, error) {
		all, err := NewTable(nil, cols...)
		require.NoError(b, err)
		defer all.Release()
		return write(all)
	}
	for name, write := range map[string]func() (int64, error){
		"parquet": func() (int64, error) { return WriteParquetColumns(io.Discard, schema, groups, ParquetOptions{}) },
		"csv":     func() (int64, error) { return WriteCSVColumns(io.Discard, schema, groups, CSVOptions{Threads: 1}) },
		"parquet by Arrow": func() (int64, error) {
			return batch(func(all arrow.RecordBatch) (int64, error) {
				return WriteParquet(io.Discard, schema, Batches(all), ParquetOptions{})
			})
		},
		"csv by Arrow": func() (int64, error) {
			return batch(func(all arrow.RecordBatch) (int64, error) {
				return WriteCSV(io.Discard, schema, Batches(all), CSVOptions{Threads: 1})
			})
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			begin := cpu(b)
			for b.Loop() {
				_, err := write()
				require.NoError(b, err)
			}
			b.ReportMetric(1e6/rows*(cpu(b)-begin)/float64(b.N), "CPU-s/million")
		})
	}
}

// cpu is what this process took so far, of user and of system, in seconds.
func cpu(b *testing.B) float64 {
	b.Helper()
	var used syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e9
}
