package ledger

import (
	"context"
	"fmt"
	"strconv"

	"clientele/analytics/engine"
)

// Amounts are read as 1234.56. Many countries write 1.234,56 or 1'234.56 instead. Then
// 1.250 means twelve hundred and fifty, but reads as one and a quarter without a
// complaint, and 99,90 cannot be read at all. A single value tells little, the column
// does: if some of its values cannot be read and are written that way, the values that
// can be read in two ways may all have been read wrongly.

// amountForm is how an amount is written, where that says something.
type amountForm uint8

const (
	decimalComma amountForm = 1 // cannot be read: 99,90 or 1.234,56, or 1.234.56 of a half-mended column
	grouped      amountForm = 2 // cannot be read: 1,234.56 or 1,23,456 or 1'234 or 1 234
	twoWays      amountForm = 3 // can be read: 1.250
	spacedComma  amountForm = 4 // cannot be read: 1 234,56 or 1'234,56
	dotted       amountForm = 5 // can be read, and in one way: 12.50
	unread       amountForm = 6 // is there and cannot be read: n/a
	back         amountForm = 7 // cannot be read: 12.50- or (12.50), as accounts write what is given back, or a minus of typesetters
	backComma    amountForm = 8 // cannot be read: 12,50- or (1.234,56)
	priced       amountForm = 9 // cannot be read: $12.50 or 12.50 EUR
	pricedComma  amountForm = 10
)

// The ways in which amounts are written, as regular expressions of the engine.
const (
	groupSign      = `[ ''\x{2019}\x{a0}\x{2009}\x{202f}]` // between thousands, beside points and commas
	twoWaysText    = `[-+]?[1-9]\d{0,2}(\.\d{3})+`
	commaText      = `[-+]?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+(,\d+|\.\d{1,2})|\d{1,3}(\.\d{3}){2,})`
	spacedText     = `[-+]?\d{1,3}(` + groupSign + `\d{3})+,\d+`
	groupedText    = `[-+]?(\d{1,3}(` + groupSign + `\d{3})+|\d{1,3}(,\d{2,3})*,\d{3})(\.\d+)?`
	digitsText     = `\d{1,3}([.,]?` + groupSign + `?\d{1,4})*`
	currencyText   = `([A-Z]{0,3}\p{Sc}|[A-Z]{3}|[Kk]r\.?|zł|Kč|Ft|元|円|圆|원)`
	signText       = `[-+\x{2212}]?`
	plainText      = signText + digitsText
	beforeText     = signText + currencyText + groupSign + `?` + signText + digitsText
	behindText     = plainText + groupSign + `?` + currencyText
	pricedText     = beforeText + `|` + behindText
	backText       = `\((` + plainText + `|` + pricedText + `)\)|(` + plainText + `|` + pricedText + `)` + groupSign + `?[-\x{2212}]|\x{2212}` + digitsText
	commaLastText  = `.*\d,\d{1,2}\D*`
	noValueWords   = `'null', 'nan', 'none', 'n/a', '\n'`
	largestByComma = 1000 // amounts from here on have signs between their thousands
)

// amountFormSQL tells how the amount or cost of a row is written; NULL where
// the export does not write it as text.
func (b *batch) amountFormSQL(v values, name string) string {
	m, ok := v.find(name)
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
	text = trimmedSQL(text)
	is := func(pattern string) string { return "regexp_full_match(" + text + ", '" + pattern + "')" }
	readable := v.money(name, "NULL") + " IS NOT NULL"
	return fmt.Sprintf(`CASE
            WHEN %[2]s AND (%[1]s)[-4] = '.' AND %[3]s THEN %[7]d
            WHEN %[2]s AND contains(%[1]s, '.') THEN %[8]d
            WHEN %[2]s THEN NULL
            WHEN %[4]s THEN %[9]d
            WHEN %[5]s THEN %[10]d
            WHEN %[6]s THEN %[11]d
            WHEN %[14]s THEN CASE WHEN %[16]s THEN %[18]d ELSE %[17]d END
            WHEN %[15]s THEN CASE WHEN %[16]s THEN %[20]d ELSE %[19]d END
            WHEN %[1]s <> '' AND lower(%[1]s) NOT IN (%[12]s) THEN %[13]d
        END`, text, readable, is(twoWaysText), is(commaText), is(spacedText), is(groupedText),
		twoWays, dotted, decimalComma, spacedComma, grouped, noValueWords, unread,
		is(backText), is(pricedText), is(commaLastText), back, backComma, priced, pricedComma)
}

// doubtful is what is known of the forms of a source's amounts.
type doubtful struct {
	name                    string // amount or cost
	source, file            int
	line                    int64
	commas, spaced, groups  int64
	signed, signedCommas    int64 // have signs beside the number, with a point or a comma in it
	back, negative          int64 // are given back: of signed and signedCommas; and of those that can be read
	twoWays, dotted, unread int64
	large                   int64 // can be read, and have thousands
	total                   int64
}

// notRead are the amounts that are written in another notation.
func (d doubtful) notRead() int64 {
	return d.commas + d.spaced + d.groups + d.signed + d.signedCommas
}

// isSlips tells whether the amounts that cannot be read are typing mistakes in a column
// that is otherwise written as it is read.
func (d doubtful) isSlips() bool {
	const (
		slips = 0.01 // of the amounts, as many as malformed lines; and one slip is one
		many  = 20   // times as many
	)
	switch {
	case float64(d.notRead()) > max(1, slips*float64(d.total)):
		return false
	case d.back > 1 && d.negative < d.back:
		return false // nor these: all that was given back
	case d.groups > 1 && d.large < d.groups:
		return false // no slips: these are the largest amounts, and all others have no thousands to part
	case d.twoWays == 0:
		return true
	}
	// Prices of fuel have three decimals throughout, among others that have two.
	return d.twoWays >= many*d.notRead() && d.dotted >= many*d.notRead()
}

// checkAmountForms refuses a source whose amounts or costs are not written as
// they are read: where some can be read in two ways, and where more cannot be
// read than single slips.
func (p *Plan) checkAmountForms(ctx context.Context) error {
	names := []string{"amount"}
	if p.HasCost {
		names = append(names, "cost")
	}
	p.unreadCosts = make([]int64, len(p.job.Sources))
	for _, name := range names {
		found, err := p.doubtful(ctx, name)
		if err != nil {
			return err
		}
		for _, d := range found {
			if d.notRead() > 0 && !d.isSlips() {
				return &DataError{Path: p.pathOf(d.file), Line: d.line, Message: fmt.Sprintf(
					"%d of %d %ss are written in a way that is not read as a number, the first on this line%s; %s; if they are slips, leave their rows out by sources.%d.where",
					d.notRead(), d.total, d.name, alsoTwoWays(d.twoWays), p.amountFormRemedy(d), d.source)}
			}
			if name == "cost" {
				p.unreadCosts[d.source] = d.notRead() + d.unread
			}
		}
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
	m, _ := values{b.mapped}.find(d.name)
	if columns := m.columns(); len(columns) > 0 {
		column = b.columns[columns[len(columns)-1]].name
		if !wordsOnly.MatchString(column) {
			column = engine.Identifier(column)
		}
	}
	key := fmt.Sprintf("sources.%d.columns.%s", d.source, d.name)
	negative := "if(regexp_matches(" + column + ", '[(−-]'), '-', '') || "
	switch {
	case d.signed+d.signedCommas > 0 && d.commas+d.spaced+d.signedCommas <= d.groups+d.signed:
		return fmt.Sprintf("if they are like 12.50- or (12.50) where money is given back, or have a currency beside them, write %s in %s", negative+`regexp_replace(`+column+`, '[^0-9.]', '', 'g')`, key)
	case d.signed+d.signedCommas > 0:
		return fmt.Sprintf("if they are like 12,50-, or like 12,50 € with a currency beside them, write %s in %s", negative+`replace(regexp_replace(`+column+`, '[^0-9,]', '', 'g'), ',', '.')`, key)
	case d.commas+d.spaced < d.groups:
		return fmt.Sprintf("if they are like 1,234.56, with signs between the thousands, write %s in %s", `regexp_replace(`+column+`, '[^0-9.+-]', '', 'g')`, key)
	case d.spaced+d.groups > 0: // other signs than points between the thousands
		return fmt.Sprintf("if they are like 1 234,56, with a comma before the decimals, write %s in %s", `replace(regexp_replace(`+column+`, '[^0-9,+-]', '', 'g'), ',', '.')`, key)
	}
	return fmt.Sprintf("if they are like 1.234,56, with a comma before the decimals, write %s in %s", "replace(replace("+column+", '.', ''), ',', '.')", key)
}

// doubtful asks the ledger for the forms of amounts or costs, by source.
func (p *Plan) doubtful(ctx context.Context, name string) ([]doubtful, error) {
	sql, err := statement("amount_forms.sql", struct {
		Name, Written                        string
		Commas, Spaced, Groups               int
		Back, BackComma, Priced, PricedComma int
		TwoWays, Dotted, Unread, Large       int
	}{
		name, map[string]string{
			"amount": "amount IS NOT NULL OR reason = 'amount_unreadable'",
			"cost":   "cost_form IS NOT NULL OR cost IS NOT NULL",
		}[name],
		int(decimalComma), int(spacedComma), int(grouped),
		int(back), int(backComma), int(priced), int(pricedComma), int(twoWays), int(dotted), int(unread), largestByComma,
	})
	if err != nil {
		return nil, err
	}
	rows, err := engine.Text(ctx, p.engine, sql)
	if err != nil {
		return nil, fmt.Errorf("ledger: forms of amounts: %w", err)
	}
	var all []doubtful
	for _, r := range rows {
		var n [15]int64
		for i, cell := range r {
			if n[i], err = strconv.ParseInt(cell, 10, 64); err != nil {
				return nil, fmt.Errorf("ledger: forms of amounts: %w", err)
			}
		}
		all = append(all, doubtful{name, int(n[0]), int(n[1]), n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14]})
	}
	return all, nil
}

// commaHint is for a formula that computes and cannot be bound. It tells whether one of
// its columns holds numbers with decimal commas, and how to read them; it is empty if
// none does.
func (b *batch) commaHint(ctx context.Context, e engine.Engine, f formula) (string, error) {
	if f.role != roleNumber {
		return "", nil
	}
	for _, i := range f.columns() {
		if b.columns[i].kind != textKind {
			continue
		}
		rows, err := engine.Text(ctx, e, fmt.Sprintf(
			`SELECT coalesce(2 * count(*) FILTER (WHERE regexp_full_match(trim(%[1]s), '[-+]?\d[\d. ]*,\d+')) >= count(%[1]s), FALSE) AND count(%[1]s) > 0 FROM %[2]s`, rawColumn(i), b.sample))
		if err != nil {
			return "", fmt.Errorf("ledger: forms of amounts: %w", err)
		}
		if rows[0][0] == "true" {
			name := b.columns[i].name
			if !wordsOnly.MatchString(name) {
				name = engine.Identifier(name)
			}
			return fmt.Sprintf("; the numbers in %s are written with decimal commas: write CAST(replace(replace(%s, '.', ''), ',', '.') AS DECIMAL(18, 6)) in its place", name, name), nil
		}
	}
	return "", nil
}
