package explain

import (
	"strconv"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// history lists the nights on which something changed.
func (w writer) history() (Block, bool) {
	h := w.History
	if h == nil {
		return Block{}, false
	}
	b := Block{Title: w.say.Say("explain.head.history"), Lines: []string{
		w.say.Say("explain.history", "nights", h.Nights, "first", h.First, "last", h.Last),
	}}
	t := &Table{Numbers: 5, Header: []string{
		w.say.Say("explain.head.night"), w.say.Say("explain.head.orders"), w.say.Say("explain.head.spend"), w.say.Say("explain.head.rfm"),
		w.say.Say("explain.sum_future"), w.say.Say("explain.sum_total"),
		w.say.Say("explain.head.group"), w.say.Say("explain.head.stage_short"), w.say.Say("explain.head.tier"),
	}}
	for _, n := range h.Lines {
		t.Rows = append(t.Rows, w.historyRow(n))
	}
	if len(t.Rows) > 0 {
		b.Table = t
	}
	if h.Absent > 0 {
		b.After = append(b.After, w.say.Say("explain.history_absent", "nights", h.Absent))
	}
	for _, s := range h.Skipped {
		b.After = append(b.After, w.say.Say("explain.history_skipped", "night", s.AsOf, "why", s.Why))
	}
	b.After = append(b.After, w.say.Say("explain.history_unchecked"))
	return b, true
}

// historyRow is a night as a row; texts stand behind the numbers.
func (w writer) historyRow(n HistoryNight) []string {
	if n.Columns == nil {
		return []string{n.AsOf, "", "", "", "", "", w.say.Say("explain.history_gone"), "", ""}
	}
	r := n.Columns
	orders, _ := r.Count(column.Orders)
	net, _ := r.Amount(column.Net)
	row := []string{n.AsOf, quantity(float64(orders)), amountText(net), rfmText(r)}
	row = append(row, historyValues(r)...)
	stage := w.group(r, column.LifecycleStage)
	if decline := r.Text(column.Decline); decline != "" && decline != "none" {
		stage += " (" + w.say.SayOf("explain.word", decline) + ")"
	}
	tier := w.group(r, column.Tier)
	if status := r.Text(column.TierStatus); status != "" && status != "active" {
		tier += " (" + w.say.SayOf("explain.word", status) + ")"
	}
	return append(row, w.group(r, column.Segment), stage, tier)
}

// group is what a customer's group is called; empty for none.
func (w writer) group(r *publication.Row, c *column.Column) string {
	if name := r.Text(c); name != "" {
		return w.groupName(c.Name, name)
	}
	return ""
}

// rfmText are the three scores as customers has them; empty where there are none.
func rfmText(r *publication.Row) (text string) {
	for _, c := range []*column.Column{column.R, column.F, column.M} {
		score, has := r.Count(c)
		if !has {
			return ""
		}
		if text != "" {
			text += "-"
		}
		text += strconv.FormatInt(score, 10)
	}
	return text
}

// historyValues are the value ahead and the total value, to the cents that they have in
// the other tables.
func historyValues(r *publication.Row) []string {
	future, known := r.Number(column.FutureValue)
	total, valued := r.Number(column.CLV)
	switch {
	case !valued:
		return []string{"", ""}
	case !known:
		return []string{"", moneyText(total)}
	}
	past := money.FromFloat(total).Minus(money.FromFloat(future))
	shown := money.Shown([]money.Amount{past, money.FromFloat(future)})
	return []string{moneyText(shown[1]), moneyText(shown[0] + shown[1])}
}
