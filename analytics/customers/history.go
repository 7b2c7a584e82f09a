package customers

import "clientele/internal/money"

// addHistory adds what the days of a customer come to, of whom at least one has an order.
func (t *Table) addHistory(done []dayDone) {
	var orders, days, paid, returns int64
	var net, sold, cost, firstSold money.Amount
	var first, last int32
	for i := range done {
		d := &done[i]
		orders, returns = orders+int64(d.orders), returns+int64(d.returns)
		net, sold, cost = net.Plus(d.net), sold.Plus(d.sold), cost.Plus(d.cost)
		if d.orders == 0 {
			continue
		}
		if days == 0 {
			first, firstSold = d.day, d.sold
		}
		last = d.day
		days++
		if d.sold.Num().Sign() > 0 {
			paid++
		}
	}
	t.FirstDay, t.LastDay = append(t.FirstDay, first), append(t.LastDay, last)
	t.Orders, t.PurchaseDays, t.PaidDays, t.Returns = append(t.Orders, orders), append(t.PurchaseDays, days), append(t.PaidDays, paid), append(t.Returns, returns)
	t.Net, t.Sold, t.Cost, t.FirstSold = append(t.Net, net), append(t.Sold, sold), append(t.Cost, cost), append(t.FirstSold, firstSold)
}

// leaveOut notes a customer who has no order, or none any more.
func (in *reader) leaveOut(id string, done []dayDone) {
	var placed, returns int64
	var net money.Amount
	for _, d := range done {
		placed, returns, net = placed+int64(d.placed), returns+int64(d.returns), net.Plus(d.net)
	}
	odd, all := &in.oddities, &in.table.AllReturned
	odd.UnlistedIDs = append(odd.UnlistedIDs, id)
	if placed == 0 {
		odd.ReturnsOnly, odd.ReturnsOnlyNet = odd.ReturnsOnly+1, odd.ReturnsOnlyNet.Plus(net)
		return
	}
	odd.Undone, odd.UndoneNet = odd.Undone+1, odd.UndoneNet.Plus(net)
	all.ID, all.Orders, all.Returns, all.Net = append(all.ID, id), append(all.Orders, placed), append(all.Returns, returns), append(all.Net, net)
}
