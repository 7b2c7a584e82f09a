package publication

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/internal/money"
)

// ReadState reads what a publication remembers of its customers: of those stages that
// ran, all their columns. It looks at every column, and keeps the ids and some columns. The
// error is a [Damage]; it wraps fs.ErrNotExist where run.json lists no such file.
func (p *Publication) ReadState(keep []*column.Column, ran ...column.Stage) (s *State, err error) {
	return p.guardState(func() (s *State, err error) {
		if s, err = p.readState(column.State, keep); err == nil {
			if err = s.identify(); err == nil {
				err = s.checkColumns(append(ran, column.Base))
			}
		}
		return s, err
	})
}

// ReadStateColumns reads the ids and some columns of what a publication remembers, those of
// them that it has. Errors are those of [Publication.ReadState].
func (p *Publication) ReadStateColumns(wanted ...*column.Column) (*State, error) {
	return p.guardState(func() (*State, error) {
		wanted := append([]*column.Column{column.CustomerID}, wanted...)
		if p.kept != nil {
			return p.kept.give(wanted, func(news []*column.Column) (*State, error) { return p.readState(news, news) })
		}
		s, err := p.readState(wanted, wanted)
		if err == nil {
			err = s.identify()
		}
		return s, err
	})
}

// guardState reads a state. The library that reads Parquet panics on some files that are
// none.
func (p *Publication) guardState(read func() (*State, error)) (s *State, err error) {
	err = concurrent.Guard(func() (err error) {
		s, err = read()
		return err
	})
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errors.New("it is not in order as Parquet")
	}
	if err != nil {
		return nil, p.BadState(err)
	}
	return s, nil
}

// BadState is what is wrong with the state, by whoever knows what it should be. It
// names the file and, where the bytes are as they were published, the version that
// wrote them.
func (p *Publication) BadState(err error) error {
	if _, ok := errors.AsType[*Damage](err); ok {
		return err
	}
	return p.Damaged(StateFile, fmt.Errorf("%w (it was written by clientele %s)", err, p.Version()))
}

// readState reads some columns, and keeps some of these.
func (p *Publication) readState(wanted, keep []*column.Column) (_ *State, err error) {
	f, err := p.OpenFile(StateFile)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return parseState(f, p.Customers, wanted, keep)
}

// ParseState reads the bytes of a state of so many customers.
func ParseState(f parquet.ReaderAtSeeker, customers int64) (*State, error) {
	s, err := parseState(f, customers, column.State, column.State)
	if err == nil {
		err = s.identify()
	}
	return s, err
}

func parseState(f parquet.ReaderAtSeeker, customers int64, wanted, keep []*column.Column) (*State, error) {
	in, err := file.NewParquetReader(f)
	if err != nil {
		return nil, err
	}
	if rows := in.NumRows(); rows != customers {
		return nil, fmt.Errorf("it has %d rows, run.json says %d", rows, customers)
	}
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	return stateOf(reader, customers, wanted, keep)
}

// stateOf copies the columns of a file out of Arrow's memory, one after the other, so
// that no two are there twice. What the file has beyond those that are wanted is not read,
// and what is not kept is let go of as soon as it was looked at.
func stateOf(reader *pqarrow.FileReader, rows int64, wanted, keep []*column.Column) (*State, error) {
	schema, err := reader.Schema()
	if err != nil {
		return nil, err
	}
	s := newState()
	for i, field := range schema.Fields() {
		c, known := column.Named(wanted, field.Name)
		if !known {
			continue
		}
		if s.has[c] {
			return nil, fmt.Errorf("it has two columns %s", c.Name)
		}
		if typeOf(field.Type) != c.Type {
			return nil, fmt.Errorf("column %s is of type %s; want a column of type %s", c.Name, field.Type, c.Type)
		}
		if err := s.read(c, reader, i, rows); err != nil {
			return nil, err
		}
		if c != column.CustomerID && !slices.Contains(keep, c) {
			s.letGo(c)
		}
	}
	return s, nil
}

// read reads the column in place i of a file.
func (s *State) read(c *column.Column, reader *pqarrow.FileReader, i int, rows int64) error {
	chunks, err := reader.GetColumn(context.Background(), i)
	if err != nil {
		return err
	}
	values, err := chunks.NextBatch(rows)
	if err != nil {
		return err
	}
	defer values.Release()
	s.has[c] = true
	return s.add(c, values.Chunks(), int(rows))
}

// identify finds the customers, who are in order of id.
func (s *State) identify() error {
	if s.ID == nil {
		return fmt.Errorf("it has no column %s", column.CustomerID.Name)
	}
	for i := range s.ID[min(1, len(s.ID)):] {
		if s.ID[i] >= s.ID[i+1] {
			return fmt.Errorf("row %d: its customer comes before that of the row above, or is the same; want them in order of id, each once", i+2)
		}
	}
	return nil
}

// typeOf is what a column of an Arrow type holds; empty: nothing that a state has.
func typeOf(t arrow.DataType) column.Type {
	switch t := t.(type) {
	case *arrow.StringType:
		return column.Text
	case *arrow.Int64Type:
		return column.Count
	case *arrow.Float64Type:
		return column.Number
	case *arrow.Date32Type:
		return column.Day
	case *arrow.Decimal128Type:
		if t.Scale == money.Scale {
			return column.Amount
		}
	}
	return ""
}

// add copies a column. All cells are looked at: what they hold is worked with as if
// it were the run's own.
func (s *State) add(c *column.Column, chunks []arrow.Array, rows int) error {
	cells := 0
	texts := newTextReader(rows)
	for _, chunk := range chunks {
		cells += chunk.Len()
		switch a := chunk.(type) {
		case *array.String:
			if c == column.CustomerID {
				s.ID = appendCells(roomFor(s.ID, rows), a, func(i int) string { return strings.Clone(a.Value(i)) }, "")
				break
			}
			texts.take(a)
			s.texts[c] = texts.column
		case *array.Int64:
			s.counts[c] = appendCells(roomFor(s.counts[c], rows), a, a.Value, 0)
		case *array.Float64:
			s.floats[c] = appendCells(roomFor(s.floats[c], rows), a, a.Value, math.NaN())
		case *array.Date32:
			s.days[c] = appendCells(roomFor(s.days[c], rows), a, func(i int) int32 { return int32(a.Value(i)) }, calendar.NoDay)
		case *array.Decimal128:
			s.money[c] = appendCells(roomFor(s.money[c], rows), a, func(i int) money.Amount { return money.Of(a.Value(i)) }, money.Amount{})
		}
	}
	if cells != rows {
		return fmt.Errorf("column %s has %d cells, want %d", c.Name, cells, rows)
	}
	return s.checkCells(c)
}

// roomFor makes room for all rows of a column at once.
func roomFor[T any](cells []T, rows int) []T {
	if cells == nil {
		return make([]T, 0, rows)
	}
	return cells
}

func appendCells[T any](into []T, a arrow.Array, value func(int) T, absent T) []T {
	for i := range a.Len() {
		if a.IsNull(i) {
			into = append(into, absent)
			continue
		}
		into = append(into, value(i))
	}
	return into
}
