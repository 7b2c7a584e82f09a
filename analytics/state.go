package analytics

import (
	"fmt"

	"clientele/analytics/history"
	"clientele/analytics/publish"
	"clientele/segment"
)

// stateColumns are what the next night needs to know of each customer, by the
// names of `customers` where it is published there too. They come in order of
// id, so that two nights can be laid side by side. A stage that is off leaves
// its columns out.
func (n *night) stateColumns() []publish.Col {
	t, order := n.customers, make([]int, n.customers.Len())
	for i := range order {
		order[i] = i
	}
	columns := []publish.Col{
		texts("customer_id", order, t.ID),
		{Name: "first_day", Values: ranked(order, t.FirstDay, calendarDay)},
		{Name: "last_day", Values: ranked(order, t.LastDay, calendarDay)},
		counts("orders", order, t.Orders),
		money("net", order, t.Net),
		counts("returns", order, t.Returns),
	}
	columns = append(columns, n.scoreColumns(order)...)
	if n.worth != nil {
		columns = append(columns,
			n.modelColumn("p_alive", order, n.worth.pAlive),
			n.modelColumn("future_value", order, n.worth.future),
			numbers("clv", order, n.worth.clv))
	}
	if n.tiers != nil {
		shown := n.tierColumns(order)
		columns = append(columns, shown[:len(shown)-1]...) // the reason is in words
		columns = append(columns, n.tierMemory(order)...)
	}
	if s := n.stages; s != nil {
		columns = append(columns,
			publish.Col{Name: "stage", Values: ranked(order, s.Stage, asText[segment.Stage])},
			publish.Col{Name: "decline", Values: ranked(order, s.Decline, asText[segment.Decline])})
	}
	return append(columns, n.anchor.columns(order)...)
}

func (n *night) writeState(place *publish.Staging) error {
	table, err := publish.NewTable(nil, n.stateColumns()...)
	if err != nil {
		return fmt.Errorf("state: %w", err)
	}
	defer table.Release()
	return writeTable(place, history.StateFile, parquetOf(table))
}
