package explain

import (
	"slices"

	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// change says what is not what it was on the night before, and why.
func (w writer) change() (Block, bool) {
	c := w.Change
	if c == nil {
		return Block{}, false
	}
	if c.Unknown == FirstNight {
		return Block{Title: w.say.Say("explain.head.change_none"), Lines: []string{w.say.SayOf("explain.unknown", c.Unknown)}}, true
	}
	b := Block{Title: w.say.Say("explain.head.change", "day", dayText(c.Since), "days", c.Days)}
	if c.Unknown != "" {
		b.Lines = append(b.Lines, w.say.SayOf("explain.unknown", c.Unknown))
		return b, true
	}
	b.Lines = append(b.Lines, w.did(c))
	for _, s := range c.Switches {
		if s.Column == column.TierStatus.Name && (s.Was == "" || s.Is == "") {
			continue // the tier says it
		}
		b.Lines = append(b.Lines, w.say.SayOf("explain.switch", s.Column,
			"was", w.groupName(s.Column, s.Was), "is", w.groupName(s.Column, s.Is), "why", w.why(s.Why)))
	}
	b.Table = w.parts(c)
	if b.Table != nil {
		b.After = append(b.After, w.say.Say("explain.parts"))
	}
	if c.Mixed {
		b.After = append(b.After, w.say.Say("explain.mixed"))
	}
	has := func(of cause.Cause) bool {
		return slices.ContainsFunc(c.Parts, func(p Part) bool { return p.Cause == of })
	}
	if has(cause.RuleChanged) {
		b.After = append(b.After, w.say.Say("explain.rule_note"))
	}
	return b, true
}

// why says the causes of another score.
func (w writer) why(causes []cause.Cause) string {
	var texts []string
	for _, c := range causes {
		texts = append(texts, c.In(w.say))
	}
	return w.say.List(texts...)
}

// did says what the customer did since.
func (w writer) did(c *Change) string {
	switch {
	case c.Happened == "":
		return w.say.Say("explain.did_nothing")
	case c.Happened == cause.Bought && c.Mixed: // how many orders of all are new is not known
		return w.say.Say("explain.did_buy_mixed", "net", amountText(c.Net))
	case c.Happened == cause.Bought:
		return w.say.Say("explain.did_buy", "orders", c.Orders, "net", amountText(c.Net))
	case c.Happened == cause.Returned && c.Net.Float() < 0:
		return w.say.Say("explain.did_return", "net", amountText(money.Amount{}.Minus(c.Net)))
	}
	of := c.Happened
	if of == cause.Returned { // and it brought money
		of = cause.Corrected
	}
	return w.say.SayOf("explain.did_nothing_but", string(of))
}

// groupName is how a group is called.
func (w writer) groupName(of, name string) string {
	switch of {
	case column.TierStatus.Name, column.Decline.Name:
		return w.say.SayOf("explain.word", name)
	}
	return w.named.Of(kindOf[of], name)
}

// kindOf are the kinds of groups that columns name.
var kindOf = map[string]string{
	column.Segment.Name: column.BySegment.Name, column.Tier.Name: column.ByTier.Name, column.LifecycleStage.Name: column.ByStage.Name,
}

// parts are the table of what each cause came to. Its rows add up, and so do its columns.
func (w writer) parts(c *Change) *Table {
	if c.PastValue == nil && c.FutureValue == nil {
		return nil
	}
	if c.CLV == nil || c.PastValue == nil || c.FutureValue == nil {
		return w.pastAlone(c)
	}
	past, total := []money.Amount{c.PastValue.Was}, []money.Amount{c.CLV.Was}
	names := []string{w.say.Say("explain.was", "day", dayText(c.Since))}
	for _, p := range c.Parts {
		past, total = append(past, p.PastValue), append(total, p.CLV)
		names = append(names, "  "+p.Cause.In(w.say))
	}
	t := &Table{Numbers: 3, Header: []string{w.moneyHeader(), w.say.Say("explain.head.past"), w.say.Say("explain.head.future"), w.say.Say("explain.head.total")}}
	pastCents, totalCents := money.Shown(past), money.Shown(total)
	var pastSum, totalSum float64
	for i, name := range names {
		t.Rows = append(t.Rows, partRow(name, pastCents[i], totalCents[i]))
		pastSum, totalSum = pastSum+pastCents[i], totalSum+totalCents[i]
	}
	t.Rows = append(t.Rows, partRow(w.say.Say("explain.is", "day", dayText(w.AsOf)), pastSum, totalSum))
	return t
}

func partRow(name string, past, total float64) []string {
	return []string{name, moneyText(past), moneyText(total - past), moneyText(total)}
}

// pastAlone is the table of nights of which one has no value ahead.
func (w writer) pastAlone(c *Change) *Table {
	if c.PastValue == nil {
		return nil
	}
	past := []money.Amount{c.PastValue.Was}
	names := []string{w.say.Say("explain.was", "day", dayText(c.Since))}
	for _, p := range c.Parts {
		past = append(past, p.PastValue)
		names = append(names, "  "+p.Cause.In(w.say))
	}
	t := &Table{Numbers: 1, Header: []string{w.moneyHeader(), w.say.Say("explain.head.past")}}
	sum := 0.
	for i, v := range money.Shown(past) {
		t.Rows = append(t.Rows, []string{names[i], moneyText(v)})
		sum += v
	}
	t.Rows = append(t.Rows, []string{w.say.Say("explain.is", "day", dayText(w.AsOf)), moneyText(sum)})
	return t
}
