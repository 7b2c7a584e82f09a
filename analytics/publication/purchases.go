package publication

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
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
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	for group := range in.NumRowGroups() {
		if !may(in.MetaData().RowGroup(group)) {
			continue
		}
		if err := walkGroup(reader, group, do); err != nil {
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

func walkGroup(reader *pqarrow.FileReader, group int, do func(string, Purchases) error) error {
	all := make([]int, reader.ParquetReader().MetaData().Schema.NumColumns())
	for i := range all {
		all[i] = i
	}
	table, err := reader.RowGroup(group).ReadTable(context.Background(), all)
	if err != nil {
		return err
	}
	defer table.Release()
	rows := array.NewTableReader(table, -1)
	defer rows.Release()
	for rows.Next() {
		if err := walkBatch(rows.RecordBatch(), do); err != nil {
			return err
		}
	}
	return rows.Err()
}

func walkBatch(b arrow.RecordBatch, do func(string, Purchases) error) error {
	c, err := purchaseColumnsOf(b)
	if err != nil {
		return err
	}
	for i := range c.ids.Len() {
		of, err := c.at(i)
		if err != nil {
			return err
		}
		if err := do(c.ids.Value(i), of); err != nil {
			return err
		}
	}
	return nil
}

// purchaseColumns are the columns of a batch, with what its lists hold.
type purchaseColumns struct {
	ids           *array.String
	days          *array.List
	day           *array.Date32
	spend, margin amountLists // margin without lists: there is none
}

// amountLists is a column of lists of amounts.
type amountLists struct {
	lists *array.List
	of    *array.Decimal128
}

func purchaseColumnsOf(b arrow.RecordBatch) (c purchaseColumns, err error) {
	wrong := errors.New("its columns are not " + purchasesID + ", " + purchasesDays + " and " + purchasesSpend + " of their types")
	if n := b.NumCols(); n < 3 || n > 4 || b.ColumnName(0) != purchasesID || b.ColumnName(1) != purchasesDays || b.ColumnName(2) != purchasesSpend {
		return c, wrong
	}
	var isText, areDays, isDay, areAmounts bool
	c.ids, isText = b.Column(0).(*array.String)
	c.days, areDays = b.Column(1).(*array.List)
	if c.spend, areAmounts = amountListsOf(b.Column(2)); !isText || !areDays || !areAmounts {
		return c, wrong
	}
	if c.day, isDay = c.days.ListValues().(*array.Date32); !isDay {
		return c, wrong
	}
	if b.NumCols() == 4 {
		if c.margin, areAmounts = amountListsOf(b.Column(3)); !areAmounts || b.ColumnName(3) != purchasesMargin {
			return c, errors.New("its fourth column is not " + purchasesMargin + " of its type")
		}
	}
	return c, nil
}

func amountListsOf(column arrow.Array) (a amountLists, is bool) {
	if a.lists, is = column.(*array.List); !is {
		return a, false
	}
	a.of, is = a.lists.ListValues().(*array.Decimal128)
	return a, is && a.of.DataType().(*arrow.Decimal128Type).Scale == money.Scale
}

// at copies a row: its memory is the batch's.
func (c purchaseColumns) at(row int) (of Purchases, err error) {
	from, to := c.days.ValueOffsets(row)
	of.Days = make([]calendar.Day, to-from)
	for k := range of.Days {
		of.Days[k] = calendar.Day(c.day.Value(int(from) + k))
	}
	if of.Spend, err = c.spend.at(row, len(of.Days)); err != nil || c.margin.lists == nil {
		return of, err
	}
	of.Margin, err = c.margin.at(row, len(of.Days))
	return of, err
}

// at copies the amounts of a row, one for each of so many days.
func (a amountLists) at(row, days int) ([]money.Amount, error) {
	from, to := a.lists.ValueOffsets(row)
	if int(to-from) != days {
		return nil, fmt.Errorf("a customer has %d days and %d amounts", days, to-from)
	}
	all := make([]money.Amount, days)
	for k := range all {
		all[k] = money.Of(a.of.Value(int(from) + k))
	}
	return all, nil
}
