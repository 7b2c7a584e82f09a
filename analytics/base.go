package analytics

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/tiers"
	"clientele/internal/money"
)

// base is what is published of customers whatever stages are on.
type base struct {
	customers  int
	columns    publication.Columns
	attributes []attribute
	consent    *publication.Consent
	net        []float64 // the ranking without lifetime values
	returned   customers.AllReturned
}

// Files are the customers who gave back all that they bought, if there is any: they are in
// no list, and whoever misses them is told why.
func (b *base) Files() []night.File {
	gone := b.returned
	if len(gone.ID) == 0 {
		return nil
	}
	net := publish.ColOf("net", gone.Net, func(m money.Amount) decimal128.Num { return m.Num() })
	net.Scale = money.Scale
	return []night.File{{Name: column.AllReturned.File, Columns: []publish.Col{
		{Name: column.CustomerID.Name, Values: gone.ID},
		{Name: "orders_returned", Values: gone.Orders},
		{Name: column.Returns.Name, Values: gone.Returns},
		net,
	}}}
}

// attribute is a column that the job maps beside those that it must.
type attribute struct {
	name  string
	cells publication.Cells
}

// baseOf takes what is published from the customers. Attributes stand in the order of the
// ledger: labels, and numbers that tiers count, which are sums.
func baseOf(n night.Context, attributes []string, tiered *tiers.Result, s *signs) base {
	t := n.Customers
	b := base{customers: t.Len(), columns: t.Columns(n.Today()), net: customers.Amounts(t.Net), returned: t.AllReturned}
	if s.names != nil {
		seen := slices.Concat(s.seen, make([]string, t.Len()-len(s.seen)))
		b.columns[column.Sources] = publication.Texts(seen)
	}
	if n.Contact != nil {
		b.columns[column.Contactable] = publication.Texts(n.Contact)
		b.consent = consentCounts(n.Contact)
	}
	numbers := n.Job.MappedMetrics()
	for _, name := range attributes {
		a := attribute{name: name}
		if k := slices.Index(numbers, name); k >= 0 {
			sums := tiered.Sums[k]
			a.cells = publication.AmountsAt(len(sums), func(i int) money.Amount { return money.Of(decimal128.FromI64(sums[i])) })
		} else {
			k := slices.IndexFunc(t.Attributes, func(a customers.Attribute) bool { return a.Name == name })
			a.cells = publication.Texts(t.Attributes[k].Values)
		}
		b.attributes = append(b.attributes, a)
	}
	return b
}
