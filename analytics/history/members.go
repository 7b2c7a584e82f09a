package history

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
)

// StateFile holds what the next night needs to know of each customer.
const StateFile = publication.StateFile

// idColumn names a state's customers.
const idColumn = "customer_id"

// Members is what a night remembered of its customers: columns with one entry
// per customer, in order of id. A column that the night did not have is nil, and
// a nil Members has none.
type Members struct {
	ID     []string
	texts  map[string][]string
	counts map[string][]int64
	floats map[string][]float64
	days   map[string][]int32
	money  map[string][]ledger.Money
	has    map[string]bool // the columns that were read
}

// Len is the number of customers; none for a nil Members.
func (m *Members) Len() int {
	if m == nil {
		return 0
	}
	return len(m.ID)
}

// Texts is a column of texts; an absent cell is empty.
func (m *Members) Texts(name string) []string {
	if m == nil {
		return nil
	}
	return m.texts[name]
}

// Counts is a column of whole numbers; an absent cell is 0.
func (m *Members) Counts(name string) []int64 {
	if m == nil {
		return nil
	}
	return m.counts[name]
}

// Numbers is a column of numbers; an absent cell is NaN.
func (m *Members) Numbers(name string) []float64 {
	if m == nil {
		return nil
	}
	return m.floats[name]
}

// Days is a column of days since 1970-01-01; an absent cell is calendar.NoDay.
func (m *Members) Days(name string) []int32 {
	if m == nil {
		return nil
	}
	return m.days[name]
}

// Amounts is a column of money; an absent cell is zero.
func (m *Members) Amounts(name string) []ledger.Money {
	if m == nil {
		return nil
	}
	return m.money[name]
}

// Match finds tonight's customers, in order of id, among the members. was has,
// for each of them, the place among the members or -1 for who is new; gone are
// the places of members who are not among tonight's.
func (m *Members) Match(ids []string) (was []int, gone []int) {
	was = make([]int, len(ids))
	at := 0
	for i, id := range ids {
		for at < m.Len() && m.ID[at] < id {
			gone = append(gone, at)
			at++
		}
		was[i] = -1
		if at < m.Len() && m.ID[at] == id {
			was[i] = at
			at++
		}
	}
	for ; at < m.Len(); at++ {
		gone = append(gone, at)
	}
	return was, gone
}

// ReadMembers reads what a publication remembers of its customers. The error is a
// [publication.Damage]; it wraps fs.ErrNotExist where run.json lists no such file.
func ReadMembers(p *publication.Publication) (*Members, error) {
	m, err := membersWith(p, map[section]bool{everybody: true})
	return m, damagedState(p, err)
}

// Recall reads what the night remembers of its customers, by far the most of it.
func (n *Night) Recall() error {
	m, err := membersWith(n.files, n.on)
	if err != nil {
		return n.damaged(damagedState(n.files, err))
	}
	n.Members = m
	return nil
}

// membersWith reads a state that must have the columns of some sections.
func membersWith(p *publication.Publication, on map[section]bool) (m *Members, err error) {
	err = concurrent.Guard(func() (err error) {
		m, err = readMembers(p)
		if err == nil {
			err = m.checkColumns(on)
		}
		return err
	})
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		// The library that reads Parquet does so on some files that are none.
		return nil, errors.New("it is not in order as Parquet")
	}
	return m, err
}

// damagedState names the file and, where the bytes are as they were published, the
// version that wrote them.
func damagedState(p *publication.Publication, err error) error {
	if _, ok := errors.AsType[*publication.Damage](err); ok || err == nil {
		return err
	}
	return p.Damaged(StateFile, fmt.Errorf("%w (it was written by clientele %s)", err, p.Version()))
}

func readMembers(p *publication.Publication) (_ *Members, err error) {
	f, err := p.OpenFile(StateFile)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	parquet, err := file.NewParquetReader(f)
	if err != nil {
		return nil, err
	}
	if rows := parquet.NumRows(); rows != *p.Customers {
		return nil, fmt.Errorf("it has %d rows, run.json says %d", rows, *p.Customers)
	}
	reader, err := pqarrow.NewFileReader(parquet, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	return membersOf(reader, parquet.NumRows())
}

// membersOf copies the columns of a file out of Arrow's memory, one after the
// other, so that no two are there twice.
func membersOf(reader *pqarrow.FileReader, rows int64) (*Members, error) {
	schema, err := reader.Schema()
	if err != nil {
		return nil, err
	}
	m := newMembers()
	for i, field := range schema.Fields() {
		known, ok := columnNamed(field.Name)
		if !ok {
			continue
		}
		if m.has[field.Name] {
			return nil, fmt.Errorf("it has two columns %s", field.Name)
		}
		if found := kindOf(field.Type); found != known.kind {
			return nil, fmt.Errorf("column %s is of type %s; want a column of type %s", field.Name, field.Type, known.kind)
		}
		column, err := reader.GetColumn(context.Background(), i)
		if err != nil {
			return nil, err
		}
		values, err := column.NextBatch(rows)
		if err != nil {
			return nil, err
		}
		err = m.add(known, values.Chunks(), int(rows))
		values.Release()
		if err != nil {
			return nil, err
		}
		m.has[field.Name] = true
	}
	m.ID = m.texts[idColumn]
	delete(m.texts, idColumn)
	if m.ID == nil {
		return nil, fmt.Errorf("it has no column %s", idColumn)
	}
	for i := range m.ID[min(1, len(m.ID)):] {
		if m.ID[i] >= m.ID[i+1] {
			return nil, fmt.Errorf("row %d: its customer comes before that of the row above, or is the same; want them in order of id, each once", i+2)
		}
	}
	return m, nil
}

// kindOf is what a column of a type holds; empty: nothing that a state has.
func kindOf(t arrow.DataType) kind {
	switch t := t.(type) {
	case *arrow.StringType:
		return text
	case *arrow.Int64Type:
		return count
	case *arrow.Float64Type:
		return number
	case *arrow.Date32Type:
		return day
	case *arrow.Decimal128Type:
		if t.Scale == ledger.MoneyScale {
			return amount
		}
	}
	return ""
}

// add copies a column. All cells are looked at: what they hold is worked with as if
// it were the run's own.
func (m *Members) add(c StateColumn, chunks []arrow.Array, rows int) error {
	cells := 0
	for _, chunk := range chunks {
		cells += chunk.Len()
		switch a := chunk.(type) {
		case *array.String:
			m.texts[c.Name] = appendTexts(roomFor(m.texts[c.Name], rows), a, c.Name != idColumn)
		case *array.Int64:
			m.counts[c.Name] = appendCells(roomFor(m.counts[c.Name], rows), a, a.Value, 0)
		case *array.Float64:
			m.floats[c.Name] = appendCells(roomFor(m.floats[c.Name], rows), a, a.Value, math.NaN())
		case *array.Date32:
			m.days[c.Name] = appendCells(roomFor(m.days[c.Name], rows), a, func(i int) int32 { return int32(a.Value(i)) }, calendar.NoDay)
		case *array.Decimal128:
			m.money[c.Name] = appendCells(roomFor(m.money[c.Name], rows), a, func(i int) ledger.Money { return ledger.MoneyOf(a.Value(i)) }, ledger.Money{})
		}
	}
	if cells != rows {
		return fmt.Errorf("column %s has %d cells, want %d", c.Name, cells, rows)
	}
	return errors.Join(c.checkCounts(m.counts[c.Name]), c.checkDays(m.days[c.Name]), c.checkNumbers(m.floats[c.Name]))
}

// roomFor makes room for all rows of a column at once.
func roomFor[T any](column []T, rows int) []T {
	if column == nil {
		return make([]T, 0, rows)
	}
	return column
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

// appendTexts copies texts. Names repeat a million times over: of those, one
// copy serves all.
func appendTexts(into []string, a *array.String, names bool) []string {
	known := map[string]string{}
	return appendCells(into, a, func(i int) string {
		v := a.Value(i)
		if !names {
			return strings.Clone(v)
		}
		if copied, ok := known[v]; ok {
			return copied
		}
		v = strings.Clone(v)
		known[v] = v
		return v
	}, "")
}
