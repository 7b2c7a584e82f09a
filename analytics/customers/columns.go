package customers

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// Columns are what the exports say of each customer as of a day.
func (t *Table) Columns(today calendar.Day) publication.Columns {
	last := t.LastDay
	return publication.Columns{
		column.CustomerID:   publication.Texts(t.ID),
		column.FirstDay:     publication.Days(t.FirstDay),
		column.LastDay:      publication.Days(last),
		column.Orders:       publication.Counts(t.Orders),
		column.PurchaseDays: publication.Counts(t.PurchaseDays),
		column.RecencyDays:  publication.CountsAt(len(last), func(i int) int64 { return int64(today - last[i]) }),
		column.Net:          publication.Amounts(t.Net),
		column.Returns:      publication.Counts(t.Returns),
	}
}
