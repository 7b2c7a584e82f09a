package publish

import (
	"encoding/binary"
	"fmt"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// pieceRows are the rows that the library is given together. It looks for the end of a page
// every 1,024 of them: pages end where they would if it were given all at once.
const pieceRows = 8 * 1024

// writeChunk writes the column as it is within a row group.
func (c Col) writeChunk(chunk file.ColumnChunkWriter) error {
	switch out := chunk.(type) {
	case *file.ByteArrayColumnChunkWriter:
		return writePieces(out, c, c.Values.([]string), func(_ int, s string) parquet.ByteArray { return bytesOf(s) })
	case *file.Int64ColumnChunkWriter:
		return writePieces(out, c, c.Values.([]int64), func(_ int, n int64) int64 { return n })
	case *file.Float64ColumnChunkWriter:
		return writePieces(out, c, c.Values.([]float64), func(_ int, v float64) float64 { return v })
	case *file.Int32ColumnChunkWriter:
		return writePieces(out, c, c.Values.([]arrow.Date32), func(_ int, d arrow.Date32) int32 { return int32(d) })
	case *file.FixedLenByteArrayColumnChunkWriter:
		room := make([]byte, min(len(c.Values.([]decimal128.Num)), pieceRows)*decimalBytes)
		return writePieces(out, c, c.Values.([]decimal128.Num), func(at int, v decimal128.Num) parquet.FixedLenByteArray {
			return putDecimal(room[at*decimalBytes:(at+1)*decimalBytes], v)
		})
	case *file.BooleanColumnChunkWriter:
		return writePieces(out, c, c.Values.([]bool), func(_ int, v bool) bool { return v })
	}
	return fmt.Errorf("%T writes no values of a Col", chunk)
}

// decimalBytes is how long a decimal of moneyPrecision digits is in Parquet.
const decimalBytes = 16

// putDecimal writes a decimal as Parquet has it, the highest byte first.
func putDecimal(into []byte, v decimal128.Num) parquet.FixedLenByteArray {
	binary.BigEndian.PutUint64(into, uint64(v.HighBits()))
	binary.BigEndian.PutUint64(into[8:], v.LowBits())
	return into
}

// bytesOf is a text without a copy: the library only reads it. Nil would be no value at all
// in the least and the greatest of a page, and so is never given for empty text.
func bytesOf(s string) parquet.ByteArray {
	if s == "" {
		return parquet.ByteArray{}
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

// batchWriter writes values of one type into pages. levels has 1 for each row that has a
// value and 0 for the others, and is nil where all must have one.
type batchWriter[V any] interface {
	WriteBatch(values []V, levels, repeated []int16) (int64, error)
	Descr() *schema.Column
}

// writePieces writes values a piece at a time, as what Parquet has of each. as is also told
// at which place among those of the piece its result stands.
func writePieces[T, V any](out batchWriter[V], c Col, values []T, as func(at int, v T) V) error {
	if c.Starts != nil {
		return writeLists(out, c.Starts, values, as)
	}
	most := min(len(values), pieceRows)
	there := make([]V, 0, most)
	var levels []int16
	if out.Descr().MaxDefinitionLevel() > 0 {
		levels = make([]int16, most)
	}
	for from := 0; from < len(values); from += pieceRows {
		piece := values[from:min(from+pieceRows, len(values))]
		there = there[:0]
		for k, v := range piece {
			present := c.Valid == nil || c.Valid[from+k]
			if present {
				there = append(there, as(len(there), v))
			}
			if levels != nil {
				levels[k] = levelOf(present)
			}
		}
		if levels != nil {
			levels = levels[:len(piece)]
		}
		if _, err := out.WriteBatch(there, levels, nil); err != nil {
			return err
		}
	}
	return nil
}

// writeLists is writePieces for lists. A list has a level for each of its values, where the
// first is repeated 0 times, or one that stands for none.
func writeLists[T, V any](out batchWriter[V], starts []int64, values []T, as func(at int, v T) V) error {
	most := min(len(values)+len(starts), pieceRows)
	there, levels, repeated := make([]V, 0, most), make([]int16, 0, most), make([]int16, 0, most)
	flush := func() error {
		_, err := out.WriteBatch(there, levels, repeated)
		there, levels, repeated = there[:0], levels[:0], repeated[:0]
		return err
	}
	present := out.Descr().MaxDefinitionLevel()
	for row, from := range starts[:len(starts)-1] {
		list := values[from:starts[row+1]]
		for k := range max(1, len(list)) {
			if len(levels) == pieceRows {
				if err := flush(); err != nil {
					return err
				}
			}
			if len(list) == 0 {
				levels, repeated = append(levels, present-1), append(repeated, 0)
				continue
			}
			there = append(there, as(len(there), list[k]))
			levels, repeated = append(levels, present), append(repeated, levelOf(k > 0))
		}
	}
	return flush()
}

func levelOf(yes bool) int16 {
	if yes {
		return 1
	}
	return 0
}
