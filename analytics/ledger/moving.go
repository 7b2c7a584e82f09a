package ledger

import (
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"clientele/analytics/engine"
	"clientele/analytics/ledger/returns"
)

// movedFields are the columns of the table `moved`: of an order or a return, what matching
// changes of its money and its cost; undone where nothing is left of the order, and the day
// on which the last of it came back. The changes of a customer add up to 0.
var movedFields = []arrow.Field{
	{Name: "customer", Type: arrow.BinaryTypes.String},
	{Name: "source", Type: arrow.PrimitiveTypes.Int32},
	{Name: "order_id", Type: arrow.BinaryTypes.String},
	{Name: "is_return", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "money", Type: &arrow.Decimal128Type{Precision: 38, Scale: 6}},
	{Name: "cost", Type: &arrow.Decimal128Type{Precision: 38, Scale: 6}},
	{Name: "undone", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "undone_day", Type: arrow.FixedWidthTypes.Date32},
}

// givenBackFields are the columns of the table `given_back`: what of the money of an order
// came back on a day. It is moved by day, so that what was known on an earlier day can be told.
var givenBackFields = []arrow.Field{
	{Name: "customer", Type: arrow.BinaryTypes.String},
	{Name: "source", Type: arrow.PrimitiveTypes.Int32},
	{Name: "order_id", Type: arrow.BinaryTypes.String},
	{Name: "day", Type: arrow.FixedWidthTypes.Date32},
	{Name: "money", Type: &arrow.Decimal128Type{Precision: 38, Scale: 6}},
}

// moving collects what matching changes.
type moving struct {
	moved, back *array.RecordBuilder
	changes     int
	found       Returned
	seen        func(piece returns.Piece, lines []returns.Line) // for tests; nil: nobody looks
}

func newMoving() *moving {
	of := func(fields []arrow.Field) *array.RecordBuilder {
		return array.NewRecordBuilder(mallocator.NewMallocator(), feedOf(fields))
	}
	return &moving{moved: of(movedFields), back: of(givenBackFields)}
}

// Release frees what was collected.
func (m *moving) Release() {
	m.moved.Release()
	m.back.Release()
}

// add matches the returns of one customer.
func (m *moving) add(customer string, lines []returnLine) {
	plain := make([]returns.Line, len(lines))
	for i, l := range lines {
		plain[i] = l.Line
	}
	pieces := returns.Match(plain)
	m.count(plain, pieces)
	orderOf := func(i int) string { return lines[i].order }
	for _, c := range returns.Changes(plain, pieces, orderOf) {
		m.append(customer, c)
	}
	for _, b := range returns.Backs(plain, pieces, orderOf) {
		m.appendBack(customer, b)
	}
}

// count adds the returns of a customer up by what became of them.
func (m *moving) count(lines []returns.Line, pieces []returns.Piece) {
	fates := returns.Fates(lines, pieces)
	for i, fate := range fates {
		of := map[returns.Fate]*Count{
			returns.ByOrder: &m.found.ByOrder, returns.ByProduct: &m.found.ByProduct, returns.Partly: &m.found.Partly, returns.Unmatched: &m.found.Unmatched,
		}[fate]
		of.Rows++
		of.Money = of.Money.Plus(millionths(lines[i].Amount))
	}
	for _, p := range pieces {
		if fates[p.Return] == returns.Partly {
			m.found.partlyMatched = m.found.partlyMatched.Plus(millionths(p.Amount))
		}
		if m.seen != nil {
			m.seen(p, lines)
		}
	}
}

func (m *moving) append(customer string, c returns.Change) {
	m.changes++
	if c.Undone {
		m.found.Undone++
	}
	row := m.moved.Field(0).(*array.StructBuilder)
	row.Append(true)
	row.FieldBuilder(0).(*array.StringBuilder).Append(customer)
	row.FieldBuilder(1).(*array.Int32Builder).Append(c.Source)
	row.FieldBuilder(2).(*array.StringBuilder).Append(c.Order)
	row.FieldBuilder(3).(*array.BooleanBuilder).Append(c.IsReturn)
	row.FieldBuilder(4).(*array.Decimal128Builder).Append(decimal128.FromI64(c.Amount))
	row.FieldBuilder(5).(*array.Decimal128Builder).Append(decimal128.FromI64(c.Cost))
	row.FieldBuilder(6).(*array.BooleanBuilder).Append(c.Undone)
	row.FieldBuilder(7).(*array.Date32Builder).Append(arrow.Date32(c.UndoneDay))
}

func (m *moving) appendBack(customer string, b returns.Back) {
	row := m.back.Field(0).(*array.StructBuilder)
	row.Append(true)
	row.FieldBuilder(0).(*array.StringBuilder).Append(customer)
	row.FieldBuilder(1).(*array.Int32Builder).Append(b.Source)
	row.FieldBuilder(2).(*array.StringBuilder).Append(b.Order)
	row.FieldBuilder(3).(*array.Date32Builder).Append(arrow.Date32(b.Day))
	row.FieldBuilder(4).(*array.Decimal128Builder).Append(decimal128.FromI64(b.Amount))
}

// hand makes the tables `moved` and `given_back` in the engine.
func (m *moving) hand(ctx context.Context, e engine.Engine) error {
	if err := handTable(ctx, e, "moved", m.moved); err != nil {
		return err
	}
	return handTable(ctx, e, "given_back", m.back)
}

func handTable(ctx context.Context, e engine.Engine, name string, rows *array.RecordBuilder) error {
	batch := rows.NewRecordBatch()
	defer batch.Release()
	reader, err := array.NewRecordReader(batch.Schema(), []arrow.RecordBatch{batch})
	if err != nil {
		return fmt.Errorf("ledger: returns: %w", err)
	}
	defer reader.Release()
	if err := e.Feed(ctx, feedView, reader, e.Dialect().Write("table", name)+" SELECT * FROM "+feedReader); err != nil {
		return fmt.Errorf("ledger: returns: %w", err)
	}
	return nil
}
