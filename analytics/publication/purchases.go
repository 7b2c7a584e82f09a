package publication

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/internal/money"
)

// Purchases are the purchase days of a customer, ascending, and what was bought less
// returned on each.
type Purchases struct {
	Days  []calendar.Day
	Spend []money.Amount
	// Margin is what each of them brought; nil where the job has no activation.
	Margin []money.Amount
}

// ErrNoCustomer marks an id that is not among the customers of a publication.
var ErrNoCustomer = errors.New("it has no such customer")

// The columns of purchases.parquet.
const (
	purchasesID     = "customer_id"
	purchasesDays   = "days"
	purchasesSpend  = "spend"
	purchasesMargin = "margin" // where activation is on
)

// ReadPurchases reads those of one customer from purchases.parquet. The error wraps
// fs.ErrNotExist where the publication has no such file (output.purchases: false), and
// [ErrNoCustomer] where the customer is not in it. Only the part of the file that may hold
// the id is read, once the bytes of all are known to be those that run.json says.
func (p *Publication) ReadPurchases(customer string) (found Purchases, err error) {
	may := func(group *metadata.RowGroupMetaData) bool { return mayHold(group, customer) }
	err = p.readPurchases(may, func(id string, of Purchases) error {
		if id == customer {
			found = of
			return errFound
		}
		return nil
	})
	switch {
	case errors.Is(err, errFound):
		return found, nil
	case err == nil:
		return found, ErrNoCustomer
	}
	return found, err
}

// errFound ends the walk over customers at the one who was asked for.
var errFound = errors.New("found")

// EachPurchases calls a function with each customer, in order of id. Its errors are those
// of [Publication.ReadPurchases], and those of the function, which end the walk.
func (p *Publication) EachPurchases(do func(customer string, of Purchases) error) error {
	return p.readPurchases(func(*metadata.RowGroupMetaData) bool { return true }, do)
}

// readPurchases walks over the row groups that may hold what is looked for.
func (p *Publication) readPurchases(may func(*metadata.RowGroupMetaData) bool, do func(string, Purchases) error) (err error) {
	f, err := p.OpenFile(PurchasesFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var stopped error // by do
	err = concurrent.Guard(func() error {
		return walkPurchases(f, p.Customers, may, func(id string, of Purchases) error {
			stopped = do(id, of)
			return stopped
		})
	})
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errors.New("it is not in order as Parquet") // the library that reads it panics on some files
	}
	if err != nil && stopped == nil {
		err = p.Damaged(PurchasesFile, err)
	}
	return err
}

func walkPurchases(f *os.File, customers int64, may func(*metadata.RowGroupMetaData) bool, do func(string, Purchases) error) error {
	in, err := file.NewParquetReader(f)
	if err != nil {
		return err
	}
	if rows := in.NumRows(); rows != customers {
		return fmt.Errorf("it has %d rows, run.json says %d customers", rows, customers)
	}
	if err := checkPurchases(in.MetaData()); err != nil {
		return err
	}
	for group := range in.NumRowGroups() {
		if !may(in.MetaData().RowGroup(group)) {
			continue
		}
		if err := walkGroup(in.RowGroup(group), do); err != nil {
			return err
		}
	}
	return nil
}

// mayHold tells whether a row group may hold a customer, by the least and the greatest id
// that it says it has.
func mayHold(group *metadata.RowGroupMetaData, customer string) bool {
	ids, err := group.ColumnChunk(0)
	return err != nil || mayHoldText(ids, customer)
}

// checkPurchases verifies that the columns are what they should be.
func checkPurchases(of *metadata.FileMetaData) error {
	schema, err := pqarrow.FromParquet(of.Schema, nil, of.KeyValueMetadata())
	if err != nil {
		return err
	}
	fields := schema.Fields()
	is := func(i int, name string, t arrow.DataType) bool {
		list, lists := fields[i].Type.(*arrow.ListType)
		return fields[i].Name == name && lists && arrow.TypeEqual(list.Elem(), t)
	}
	amount := &arrow.Decimal128Type{Precision: money.Precision, Scale: money.Scale}
	if n := len(fields); n < 3 || n > 4 || fields[0].Name != purchasesID || fields[0].Type.ID() != arrow.STRING ||
		!is(1, purchasesDays, arrow.FixedWidthTypes.Date32) || !is(2, purchasesSpend, amount) {
		return errors.New("its columns are not " + purchasesID + ", " + purchasesDays + " and " + purchasesSpend + " of their types")
	}
	if len(fields) == 4 && !is(3, purchasesMargin, amount) {
		return errors.New("its fourth column is not " + purchasesMargin + " of its type")
	}
	return nil
}

func walkGroup(group *file.RowGroupReader, do func(string, Purchases) error) error {
	ids, err := readLists(group, 0, func(v parquet.ByteArray) string { return string(v) })
	if err != nil {
		return err
	}
	if int64(len(ids.values)) != group.NumRows() {
		return errors.New("a customer has no " + purchasesID)
	}
	days, err := readLists(group, 1, func(day int32) calendar.Day { return day })
	if err != nil {
		return err
	}
	amounts := make([]lists[money.Amount], group.NumColumns()-2) // spend and, where there is one, margin
	for k := range amounts {
		if amounts[k], err = readLists(group, 2+k, amountOf); err != nil {
			return err
		}
	}
	for row, id := range ids.values {
		of := Purchases{Days: days.at(row)}
		for k, into := range []*[]money.Amount{&of.Spend, &of.Margin}[:len(amounts)] {
			*into = amounts[k].at(row)
			if len(*into) != len(of.Days) {
				return fmt.Errorf("a customer has %d days and %d amounts", len(of.Days), len(*into))
			}
		}
		if err := do(id, of); err != nil {
			return err
		}
	}
	return nil
}

// lists are those of a column of a row group.
type lists[T any] struct {
	values []T
	starts []int // of the list of each row
}

// at is the list of a row.
func (l lists[T]) at(row int) []T {
	to := len(l.values)
	if row+1 < len(l.starts) {
		to = l.starts[row+1]
	}
	return l.values[l.starts[row]:to:to]
}

// readLists copies a column in which every row has a list, or one value. as makes what a list
// has of a value.
func readLists[V, T any](group *file.RowGroupReader, at int, as func(V) T) (l lists[T], err error) {
	chunk, err := group.Column(at)
	if err != nil {
		return l, err
	}
	present, repeats := chunk.Descriptor().MaxDefinitionLevel(), chunk.Descriptor().MaxRepetitionLevel() > 0
	l.starts = make([]int, 0, group.NumRows())
	err = newPieceRoom[V]().each(chunk, chunk.Descriptor().Name(), func(values []V, levels, repeated []int16) {
		l.values = slices.Grow(l.values, len(values))
		for k, level := range levels {
			if !repeats || repeated[k] == 0 {
				l.starts = append(l.starts, len(l.values))
			}
			if present == 0 || level == present {
				l.values = append(l.values, as(values[0]))
				values = values[1:]
			}
		}
	})
	if err == nil && int64(len(l.starts)) != group.NumRows() {
		err = fmt.Errorf("column %s has %d rows, want %d", chunk.Descriptor().Name(), len(l.starts), group.NumRows())
	}
	return l, err
}
