package main

import "clientele/analytics/publication"

// returnRows say what became of the returns.
func returnRows(p *printer, fates *publication.ReturnFates) [][]any {
	if fates == nil {
		return nil
	}
	var rows [][]any
	for _, of := range []struct {
		what string
		publication.Returned
	}{
		{"order", fates.ByOrder}, {"product", fates.ByProduct}, {"part", fates.Partly}, {"unmatched", fates.Unmatched},
	} {
		if of.Rows > 0 {
			rows = append(rows, []any{"    " + p.in.SayOf("summary.returned_by", of.what), figure(thousands(of.Rows)), amount(of.Money.Float())})
		}
	}
	return rows
}

// printUndone says which orders and customers are none because all of it came back.
func printUndone(p *printer, fates *publication.ReturnFates, currency string) {
	if fates == nil || fates.OrdersUndone == 0 {
		return
	}
	p.say("summary.orders_undone", "orders", fates.OrdersUndone)
	if left := fates.AllReturned; left.Customers > 0 {
		p.say("summary.all_returned", "customers", left.Customers, "money", amountOf(left.Money.String()).String()+currency)
	}
}
