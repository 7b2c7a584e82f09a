package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/returns"
	"clientele/internal/money"
)

// Returned is what became of the returns. Each is in one of ByOrder, ByProduct, Partly and
// Unmatched, with all of its money.
type Returned struct {
	// Sought tells whether returns were matched at all: whether any says what it belongs to.
	Sought                                bool
	ByOrder, ByProduct, Partly, Unmatched Count
	Undone                                int64 // orders of which nothing is left

	partlyMatched money.Amount // of the money of Partly, what takes back a sale
}

// Matched is the money that takes back sales.
func (r Returned) Matched() money.Amount {
	return r.ByOrder.Money.Plus(r.ByProduct.Money).Plus(r.partlyMatched)
}

// Moved tells whether matching moved anything: whether the engine has a table `moved`, with
// what it changed of each order and return.
func (p *Plan) Moved() bool { return p.moved }

// matches tells whether the ledger has the columns by which returns are matched, beside
// their ids.
func (p *Plan) matches() bool {
	return slices.ContainsFunc(p.job.Sources, func(s job.Source) bool {
		return s.MatchesByProduct() || s.Columns.OriginalOrder != "" || s.Columns.Refund != ""
	})
}

// matchesByProduct tells whether returns of any source can be matched by product.
func (p *Plan) matchesByProduct() bool {
	return slices.ContainsFunc(p.job.Sources, job.Source.MatchesByProduct)
}

// keepsProduct tells whether the ledger says which product a row is about.
func (p *Plan) keepsProduct() bool { return p.HasProduct || p.matchesByProduct() }

// returnsData is what load.sql needs to know about returns.
type returnsData struct {
	Matching, Refund               []string // what rows are matched by, and what is refunded of them; nil: no source has any
	RefundUnread, RefundTimeUnread string   // conditions
}

func (p *Plan) returnsData(b *batch, v values, timeKind string) returnsData {
	d := returnsData{Matching: p.matchingSQL(b, v, timeKind), Refund: p.refundSQL(b, v, timeKind)}
	d.RefundUnread, d.RefundTimeUnread = p.refundFaultSQL(b, v)
	return d
}

// matchingSQL is what rows are matched by: quantity, time and the order that a return
// names; nil where no source has any of it.
func (p *Plan) matchingSQL(b *batch, v values, timeKind string) []string {
	if !p.matches() {
		return nil
	}
	s := p.job.Sources[b.source]
	quantity := "CAST(NULL AS " + moneyType + ")"
	if s.MatchesByProduct() {
		quantity = v.money("quantity", quantity)
	}
	instant := p.clockSQL(b, "TIMESTAMP", timeKind)
	return []string{quantity, instant, v.text("original_order")}
}

// returnsSQL is what the statements about returns need to know.
type returnsSQL struct{ Matches, Products bool }

// matchReturns finds out which sales the returns take back. The engine picks the lines
// that matter, and package returns decides. What it moves goes back to the engine as the
// tables `moved` and `given_back`.
func (p *Plan) matchReturns(ctx context.Context) error {
	any, err := engine.Text(ctx, p.at, "SELECT count(*) > 0 FROM ledger WHERE reason IS NULL AND is_return")
	if err != nil || any[0][0] != "true" {
		return err
	}
	of := returnsSQL{p.matches(), p.matchesByProduct()}
	if err := p.keep(ctx, "return_line", "return_lines.sql", of); err != nil {
		return err
	}
	m := newMoving()
	m.seen = p.seenPiece
	defer m.Release()
	if err := p.eachCustomersReturns(ctx, of, func(customer string, lines []returnLine) { m.add(customer, lines) }); err != nil {
		return err
	}
	p.returned = m.found
	p.returned.Sought = p.matches() || m.changes > 0
	if m.changes > 0 {
		if err := m.hand(ctx, p.at); err != nil {
			return err
		}
		p.moved = true
	}
	return p.at.Drop(ctx, "return_line")
}

// returnLine is a line with its order in the ledger, which has a name for orders without
// an id too.
type returnLine struct {
	returns.Line
	order string
}

// eachCustomersReturns visits the lines that matter, customer by customer.
func (p *Plan) eachCustomersReturns(ctx context.Context, of returnsSQL, visit func(customer string, lines []returnLine)) error {
	sql, err := p.statement("return_lines_by_customer.sql", of)
	if err != nil {
		return err
	}
	customer, lines := "", []returnLine(nil)
	finish := func() {
		if len(lines) > 0 {
			visit(customer, lines)
		}
		lines = lines[:0]
	}
	err = p.visit(ctx, "return_lines", sql, []string{"customer", "file", "line", "is_return"}, func(b arrow.RecordBatch) error {
		c := &engine.Columns{Batch: b}
		r := returnColumnsOf(c)
		if c.Err != nil {
			return c.Err
		}
		for i := range int(b.NumRows()) {
			if name := r.customer.Value(i); name != customer {
				finish()
				customer = strings.Clone(name)
			}
			lines = append(lines, r.line(i))
		}
		return nil
	})
	finish()
	if err != nil {
		return fmt.Errorf("ledger: returns: %w", err)
	}
	return nil
}

// returnColumns are the columns of return_lines_by_customer.sql.
type returnColumns struct {
	customer, order, product, original  *array.String
	source, file                        *array.Int32
	named, isReturn, onSale             *array.Boolean
	row, instant, orderLines            *array.Int64
	day                                 *array.Date32
	amount, cost, quantity, orderAmount *array.Decimal128
}

func returnColumnsOf(c *engine.Columns) returnColumns {
	return returnColumns{
		customer: engine.Take[*array.String](c, "customer"), order: engine.Take[*array.String](c, "order_id"),
		product: engine.Take[*array.String](c, "product"), original: engine.Take[*array.String](c, "original_order"),
		source: engine.Take[*array.Int32](c, "source"), file: engine.Take[*array.Int32](c, "file"),
		named: engine.Take[*array.Boolean](c, "named"), isReturn: engine.Take[*array.Boolean](c, "is_return"), onSale: engine.Take[*array.Boolean](c, "on_sale"),
		row: engine.Take[*array.Int64](c, "line"), instant: engine.Take[*array.Int64](c, "instant"), orderLines: engine.Take[*array.Int64](c, "order_lines"),
		day:    engine.Take[*array.Date32](c, "day"),
		amount: engine.Take[*array.Decimal128](c, "amount"), cost: engine.Take[*array.Decimal128](c, "cost"),
		quantity: engine.Take[*array.Decimal128](c, "quantity"), orderAmount: engine.Take[*array.Decimal128](c, "order_amount"),
	}
}

func (c returnColumns) line(i int) returnLine {
	millionths := func(a *array.Decimal128) int64 { return int64(a.Value(i).LowBits()) }
	l := returnLine{order: strings.Clone(c.order.Value(i)), Line: returns.Line{
		File: c.file.Value(i), Row: c.row.Value(i), Source: c.source.Value(i),
		Day: int32(c.day.Value(i)), Instant: c.instant.Value(i),
		Product: strings.Clone(c.product.Value(i)), Original: strings.Clone(c.original.Value(i)),
		Quantity: millionths(c.quantity), Amount: millionths(c.amount), Cost: millionths(c.cost),
		IsReturn: c.isReturn.Value(i), OnSale: c.onSale.Value(i),
		OrderLines: c.orderLines.Value(i), OrderAmount: millionths(c.orderAmount),
	}}
	if c.named.Value(i) {
		l.Order = l.order
	}
	return l
}

// millionths is an exact amount of so many millionths.
func millionths(n int64) money.Amount { return money.Of(decimal128.FromI64(n)) }
