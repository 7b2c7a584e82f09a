package publication

import (
	"encoding/binary"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"

	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// cellsAtOnce are the cells of a column that are read together.
const cellsAtOnce = 8 << 10

// pageReader reads values of one type, so many rows of one page at a time. levels tell which of
// the rows have a value; values are good until the next call.
type pageReader[V any] interface {
	file.ColumnChunkReader
	ReadBatchInPage(rows int64, values []V, levels, repeated []int16) (read int64, present int, err error)
}

// readColumn copies the cells of a column out of a file, without Arrow arrays of them. as makes
// a cell of a value.
func readColumn[V, T any](in *file.Reader, c *column.Column, rows int64, as func(V) T, absent T) ([]T, error) {
	cells := make([]T, 0, rows)
	err := eachPiece(in, c, func(values []V, levels []int16, present int16) {
		cells = appendPiece(cells, values, levels, present, as, absent)
	})
	return cells, err
}

// appendPiece appends the cells of a piece.
func appendPiece[V, T any](cells []T, values []V, levels []int16, present int16, as func(V) T, absent T) []T {
	for _, level := range levels {
		if level < present {
			cells = append(cells, absent)
			continue
		}
		cells = append(cells, as(values[0]))
		values = values[1:]
	}
	return cells
}

// eachPiece calls do with cells of a column, piece by piece: the values, and a level for each
// row, which is present where the row has a value.
func eachPiece[V any](in *file.Reader, c *column.Column, do func(values []V, levels []int16, present int16)) error {
	room := newPieceRoom[V]()
	for group := range in.NumRowGroups() {
		chunk, err := in.RowGroup(group).Column(in.MetaData().Schema.ColumnIndexByName(c.Name))
		if err != nil {
			return err
		}
		err = room.each(chunk, c.Name, func(values []V, levels, _ []int16) {
			do(values, levels, chunk.Descriptor().MaxDefinitionLevel())
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pieceRoom is where the cells of a piece are put.
type pieceRoom[V any] struct {
	values           []V
	levels, repeated []int16
}

func newPieceRoom[V any]() pieceRoom[V] {
	return pieceRoom[V]{make([]V, cellsAtOnce), make([]int16, cellsAtOnce), make([]int16, cellsAtOnce)}
}

// each calls do with the cells of a column of a row group, piece by piece, as Parquet has them.
func (r pieceRoom[V]) each(chunk file.ColumnChunkReader, name string, do func(values []V, levels, repeated []int16)) error {
	pages, can := chunk.(pageReader[V])
	if !can {
		return fmt.Errorf("column %s has values of Parquet's type %s, which is not that of such a column", name, chunk.Type())
	}
	for pages.HasNext() {
		rows, present, err := pages.ReadBatchInPage(cellsAtOnce, r.values, r.levels, r.repeated)
		if err != nil {
			return err
		}
		if rows == 0 {
			return fmt.Errorf("column %s has a page without cells", name)
		}
		do(r.values[:present], r.levels[:rows], r.repeated[:rows])
	}
	return pages.Err()
}

// readTexts is readColumn for texts of which each is another, such as ids.
func readTexts(in *file.Reader, c *column.Column, rows int64) ([]string, error) {
	return readColumn(in, c, rows, func(v parquet.ByteArray) string { return string(v) }, "")
}

// readTextColumn is readColumn for texts that repeat; an absent cell is empty.
func readTextColumn(in *file.Reader, c *column.Column, rows int64) (*TextColumn, error) {
	texts, known := &TextColumn{at: make([]uint32, 0, rows)}, map[string]uint32{}
	err := eachPiece(in, c, func(values []parquet.ByteArray, levels []int16, present int16) {
		for _, level := range levels {
			if level < present {
				texts.add(known, nil)
				continue
			}
			texts.add(known, values[0])
			values = values[1:]
		}
	})
	return texts, err
}

// amountOf is an amount as Parquet has it, the highest byte first.
func amountOf(v parquet.FixedLenByteArray) money.Amount {
	return money.Of(decimal128.New(int64(binary.BigEndian.Uint64(v[:8])), binary.BigEndian.Uint64(v[8:16])))
}
