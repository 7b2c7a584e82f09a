package ledger

import (
	"context"
	"fmt"
	"strconv"

	"clientele/analytics/engine"
)

// Amounts are read as 1234.56. In many countries the same amount is written
// 1.234,56 or 1,234.56 or 1'234.56, and then 1.250 is twelve hundred and fifty,
// which reads as one and a quarter without a complaint, while 99,90 cannot be
// read at all. Each value alone tells little; the column tells: where some
// values cannot be read and are written like that, those that can be read in
// two ways may all have been read in the wrong one.

// amountForm is a doubtful way to write an amount.
type amountForm uint8

const (
	decimalComma amountForm = 1 // cannot be read: 99,90 or 1.234,56, or 1.234.56 of a half-mended column
	grouped      amountForm = 2 // cannot be read: 1,234.56 or 1'234 or 1 234
	twoWays      amountForm = 3 // can be read: 1.250
)

// amountFormSQL tells how an amount is written; NULL where there is no doubt, and
// where the export does not write it as text.
func (b *batch) amountFormSQL(v values) string {
	m, ok := v.find("amount")
	text := ""
	switch {
	case !ok:
	case m.kind == textKind:
		text = m.result()
	default:
		for _, i := range m.columns() {
			if b.columns[i].kind == textKind && m.numbers[i] {
				text = rawColumn(i) // of several factors the last: prices follow quantities
			}
		}
	}
	if text == "" {
		return "CAST(NULL AS UTINYINT)"
	}
	return fmt.Sprintf(`CASE
            WHEN %[2]s IS NOT NULL AND %[1]s[-4] IS DISTINCT FROM '.' THEN NULL
            WHEN %[2]s IS NOT NULL THEN CASE WHEN regexp_full_match(trim(%[1]s), '[-+]?[1-9]\d{0,2}(\.\d{3})+') THEN %[5]d END
            WHEN regexp_full_match(trim(%[1]s), '[-+]?(\d+|\d{1,3}([. ''’\x{a0}\x{202f}]\d{3})+)[.,]\d{1,2}') THEN %[3]d
            WHEN regexp_full_match(trim(%[1]s), '[-+]?\d{1,3}([, ''’\x{a0}\x{202f}]\d{3})+(\.\d+)?') THEN %[4]d
        END`, text, v.money("amount", "NULL"), decimalComma, grouped, twoWays)
}

// doubtful is what is known of the forms of a source's amounts.
type doubtful struct {
	source, file                   int
	line                           int64
	commas, groups, twoWays, total int64
}

// checkAmountForms refuses a source whose amounts are not written as they are
// read: where some can be read in two ways, and where more cannot be read than
// single slips.
func (p *Plan) checkAmountForms(ctx context.Context) error {
	found, err := p.doubtful(ctx)
	if err != nil {
		return err
	}
	const slips = 0.01 // of the amounts, as many as malformed lines; and one slip is one
	for _, d := range found {
		unread := d.commas + d.groups
		if d.twoWays == 0 && float64(unread) <= max(1, slips*float64(d.total)) {
			continue
		}
		return &DataError{Path: p.pathOf(d.file), Line: d.line, Message: fmt.Sprintf(
			"%d of %d amounts are written in a way that is not read as a number, the first on this line%s; %s",
			unread, d.total, alsoTwoWays(d.twoWays), p.amountFormRemedy(d))}
	}
	return nil
}

func alsoTwoWays(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and %d, such as 1.250 would be, can be read in two ways", n)
}

// amountFormRemedy says how to write the expression of the amount.
func (p *Plan) amountFormRemedy(d doubtful) string {
	column := "column"
	b := p.batchOf(d.file)
	for k, candidate := range p.batches {
		if candidate != b {
			continue
		}
		m, _ := values{p.mapped[k]}.find("amount")
		if columns := m.columns(); len(columns) > 0 {
			column = b.columns[columns[len(columns)-1]].name
			if !wordsOnly.MatchString(column) {
				column = engine.Identifier(column)
			}
		}
	}
	key := fmt.Sprintf("sources.%d.columns.amount", d.source)
	if d.commas >= d.groups {
		return fmt.Sprintf("if they are like 1.234,56, with a comma before the decimals, write %s in %s", "replace(replace("+column+", '.', ''), ',', '.')", key)
	}
	return fmt.Sprintf("if they are like 1,234.56, with signs between the thousands, write %s in %s", `regexp_replace(`+column+`, '[^0-9.+-]', '', 'g')`, key)
}

// doubtful asks the ledger for sources with amounts that cannot be read.
func (p *Plan) doubtful(ctx context.Context) ([]doubtful, error) {
	sql, err := statement("amount_forms.sql", nil)
	if err != nil {
		return nil, err
	}
	rows, err := engine.Text(ctx, p.engine, "SELECT source, first.file, first.line, commas, groups, two_ways, rows FROM ("+sql+")", int(decimalComma), int(grouped), int(twoWays))
	if err != nil {
		return nil, fmt.Errorf("ledger: forms of amounts: %w", err)
	}
	var all []doubtful
	for _, r := range rows {
		var n [7]int64
		for i, cell := range r {
			if n[i], err = strconv.ParseInt(cell, 10, 64); err != nil {
				return nil, fmt.Errorf("ledger: forms of amounts: %w", err)
			}
		}
		all = append(all, doubtful{int(n[0]), int(n[1]), n[2], n[3], n[4], n[5], n[6]})
	}
	return all, nil
}
