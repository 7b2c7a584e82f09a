package customers

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/calendar"
)

// CameBack is what came back of purchase days, for those who go back in time: a row for each
// customer, day and day of return, in order of these. Customers of whom nothing is left, whom
// the Table leaves out, are there too.
type CameBack struct {
	ID     []string
	Day    []int32   // on which it was bought
	On     []int32   // on which it came back
	Amount []float64 // of money, from 0
	Sold   []float64 // what was bought on Day less all that came back of it
	Gone   []int32   // from which on Day has no purchase; calendar.NoDay: it has one still
}

// append adds a record batch of came_back.sql.
func (b *CameBack) append(batch arrow.RecordBatch) error {
	c := &engine.Columns{Batch: batch}
	texts(c, "customer", &b.ID)
	days(c, "day", &b.Day)
	days(c, "back_day", &b.On)
	doubles := func(name string, into *[]float64) {
		take(c, name, into, func(a *array.Float64, i int) float64 { return a.Value(i) })
	}
	doubles("amount", &b.Amount)
	doubles("sold", &b.Sold)
	take(c, "gone_day", &b.Gone, func(a *array.Date32, i int) int32 {
		if a.IsNull(i) {
			return calendar.NoDay
		}
		return int32(a.Value(i))
	})
	return c.Err
}
