package publish

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// rowGroup gathers rows until there are limit of them and hands them on as one
// batch. Page boundaries inside a Parquet file follow the batches its writer
// is given; one batch for each row group makes them follow the rows alone.
type rowGroup struct {
	schema *arrow.Schema
	limit  int64
	mem    memory.Allocator
	write  func(arrow.RecordBatch) error

	parts []arrow.RecordBatch // slices of the producer's batches, kept alive
	rows  int64               // in parts
}

// add takes the rows of batch, writing every group that they fill.
func (g *rowGroup) add(batch arrow.RecordBatch) error {
	for from := int64(0); from < batch.NumRows(); {
		to := min(batch.NumRows(), from+g.limit-g.rows)
		g.parts = append(g.parts, batch.NewSlice(from, to))
		g.rows += to - from
		from = to
		if g.rows == g.limit {
			if err := g.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush writes the rows at hand, if any.
func (g *rowGroup) flush() error {
	if g.rows == 0 {
		return nil
	}
	defer g.release()
	group, err := g.join()
	if err != nil {
		return err
	}
	defer group.Release()
	return g.write(group)
}

// join makes one batch of the parts.
func (g *rowGroup) join() (arrow.RecordBatch, error) {
	if len(g.parts) == 1 {
		g.parts[0].Retain()
		return g.parts[0], nil
	}
	columns := make([]arrow.Array, 0, g.schema.NumFields())
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	for i := range g.schema.NumFields() {
		pieces := make([]arrow.Array, len(g.parts))
		for j, part := range g.parts {
			pieces[j] = part.Column(i)
		}
		joined, err := array.Concatenate(pieces, g.mem)
		if err != nil {
			return nil, fmt.Errorf("publish: parquet: column %q: %w", g.schema.Field(i).Name, err)
		}
		columns = append(columns, joined)
	}
	return array.NewRecordBatch(g.schema, columns, g.rows), nil
}

// release lets go of the parts.
func (g *rowGroup) release() {
	for _, part := range g.parts {
		part.Release()
	}
	g.parts, g.rows = g.parts[:0], 0
}
