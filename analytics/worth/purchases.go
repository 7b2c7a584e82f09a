package worth

import (
	"cmp"
	"slices"

	"clientele/analytics/customers"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
)

// Purchases are the purchase days of some customers, what they spent on them, and what came
// back of it when: a backtest may know at an origin only what was known then. Customers of
// whom nothing is left by now were customers then.
//
// What takes back no sale that is known makes all purchases of its customer cheaper, from
// the first on (KeptShare): of that, money alone knows too much.
func Purchases(t *customers.Table, taken func(id string) bool) backtest.History {
	h := &pastPurchases{History: backtest.History{Start: []int64{0}, Spend: []float64{}}, Table: t}
	back := h.rowsOf()
	for i, id := range t.ID {
		if taken(id) {
			h.add(h.standing(i), back[id], t.KeptShare(i))
		}
		delete(back, id)
	}
	for _, rows := range back { // a history has no order of customers
		if taken(t.CameBack.ID[rows.from]) {
			h.add(nil, rows, 1)
		}
	}
	return h.History
}

// pastPurchases is a history that is being written.
type pastPurchases struct {
	backtest.History
	*customers.Table
}

// span are rows from one up to another.
type span struct{ from, to int }

// rowsOf are the rows of CameBack by customer.
func (h *pastPurchases) rowsOf() map[string]span {
	all := map[string]span{}
	for i, id := range h.CameBack.ID {
		rows, known := all[id]
		if !known {
			rows.from = i
		}
		rows.to = i + 1
		all[id] = rows
	}
	return all
}

// pastPurchase is a purchase day. gone is the day from which on it is none.
type pastPurchase struct {
	day, gone int32
	sold      float64
}

// standing are the purchase days of a customer that are some still.
func (h *pastPurchases) standing(customer int) []pastPurchase {
	from, to := h.DayStart[customer], h.DayStart[customer+1]
	all := make([]pastPurchase, 0, to-from)
	for j := from; j < to; j++ {
		all = append(all, pastPurchase{h.Table.Days[j], backtest.Stands, h.DaySold[j]})
	}
	return all
}

// add adds a customer: the days that stand, those of which all came back, and what came back.
func (h *pastPurchases) add(days []pastPurchase, back span, kept float64) {
	b := h.CameBack
	for row := back.from; row < back.to; row++ {
		if b.Gone[row] != calendar.NoDay && (row == back.from || b.Day[row] != b.Day[row-1]) {
			days = append(days, pastPurchase{b.Day[row], b.Gone[row], b.Sold[row]})
		}
	}
	byDay := func(p, q pastPurchase) int { return cmp.Compare(p.day, q.day) }
	slices.SortFunc(days, byDay)
	first := int64(len(h.History.Days))
	for _, p := range days {
		h.History.Days, h.Spend = append(h.History.Days, p.day), append(h.Spend, kept*max(p.sold, 0))
		if len(b.ID) > 0 {
			h.Gone = append(h.Gone, p.gone)
		}
	}
	for row := back.from; row < back.to; row++ {
		at, known := slices.BinarySearchFunc(days, pastPurchase{day: b.Day[row]}, byDay)
		if known {
			h.History.Returns = append(h.History.Returns, backtest.Return{At: first + int64(at), On: b.On[row], Amount: kept * max(b.Amount[row], 0)})
		}
	}
	h.Start = append(h.Start, int64(len(h.History.Days)))
}
