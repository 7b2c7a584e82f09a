package explain

import (
	"clientele/analytics/publication/column"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// outlook says what the models expect.
func (w writer) outlook() (Block, bool) {
	o := w.Outlook
	if o == nil {
		return Block{}, false
	}
	b := Block{Title: w.say.Say("explain.head.outlook")}
	if !o.FutureValue.Known() {
		b.Lines = append(b.Lines, w.say.Say("explain.no_model", "reason", o.Refused))
		return b, true
	}
	b.Lines = append(b.Lines, w.say.Say("explain.chances", "alive", chance(float64(o.PAlive)), "next", chance(float64(o.PNext))))
	if o.ExpectedPurchases.Known() {
		b.Lines = append(b.Lines, w.say.Say("explain.expected",
			"purchases", quantity(float64(o.ExpectedPurchases)), "horizon", w.span(o.Horizon), "spend", moneyText(float64(o.ExpectedSpend))))
	} else {
		b.Lines = append(b.Lines, w.say.Say("explain.expected_ever", "spend", moneyText(float64(o.ExpectedSpend))))
	}
	_, future, _ := w.shownValues()
	b.Lines = append(b.Lines, w.say.Say("explain.worth", "value", moneyText(future), "low", moneyText(float64(o.FutureLow)), "high", moneyText(float64(o.FutureHigh))))
	b.Lines = append(b.Lines, w.referrals()...)
	return b, true
}

// referrals say what came of those whom the customer brought, and what went to who brought
// the customer: apart where the publication has both.
func (w writer) referrals() (lines []string) {
	value, has := w.Columns.Amount(column.ReferralValue)
	if !has {
		return nil
	}
	credit, apart := w.Columns.Amount(column.ReferralCredit)
	if !apart {
		if !isZero(value) {
			lines = append(lines, w.say.Say("explain.referral", "value", amountText(value)))
		}
		return lines
	}
	if below, _ := w.Columns.Count(column.ReferredCustomers); below > 0 {
		lines = append(lines, w.say.Say("explain.referral_credit", "customers", below, "value", amountText(credit)))
	}
	if debit := credit.Minus(value); !isZero(debit) {
		lines = append(lines, w.say.Say("explain.referral_debit", "value", amountText(debit)))
	}
	return lines
}

// shownValues are past, future and total value to the cent, so that the first two add up
// to the third.
func (w writer) shownValues() (past, future, total float64) {
	values := []money.Amount{}
	for _, c := range []*column.Column{column.PastValue, column.FutureValue} {
		v, _ := rows{w.Columns, w.Remembered}.amount(c)
		values = append(values, v)
	}
	shown := money.Shown(values)
	return shown[0], shown[1], values[0].Plus(values[1]).Cents() / money.CentsPerUnit
}

// ledgers write past and future value line by line.
func (w writer) ledgers() (Block, bool) {
	if w.PastValue == nil {
		return Block{}, false
	}
	past, future, total := w.shownValues()
	lines := w.PastValue.Lines
	var amounts []money.Amount
	if w.FutureValue != nil {
		lines = append(lines[:len(lines):len(lines)], w.FutureValue.Lines...)
	}
	for _, l := range lines {
		amounts = append(amounts, l.Amount)
	}
	shown := money.Shown(amounts)
	t := &Table{Numbers: 1, Header: []string{w.say.Say("explain.head.what"), w.moneyHeader()}}
	row := func(text string, amount float64) { t.Rows = append(t.Rows, []string{text, moneyText(amount)}) }
	for i, l := range lines {
		if i == len(w.PastValue.Lines) {
			row(w.say.Say("explain.sum_past"), past)
		}
		row("  "+w.line(l), shown[i])
	}
	if w.FutureValue == nil {
		row(w.say.Say("explain.sum_past"), past)
		return Block{Title: w.say.Say("explain.head.ledger"), Table: t}, true
	}
	if len(w.FutureValue.Lines) == 0 {
		row(w.say.Say("explain.sum_past"), past)
	}
	row(w.say.Say("explain.sum_future"), future)
	row(w.say.Say("explain.sum_total"), total)
	return Block{Title: w.say.Say("explain.head.ledger"), Table: t}, true
}

func (w writer) moneyHeader() string {
	if w.Currency != "" {
		return w.Currency
	}
	return w.say.Say("explain.head.amount")
}

// line says what a line of a ledger is.
func (w writer) line(l Line) string {
	name := l.What
	if name == LineGoods && l.Share != 0 {
		name = "goods_share"
	}
	return w.say.SayOf("explain.line", name, "count", quantity(l.Count), "each", moneyText(l.Each), "share", figures.Percent(l.Share))
}
