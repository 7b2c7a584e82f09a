package analytics

import (
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/customers"
	"clientele/analytics/ledger"
	"clientele/analytics/publish"
	"clientele/analytics/rfm"
	"clientele/segment/lifecycle"
)

// customerColumns are the columns of `customers` in the order of the contract, of
// the customers that order names, the first of whom has the rank first. A stage
// that is off leaves its columns out.
func (n *night) customerColumns(order []int, first int) []publish.Col {
	columns := n.identityColumns(order, first)
	columns = append(columns, n.scoreColumns(order)...)
	columns = append(columns, n.worthColumns(order)...)
	columns = append(columns, n.tierColumns(order)...)
	columns = append(columns, n.stageColumns(order)...)
	return append(columns, n.attributeColumns(order)...)
}

// attributeColumns are what a job maps beside what it must, in the order of the
// ledger: labels, and numbers that tiers count, which are sums.
func (n *night) attributeColumns(order []int) []publish.Col {
	var columns []publish.Col
	sums := n.job.MappedMetrics()
	for _, name := range n.attributes {
		if k := slices.Index(sums, name); k >= 0 {
			columns = append(columns, publish.Col{Name: name, Values: ranked(order, n.tiers.Sums[k], decimal128.FromI64), Scale: ledger.MoneyScale})
			continue
		}
		k := slices.IndexFunc(n.customers.Attributes, func(a customers.Attribute) bool { return a.Name == name })
		columns = append(columns, texts(name, order, n.customers.Attributes[k].Values))
	}
	return columns
}

func (n *night) identityColumns(order []int, first int) []publish.Col {
	t, today := n.customers, epochDays(n.asOf)
	rank := make([]int64, len(order))
	for i := range rank {
		rank[i] = int64(first + i)
	}
	return []publish.Col{
		{Name: "rank", Values: rank},
		texts("customer_id", order, t.ID),
		{Name: "first_day", Values: ranked(order, t.FirstDay, calendarDay)},
		{Name: "last_day", Values: ranked(order, t.LastDay, calendarDay)},
		counts("orders", order, t.Orders),
		counts("purchase_days", order, t.PurchaseDays),
		{Name: "recency_days", Values: ranked(order, t.LastDay, func(last int32) int64 { return int64(today - last) })},
	}
}

func (n *night) scoreColumns(order []int) []publish.Col {
	if n.job.RFM == nil {
		return nil
	}
	s := n.scores
	codes := make([]string, len(order))
	for rank, i := range order {
		codes[rank] = rfm.Code(s.R[i], s.F[i], s.M[i])
	}
	score := func(name string, column []int8) publish.Col {
		return publish.Col{Name: name, Values: ranked(order, column, func(v int8) int64 { return int64(v) })}
	}
	columns := []publish.Col{
		counts("frequency", order, n.customers.RFMOrders),
		money("monetary", order, n.customers.RFMNet),
		score("r", s.R), score("f", s.F), score("m", s.M),
		{Name: "rfm", Values: codes},
		texts("segment", order, s.Segment),
	}
	if s.Combined != nil {
		columns = append(columns, numbers("rfm_score", order, s.Combined))
	}
	return columns
}

func (n *night) worthColumns(order []int) []publish.Col {
	w := n.worth
	if w == nil {
		return nil
	}
	columns := []publish.Col{
		{Name: "x", Values: ranked(order, w.Panel.X, func(x float64) int64 { return int64(x) })},
		numbers("t_x", order, w.Panel.TX),
		numbers("t", order, w.Panel.T),
		n.modelColumn("p_alive", order, w.PAlive),
		n.modelColumn("p_next", order, w.PNext),
		n.modelColumn("expected_purchases", order, w.Expected),
		numbers("expected_spend", order, w.Spend),
		numbers("past_value", order, w.Past),
		n.modelColumn("future_value", order, w.Future),
		n.modelColumn("future_low", order, w.Low),
		n.modelColumn("future_high", order, w.High),
		numbers("clv", order, w.CLV),
	}
	return columns
}

// modelColumn is a column that a lifetime model fills; without one it is empty.
func (n *night) modelColumn(name string, order []int, values []float64) publish.Col {
	if !n.worth.Modelled() {
		return publish.Col{Name: name, Values: make([]float64, len(order)), Valid: make([]bool, len(order))}
	}
	return numbers(name, order, values)
}

func (n *night) stageColumns(order []int) []publish.Col {
	s := n.stages
	if s == nil {
		return nil
	}
	columns := []publish.Col{
		{Name: "stage", Values: ranked(order, s.Stage, asText[lifecycle.Stage])},
		{Name: "stage_since", Values: ranked(order, s.Since, calendarDay)},
		numbers("momentum", order, s.Momentum),
		{Name: "decline", Values: ranked(order, s.Decline, asText[lifecycle.Decline])},
		{Name: "decline_from", Values: ranked(order, s.DeclineFrom, asText[lifecycle.Stage])},
	}
	if n.worth != nil {
		columns = append(columns, n.modelColumn("value_at_risk", order, n.atRisk.values()))
	}
	if n.interests != nil {
		columns = append(columns, texts("lost_interest", order, n.interests.lost))
	}
	return append(columns,
		texts("reasons", order, s.Reasons),
		publish.Col{Name: "decline_onset", Values: ranked(order, s.Onset, tierDay)},
		numbers("rate_before", order, s.RateBefore),
		numbers("rate_after", order, s.RateAfter),
		publish.Col{Name: "declines", Values: ranked(order, s.Declines, func(v int32) int64 { return int64(v) })},
		publish.Col{Name: "reactivations", Values: ranked(order, s.Reactivations, func(v int32) int64 { return int64(v) })},
		publish.Col{Name: "reactivated_since", Values: ranked(order, s.ReactivatedSince, tierDay)},
	)
}

func same[T any](v T) T { return v }

func asText[T ~string](v T) string { return string(v) }

func texts(name string, order []int, column []string) publish.Col {
	return publish.Col{Name: name, Values: ranked(order, column, same[string])}
}

func counts(name string, order []int, column []int64) publish.Col {
	return publish.Col{Name: name, Values: ranked(order, column, same[int64])}
}

// numbers is a column of a model's numbers. What is unknown (NaN) and what has
// no bound (purchases for ever, of customers who may never leave) is empty.
func numbers(name string, order []int, column []float64) publish.Col {
	values := ranked(order, column, same[float64])
	valid := make([]bool, len(values))
	for i, v := range values {
		valid[i] = !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return publish.Col{Name: name, Values: values, Valid: valid}
}

func money(name string, order []int, column []ledger.Money) publish.Col {
	return publish.Col{
		Name:   name,
		Values: ranked(order, column, func(m ledger.Money) decimal128.Num { return m.Num() }),
		Scale:  ledger.MoneyScale,
	}
}
