package explain

import (
	"clientele/analytics/asset/equity"
	"clientele/internal/money"
)

// equityLines write the customer's lines of the equity ledger.
func (w writer) equityLines() (Block, bool) {
	if w.Change == nil || len(w.Change.Equity) == 0 {
		return Block{}, false
	}
	var was money.Amount
	switch c := w.Change; {
	case c.FutureValue != nil:
		was = c.FutureValue.Was
	case c.Equity[0].Line == equity.NewCustomers: // all else is said
		return Block{}, false
	}
	names := []string{equity.On(w.say, dayText(w.Change.Since))}
	amounts := []money.Amount{was}
	for _, l := range w.Change.Equity {
		if l.Line.Movement() {
			names, amounts = append(names, l.Line.In(w.say)), append(amounts, l.Amount)
		}
	}
	t := &Table{Numbers: 1, Header: []string{w.say.Say("explain.head.what"), w.moneyHeader()}}
	sum := 0.
	for i, v := range money.Shown(amounts) {
		t.Rows = append(t.Rows, []string{"  " + names[i], moneyText(v)})
		sum += v
	}
	t.Rows = append(t.Rows, []string{equity.On(w.say, dayText(w.AsOf)), moneyText(sum)})
	return Block{Title: w.say.Say("explain.head.equity"), Table: t}, true
}
