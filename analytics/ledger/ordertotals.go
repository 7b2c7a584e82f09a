package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// Some exports repeat an order's total on each of its lines. It counts once: on the first
// line that is used, by file and line. The other lines have an amount of 0, so that they
// still say what was bought.

// repeatsTotals tells whether the lines of a source repeat their order's total.
func (p *Plan) repeatsTotals(source int) bool {
	return p.job.Sources[source].AmountIs == job.OrderAmount
}

// listed writes the sources for which something holds as a list of SQL; empty: none.
func (p *Plan) listed(holds func(source int) bool) string {
	var list []string
	for i := range p.job.Sources {
		if holds(i) {
			list = append(list, strconv.Itoa(i))
		}
	}
	return strings.Join(list, ", ")
}

// totalsSQL is what the statements about totals need to know.
type totalsSQL struct {
	Sources             string
	Refunds, Currencies bool
}

// countTotalsOnce leaves each order's total on one line.
func (p *Plan) countTotalsOnce(ctx context.Context) error {
	sources := p.listed(p.repeatsTotals)
	if sources == "" {
		return nil
	}
	of := totalsSQL{sources, p.hasRefunds(), p.hasCurrencies()}
	if err := p.execWith(ctx, "order_totals.sql", of); err != nil {
		return err
	}
	if err := p.checkTotals(ctx, of); err != nil {
		return err
	}
	for _, step := range []string{"set_aside_differing.sql", "count_totals_once.sql", "use_lines_without_total.sql"} {
		if err := p.execWith(ctx, step, p.blankSQL("amount")); err != nil {
			return err
		}
	}
	if of.Refunds {
		if err := p.execWith(ctx, "count_refunds_once.sql", of); err != nil {
			return err
		}
	}
	if p.HasCost {
		if err := p.execWith(ctx, "costs_by_margin.sql", sources, p.costShare()); err != nil {
			return err
		}
	}
	return p.engine.Exec(ctx, "DROP TABLE order_total")
}

// checkTotals refuses a source in which so many orders have lines with different amounts
// that these are no totals.
func (p *Plan) checkTotals(ctx context.Context, of totalsSQL) error {
	sql, err := statement("order_totals_differ.sql", of)
	if err != nil {
		return err
	}
	rows, err := engine.Text(ctx, p.engine, sql)
	if err != nil {
		return fmt.Errorf("ledger: totals of orders: %w", err)
	}
	for _, r := range rows {
		var n [5]int64
		for i, cell := range r {
			if n[i], err = strconv.ParseInt(cell, 10, 64); err != nil {
				return fmt.Errorf("ledger: totals of orders: %w", err)
			}
		}
		source, differing, several := n[0], n[1], n[2]
		const slips = 0.01 // of the orders, as many as malformed lines; and one slip is one
		if float64(differing) > max(1, slips*float64(several)) {
			return &DataError{Path: p.pathOf(int(n[3])), Line: n[4], Message: fmt.Sprintf(
				"its amount is not that of the other lines of its order, and so it is in %d of %d orders with several lines: these are no totals that are repeated; "+
					"set sources.%d.amount_is to line, or map columns.amount to the column with the total", differing, several, source)}
		}
	}
	return nil
}
