package ledger

import (
	"context"
	"slices"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// Some exports say on the row of an order how much of its money was given back. Such a
// refund becomes a return: a second row of the ledger, at the place of the first. It is
// counted with the returns and not with the rows of the file.

// hasRefunds tells whether any source says on a sale what was given back of it.
func (p *Plan) hasRefunds() bool {
	return slices.ContainsFunc(p.job.Sources, func(s job.Source) bool { return s.Columns.Refund != "" })
}

// refundSQL is the refund of a row and its day; nil where no source has any.
func (p *Plan) refundSQL(b *batch, v values, timeKind string) []string {
	if !p.hasRefunds() {
		return nil
	}
	refund := "CAST(nullif(abs(" + v.money("refund", "CAST(NULL AS "+moneyType+")") + "), 0) AS " + moneyType + ")"
	return []string{refund, p.refundDaySQL(b, v, timeKind)}
}

// refundDaySQL is the day of a row's refund: that of the row where no other is given.
func (p *Plan) refundDaySQL(b *batch, v values, timeKind string) string {
	sale := daySQL(timeKind, p.times[b.source], p.job.Timezone, p.job.Sources[b.source].Timezone)
	m, mapped := v.find("refund_time")
	if !mapped {
		return sale
	}
	return "CASE WHEN " + v.text("refund_time") + " IS NULL THEN " + sale + " ELSE " + p.secondDaySQL(b, m) + " END"
}

// secondDaySQL is the day of a second time of a row. Text is read as that of the first:
// one program wrote both.
func (p *Plan) secondDaySQL(b *batch, m mapped) string {
	text := m.result()
	if !isTime(m.kind) { // a count of seconds too is read by its digits
		text = trimmedSQL(dialect.DuckDB, TextSQL(text, m.kind))
	}
	return clockSQL(text, "DATE", m.kind, p.times[b.source], p.job.Timezone, p.job.Sources[b.source].Timezone)
}

// refundFaultSQL is why a row cannot be used for its refund, as a condition of each of the
// two reasons: it is there and no number, or its time is there and none.
func (p *Plan) refundFaultSQL(b *batch, v values) (amount, time string) {
	amount, time = "FALSE", "FALSE"
	if text := b.givenText(v, "refund"); text != "" {
		amount = "(" + text + " IS NOT NULL AND NOT " + noValueSQL(dialect.DuckDB, text) + " AND " + v.money("refund", "NULL") + " IS NULL)"
	}
	if m, mapped := v.find("refund_time"); mapped {
		time = "(" + v.money("refund", "NULL") + " <> 0 AND " + v.text("refund_time") + " IS NOT NULL AND " + p.secondDaySQL(b, m) + " IS NULL)"
	}
	return amount, time
}

// addRefunds makes a row of each refund that was given by the last day that counts.
func (p *Plan) addRefunds(ctx context.Context, limit any) error {
	if !p.hasRefunds() {
		return nil
	}
	// What is said on the day of the sale is not said again on the day of the refund: a
	// consent that was withdrawn in between would be given anew.
	once := p.Signs()
	for _, name := range p.Attributes { // and numbers are summed by customer
		once = append(once, engine.Identifier(AttributeColumn(name)))
	}
	return p.execWith(ctx, "add_refunds.sql", struct {
		Joined, Currencies bool
		Once               []string
	}{p.hasJoins(), p.hasCurrencies(), once}, limit)
}
