package revenue

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// columns has the amounts of some sources in the order of the columns, net revenue last.
func (s Sources) columns() []money.Amount {
	var amounts []money.Amount
	for _, amount := range s.all() {
		amounts = append(amounts, *amount)
	}
	return append(amounts, s.Net())
}

// Customers are the sources by customer.
type Customers struct {
	ids []string
	// columns are all but the last, which is what the others come to.
	columns [7]money.List
}

func (c *Customers) append(s Sources) {
	for k, amount := range s.all() {
		c.columns[k].Append(*amount)
	}
}

func (c *Customers) of(i int) Sources {
	var s Sources
	for k, amount := range s.all() {
		*amount = c.columns[k].At(i)
	}
	return s
}

// Files are the sources by month.
func (r *Result) Files() []night.File {
	names := column.RevenueSources.Columns
	columns := []publish.Col{publish.ColOf(names[0].Name, r.Months, func(m Month) string { return m.String() })}
	for k, c := range names[1:] {
		amounts := publish.ColOf(c.Name, r.Months, func(m Month) decimal128.Num { return m.columns()[k].Num() })
		amounts.Scale = money.Scale
		columns = append(columns, amounts)
	}
	return []night.File{{Name: column.RevenueSources.File, Columns: columns}}
}

// Parquet writes the sources by customer, and gives the number of rows.
func (c *Customers) Parquet(w io.Writer) (int64, error) {
	return publication.CustomerAmounts{
		IDs: c.ids, Columns: column.CustomerRevenue,
		Of: func(customer int, into []money.Amount) {
			s := c.of(customer)
			for k, amount := range s.all() {
				into[k] = *amount
			}
			into[len(into)-1] = s.Net()
		},
	}.Parquet(w)
}

// Revenue is the stage's part of the manifest; nil where it did not run.
func (r *Result) Revenue() *publication.Revenue {
	if r == nil {
		return nil
	}
	t := r.Total
	return &publication.Revenue{
		Initial: t.Initial, Repeat: t.Repeat, Incremental: t.Incremental, Cross: t.Cross,
		Referral: t.Referral, PricePremium: t.Premium, Returned: t.Returned, Net: t.Net(), Keeping: r.Keeping,
	}
}
