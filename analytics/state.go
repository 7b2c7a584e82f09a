package analytics

import (
	"time"

	"clientele/analytics/history"
	"clientele/analytics/publish"
	"clientele/segment/lifecycle"
)

// stateColumns are what the next night needs to know of each customer, by the
// names of `customers` where it is published there too. A stage that is off leaves
// its columns out.
func (n *night) stateColumns(order []int, _ int) []publish.Col {
	t := n.customers
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
			n.modelColumn("p_alive", order, n.worth.PAlive),
			n.modelColumn("future_value", order, n.worth.Future),
			numbers("clv", order, n.worth.CLV),
			numbers("expected_spend", order, n.worth.Spend))
	}
	if n.tiers != nil {
		shown := n.tierColumns(order)
		columns = append(columns, shown[:len(shown)-1]...) // the reason is in words
		columns = append(columns, n.tierMemory(order)...)
	}
	if s := n.stages; s != nil {
		columns = append(columns,
			publish.Col{Name: "stage", Values: ranked(order, s.Stage, asText[lifecycle.Stage])},
			publish.Col{Name: "decline", Values: ranked(order, s.Decline, asText[lifecycle.Decline])},
			numbers("former_rate", order, s.FormerRate))
		columns = append(columns, n.lifeColumns(order)...)
	}
	return append(columns, n.anchor.columns(order)...)
}

// lifeColumns are what the stages of the next night go on from.
func (n *night) lifeColumns(order []int) []publish.Col {
	lives := n.record.Lives
	day := func(name string, of func(lifecycle.Life) int32) publish.Col {
		return publish.Col{Name: name, Values: ranked(order, lives, func(l lifecycle.Life) time.Time { return calendarDay(of(l)) })}
	}
	count := func(name string, of func(lifecycle.Life) int32) publish.Col {
		return publish.Col{Name: name, Values: ranked(order, lives, func(l lifecycle.Life) int64 { return int64(of(l)) })}
	}
	return []publish.Col{
		count(lifeSeen, func(l lifecycle.Life) int32 { return l.Seen }),
		{Name: lifeTrace, Values: ranked(order, lives, func(l lifecycle.Life) int64 { return int64(l.Trace) })},
		day("stage_since", func(l lifecycle.Life) int32 { return l.Since }),
		{Name: lifeBase, Values: ranked(order, lives, func(l lifecycle.Life) string { return string(l.Base) })},
		count("declines", func(l lifecycle.Life) int32 { return l.Declines }),
		count("reactivations", func(l lifecycle.Life) int32 { return l.Reactivations }),
		day(lifeFrom, func(l lifecycle.Life) int32 { return l.From }),
	}
}

// writeState stages the state in order of id, so that two nights can be laid side
// by side.
func (n *night) writeState(place *publish.Staging) error {
	order := make([]int, n.customers.Len())
	for i := range order {
		order[i] = i
	}
	return writeTable(place, history.StateFile, customerRows{order, n.stateColumns}.parquet)
}
