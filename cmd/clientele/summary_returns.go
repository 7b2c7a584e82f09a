package main

import "clientele/analytics/publication"

// returnRows say what became of the returns.
func returnRows(fates *publication.ReturnFates) [][]any {
	if fates == nil {
		return nil
	}
	var rows [][]any
	for _, of := range []struct {
		what string
		publication.Returned
	}{
		{"by order", fates.ByOrder}, {"by product", fates.ByProduct}, {"by product, a part", fates.Partly}, {"not matched to a sale", fates.Unmatched},
	} {
		if of.Rows > 0 {
			rows = append(rows, []any{"    " + of.what, figure(thousands(of.Rows)), amount(of.Money.Float())})
		}
	}
	return rows
}

// printUndone says which orders and customers are none because all of it came back.
func printUndone(p *printer, fates *publication.ReturnFates, currency string) {
	if fates == nil || fates.OrdersUndone == 0 {
		return
	}
	came := "came back as a whole and are no purchases"
	if fates.OrdersUndone == 1 {
		came = "came back as a whole and is no purchase"
	}
	p.line("%s %s.", counted(fates.OrdersUndone, "order"), came)
	if left := fates.AllReturned; left.Customers > 0 {
		are, their := "are", "their"
		if left.Customers == 1 {
			are, their = "is", "its"
		}
		p.line("%s gave back all that was bought and %s not listed; %s %s%s is included in the money used.",
			counted(left.Customers, "customer"), are, their, amountOf(left.Money.String()), currency)
	}
}
