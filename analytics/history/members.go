package history

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/ledger"
)

// StateFile holds what the next night needs to know of each customer: one row
// per customer in order of id, whatever output.formats says.
const StateFile = "state.parquet"

// idColumn names a state's customers.
const idColumn = "customer_id"

// NoDay is the day of a cell that has none.
const NoDay = math.MinInt32

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

// Days is a column of days since 1970-01-01; an absent cell is NoDay.
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

// ReadMembers reads what a publication remembers of its customers. The error
// wraps fs.ErrNotExist where it has no such file.
func ReadMembers(publication string) (*Members, error) {
	path := filepath.Join(publication, StateFile)
	m, err := readMembers(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	return m, err
}

// Recall reads what the night remembers of its customers, by far the most of it;
// nights of a version before 0.1.0 remember nothing.
func (n *Night) Recall() error {
	m, err := readMembers(filepath.Join(n.Path, StateFile))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return n.damaged(StateFile, err)
	}
	n.Members = m
	return nil
}

func readMembers(path string) (_ *Members, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	parquet, err := file.NewParquetReader(f)
	if err != nil {
		return nil, err
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
	m := &Members{
		texts: map[string][]string{}, counts: map[string][]int64{}, floats: map[string][]float64{},
		days: map[string][]int32{}, money: map[string][]ledger.Money{},
	}
	for i, field := range schema.Fields() {
		column, err := reader.GetColumn(context.Background(), i)
		if err != nil {
			return nil, err
		}
		values, err := column.NextBatch(rows)
		if err != nil {
			return nil, err
		}
		if err := m.add(field.Name, values.Chunks(), int(rows)); err != nil {
			return nil, err
		}
		values.Release()
	}
	m.ID = m.texts[idColumn]
	delete(m.texts, idColumn)
	if m.ID == nil {
		return nil, fmt.Errorf("it has no column %s", idColumn)
	}
	for i := range m.ID[min(1, len(m.ID)):] {
		if m.ID[i] >= m.ID[i+1] {
			return nil, fmt.Errorf("row %d does not come after the one above it; want customers in order of id, each once", i+2)
		}
	}
	return m, nil
}

// add copies a column; its type says what it is.
func (m *Members) add(name string, chunks []arrow.Array, rows int) error {
	for _, chunk := range chunks {
		switch a := chunk.(type) {
		case *array.String:
			m.texts[name] = appendTexts(roomFor(m.texts[name], rows), a, name != idColumn)
		case *array.Int64:
			m.counts[name] = appendCells(roomFor(m.counts[name], rows), a, a.Value, 0)
		case *array.Float64:
			m.floats[name] = appendCells(roomFor(m.floats[name], rows), a, a.Value, math.NaN())
		case *array.Date32:
			m.days[name] = appendCells(roomFor(m.days[name], rows), a, func(i int) int32 { return int32(a.Value(i)) }, NoDay)
		case *array.Decimal128:
			m.money[name] = appendCells(roomFor(m.money[name], rows), a, func(i int) ledger.Money { return ledger.MoneyOf(a.Value(i)) }, ledger.Money{})
		default:
			return fmt.Errorf("column %s is of type %s, which no state has", name, chunk.DataType())
		}
	}
	return nil
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
