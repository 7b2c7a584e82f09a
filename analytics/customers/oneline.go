package customers

import (
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Many exports have one line for each order. To see that takes the engine less than half of what
// it takes to put the lines of orders together, and nothing is left to do then.

// oneLine tells whether no order has several lines. Where it seems that some have, nobody looks:
// they are put together. That is done too where what is made of the ledger is kept, as the lines
// of an order may be in two files, and where returns take back sales, which is said by order.
func (r Request) oneLine(ctx context.Context, e engine.Engine) (one bool, err error) {
	if !r.SeemOneLine || !r.HasOrders || r.Moved || r.Kept != nil {
		return false, nil
	}
	sql, err := statements.Write(e.Dialect(), "several_lines.sql", nil)
	if err != nil {
		return false, err
	}
	err = engine.ForEach(ctx, e, sql, func(b arrow.RecordBatch) error {
		c := &engine.Columns{Batch: b}
		rows, orders := engine.Take[*array.Int64](c, "rows"), engine.Take[*array.Int64](c, "orders")
		if c.Err == nil {
			one = rows.Value(0) == orders.Value(0)
		}
		return c.Err
	})
	if err != nil {
		return false, fmt.Errorf("several lines: %w", engine.WithoutValues(err))
	}
	return one, nil
}
