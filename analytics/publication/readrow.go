package publication

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/publication/column"
	"clientele/internal/concurrent"
	"clientele/internal/money"
	"clientele/internal/regular"
)

// ReadCustomer reads the row of one customer from customers.parquet or, in a publication
// without it, from customers.csv; found is false where the customer is not there. Errors
// are those of [Publication.OpenFile].
func (p *Publication) ReadCustomer(id string) (row *Row, found bool, err error) {
	if _, has := p.Lists(CustomersParquet); !has {
		return p.readCustomerCSV(id)
	}
	f, err := p.OpenFile(CustomersParquet)
	if err != nil {
		return nil, false, err
	}
	return p.rowOf(CustomersParquet, f, rowSearch{id: id, columns: column.Customers, attributes: true})
}

// ReadRemembered reads the row of one customer from state.parquet: some columns of it, or
// all where none is named. Errors are those of [Publication.OpenFile].
func (p *Publication) ReadRemembered(id string, some ...*column.Column) (row *Row, found bool, err error) {
	f, err := p.OpenFile(StateFile)
	if err != nil {
		return nil, false, err
	}
	return p.rowOf(StateFile, f, rowSearch{id: id, columns: column.State, some: some, sorted: true})
}

// GlanceRemembered is [Publication.ReadRemembered] without a look at the bytes of the whole
// file: only their number is held against run.json. Whoever goes through hundreds of
// nights reads a few pages of each.
func (p *Publication) GlanceRemembered(id string, some ...*column.Column) (row *Row, found bool, err error) {
	want, listed := p.Lists(StateFile)
	f, err := regular.Open(filepath.Join(p.Path, StateFile))
	if err != nil {
		return nil, false, p.Damaged(StateFile, err)
	}
	info, err := f.Stat()
	if err == nil && (!listed || info.Size() != want.Bytes) {
		err = fmt.Errorf("it has %d bytes, run.json says %d", info.Size(), want.Bytes)
	}
	if err != nil {
		return nil, false, errors.Join(p.Damaged(StateFile, err), f.Close())
	}
	return p.rowOf(StateFile, f, rowSearch{id: id, columns: column.State, some: some, sorted: true})
}

// EachID calls a function with the id of each customer, in order, until it returns false.
// Errors are those of [Publication.OpenFile].
func (p *Publication) EachID(do func(id string) bool) (err error) {
	f, err := p.OpenFile(StateFile)
	if err != nil {
		return err
	}
	_, _, err = p.rowOf(StateFile, f, rowSearch{look: do})
	return err
}

// rowSearch is what is looked for in a file.
type rowSearch struct {
	id         string
	columns    []*column.Column
	some       []*column.Column     // of columns; none: all
	attributes bool                 // columns of other names are read too
	sorted     bool                 // the rows are in order of id
	look       func(id string) bool // in place of id: is shown all ids, until it is false
}

// rowOf searches an open file, and closes it.
func (p *Publication) rowOf(name string, f *os.File, s rowSearch) (row *Row, found bool, err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	err = concurrent.Guard(func() (err error) {
		row, found, err = s.in(f)
		return err
	})
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errNoParquet
	}
	if err != nil {
		return nil, false, p.Damaged(name, err)
	}
	return row, found, nil
}

// errNoParquet stands for a fault of the library that reads Parquet: on some files that are
// none it panics.
var errNoParquet = errors.New("it is not in order as Parquet")

func (s rowSearch) in(f parquet.ReaderAtSeeker) (*Row, bool, error) {
	in, err := file.NewParquetReader(f)
	if err != nil {
		return nil, false, err
	}
	schema, err := pqarrow.FromParquet(in.MetaData().Schema, nil, nil)
	if err != nil {
		return nil, false, err
	}
	ids := schema.FieldIndices(column.CustomerID.Name)
	if len(ids) != 1 || schema.NumFields() != in.MetaData().Schema.NumColumns() {
		return nil, false, fmt.Errorf("it has no one column %s, or columns that are no plain ones", column.CustomerID.Name)
	}
	for g := range in.NumRowGroups() {
		group := in.RowGroup(g)
		at, found, err := s.find(group, ids[0])
		if err != nil {
			return nil, false, err
		}
		if found {
			row, err := s.read(group, schema, at)
			return row, true, err
		}
	}
	return nil, false, nil
}

// idsAtOnce is how many ids are looked at before the next are decoded.
const idsAtOnce = 4096

// find looks for the customer among the ids of a row group.
func (s rowSearch) find(group *file.RowGroupReader, ids int) (at int64, found bool, err error) {
	if chunk, err := group.MetaData().ColumnChunk(ids); err == nil && s.look == nil && !mayHoldText(chunk, s.id) {
		return 0, false, nil
	}
	reader, err := group.Column(ids)
	if err != nil {
		return 0, false, err
	}
	texts, are := reader.(*file.ByteArrayColumnChunkReader)
	if !are {
		return 0, false, fmt.Errorf("column %s is no text", column.CustomerID.Name)
	}
	batch, levels := make([]parquet.ByteArray, idsAtOnce), make([]int16, idsAtOnce)
	for texts.HasNext() {
		rows, n, err := texts.ReadBatch(idsAtOnce, batch, levels, nil)
		if err != nil {
			return 0, false, err
		}
		if i := slices.IndexFunc(batch[:n], s.is); i >= 0 {
			return at + int64(i), true, nil
		}
		if s.sorted && n > 0 && string(batch[n-1]) > s.id {
			return 0, false, nil
		}
		at += rows
	}
	return 0, false, nil
}

// is tells whether the search ends with an id.
func (s rowSearch) is(id parquet.ByteArray) bool {
	if s.look != nil {
		return !s.look(string(id))
	}
	return string(id) == s.id
}

// read reads a row of a row group.
func (s rowSearch) read(group *file.RowGroupReader, schema *arrow.Schema, at int64) (*Row, error) {
	r := &Row{}
	for i, field := range schema.Fields() {
		c, known := column.Named(s.columns, field.Name)
		if !s.wants(c, known) {
			continue
		}
		if known && typeOf(field.Type) != c.Type {
			return nil, fmt.Errorf("column %s is of type %s; want a column of type %s", c.Name, field.Type, c.Type)
		}
		chunk, err := group.Column(i)
		if err != nil {
			return nil, err
		}
		value, err := valueAt(chunk, field.Type, at)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", field.Name, err)
		}
		if value == nil && typeOf(field.Type) == column.Text {
			value = "" // as State reads it
		}
		r.Cells = append(r.Cells, Cell{Name: field.Name, Column: c, Value: value})
	}
	return r, nil
}

// wants tells whether a column is asked for. One that the registry does not know is an
// attribute, or of another version of the program.
func (s rowSearch) wants(c *column.Column, known bool) bool {
	if !known {
		return s.attributes
	}
	if s.some == nil {
		return true
	}
	return slices.Contains(s.some, c)
}

// valueAt is the value in a row of a column chunk; nil where the cell is empty.
func valueAt(chunk file.ColumnChunkReader, t arrow.DataType, at int64) (any, error) {
	switch r := chunk.(type) {
	case *file.ByteArrayColumnChunkReader:
		v, has, err := oneOf(r, at, make([]parquet.ByteArray, 1))
		return orEmpty(string(v), has), err
	case *file.Int64ColumnChunkReader:
		v, has, err := oneOf(r, at, make([]int64, 1))
		return orEmpty(v, has), err
	case *file.Float64ColumnChunkReader:
		v, has, err := oneOf(r, at, make([]float64, 1))
		return orEmpty(v, has), err
	case *file.Int32ColumnChunkReader:
		v, has, err := oneOf(r, at, make([]int32, 1))
		return orEmpty(Day(v), has && t.ID() == arrow.DATE32), err
	case *file.FixedLenByteArrayColumnChunkReader:
		v, has, err := oneOf(r, at, make([]parquet.FixedLenByteArray, 1))
		return orEmpty(money.Of(decimalOf(v)), has && typeOf(t) == column.Amount), err
	}
	return nil, fmt.Errorf("its type %s is none that a publication has", t)
}

func orEmpty[T any](v T, has bool) any {
	if !has {
		return nil
	}
	return v
}

// columnReader is what the readers of columns of each type have in common.
type columnReader[T any] interface {
	Skip(n int64) (int64, error)
	ReadBatch(size int64, values []T, definition, repetition []int16) (rows int64, read int, err error)
}

// oneOf is the value in a row.
func oneOf[T any](r columnReader[T], at int64, into []T) (v T, has bool, err error) {
	if at > 0 {
		skipped, err := r.Skip(at)
		if err != nil || skipped != at {
			return v, false, errors.Join(err, fmt.Errorf("it ends before row %d", at+1))
		}
	}
	rows, read, err := r.ReadBatch(1, into, make([]int16, 1), nil)
	if err != nil || rows != 1 {
		return v, false, errors.Join(err, fmt.Errorf("it ends before row %d", at+1))
	}
	return into[0], read == 1, nil
}

// decimalOf reads a decimal as Parquet has it: big-endian, in two's complement.
func decimalOf(b []byte) decimal128.Num {
	var high int64
	var low uint64
	if len(b) > 0 && b[0]&0x80 != 0 {
		high, low = -1, ^uint64(0)
	}
	for _, digit := range b {
		high = high<<8 | int64(low>>56)
		low = low<<8 | uint64(digit)
	}
	return decimal128.New(high, low)
}

// ErrNoColumn says that a publication does not tell something of its customers.
var ErrNoColumn = errors.New("it has no such column")

// ReadOrders reads the orders and the purchase days of all customers, in order of
// customers.parquet. The error wraps [ErrNoColumn] where the publication has none, and
// errors are otherwise those of [Publication.OpenFile].
func (p *Publication) ReadOrders() (orders, days []float64, err error) {
	f, err := p.OpenFile(CustomersParquet)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in, err := file.NewParquetReader(f)
	if err != nil {
		return nil, nil, p.Damaged(CustomersParquet, err)
	}
	for _, column := range []struct {
		of   *column.Column
		into *[]float64
	}{{column.Orders, &orders}, {column.PurchaseDays, &days}} {
		if *column.into, err = countsOf(in, column.of); err != nil {
			return nil, nil, p.Damaged(CustomersParquet, err)
		}
	}
	return orders, days, nil
}

// countsOf reads a column of whole numbers.
func countsOf(in *file.Reader, c *column.Column) (all []float64, err error) {
	at := in.MetaData().Schema.ColumnIndexByName(c.Name)
	if at < 0 {
		return nil, fmt.Errorf("%w %s", ErrNoColumn, c.Name)
	}
	batch, levels := make([]int64, idsAtOnce), make([]int16, idsAtOnce)
	for g := range in.NumRowGroups() {
		chunk, err := in.RowGroup(g).Column(at)
		if err != nil {
			return nil, err
		}
		counts, are := chunk.(*file.Int64ColumnChunkReader)
		if !are {
			return nil, fmt.Errorf("column %s has no whole numbers", c.Name)
		}
		for counts.HasNext() {
			_, n, err := counts.ReadBatch(idsAtOnce, batch, levels, nil)
			if err != nil {
				return nil, err
			}
			for _, v := range batch[:n] {
				all = append(all, float64(v))
			}
		}
	}
	return all, nil
}
