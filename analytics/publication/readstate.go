package publication

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
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
	return stateOf(in, customers, wanted, keep)
}

// stateOf reads the columns of a file one after the other. What the file has beyond those that
// are wanted is not read, and what is not kept is let go of as soon as it was looked at.
func stateOf(in *file.Reader, rows int64, wanted, keep []*column.Column) (*State, error) {
	schema, err := pqarrow.FromParquet(in.MetaData().Schema, nil, in.MetaData().KeyValueMetadata())
	if err != nil {
		return nil, err
	}
	s := newState()
	for _, field := range schema.Fields() {
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
		if err := s.read(c, in, rows); err != nil {
			return nil, err
		}
		if c != column.CustomerID && !slices.Contains(keep, c) {
			s.letGo(c)
		}
	}
	return s, nil
}

// read reads a column of a file. All cells are looked at: what they hold is worked with as if
// it were the run's own.
func (s *State) read(c *column.Column, in *file.Reader, rows int64) (err error) {
	cells := 0
	switch c.Type {
	case column.Text:
		if c == column.CustomerID {
			s.ID, err = readTexts(in, c, rows)
			cells = len(s.ID)
			break
		}
		s.texts[c], err = readTextColumn(in, c, rows)
		cells = s.texts[c].Len()
	case column.Count:
		s.counts[c], err = readColumn(in, c, rows, func(n int64) int64 { return n }, 0)
		cells = len(s.counts[c])
	case column.Number:
		s.floats[c], err = readColumn(in, c, rows, func(v float64) float64 { return v }, math.NaN())
		cells = len(s.floats[c])
	case column.Day:
		s.days[c], err = readColumn(in, c, rows, func(day int32) int32 { return day }, calendar.NoDay)
		cells = len(s.days[c])
	case column.Amount:
		s.money[c], err = readColumn(in, c, rows, amountOf, money.Amount{})
		cells = len(s.money[c])
	}
	if err != nil {
		return err
	}
	s.has[c] = true
	if int64(cells) != rows {
		return fmt.Errorf("column %s has %d cells, want %d", c.Name, cells, rows)
	}
	return s.checkCells(c)
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
		if t.Precision == money.Precision && t.Scale == money.Scale {
			return column.Amount
		}
	}
	return ""
}
