package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/internal/money"
)

// The amounts of a source whose rows name their currencies are converted to the job's, row
// by row: exactly, and rounded to the ledger's six places, halves away from zero. Money of
// several currencies without rates has no sum, and is refused.

// hasCurrencies tells whether any source names the currencies of its rows.
func (p *Plan) hasCurrencies() bool {
	return slices.ContainsFunc(p.job.Sources, func(s job.Source) bool { return s.Columns.Currency != "" })
}

// conversionData is what load.sql needs to know about currencies; empty: no source names
// them.
type conversionData struct {
	Currency, Worth                                 string
	ConvertedAmount, ConvertedCost, ConvertedRefund string
	ConvertedListPrice                              string
}

func (p *Plan) conversionData(v values) (d conversionData) {
	if !p.hasCurrencies() {
		return d
	}
	d = conversionData{
		Currency: p.currencySQL(v), Worth: p.worthSQL(),
		ConvertedAmount: p.convertedSQL("amount"), ConvertedCost: p.convertedSQL("cost"), ConvertedListPrice: p.convertedSQL("list_price"),
	}
	if p.hasRefunds() {
		d.ConvertedRefund = p.convertedSQL("refund_0")
		// A refund without a rate would be none: its row is refused as one whose amount has none.
		d.ConvertedAmount = "CASE WHEN refund_0 IS NULL OR " + d.ConvertedRefund + " IS NOT NULL THEN " + d.ConvertedAmount + " END"
	}
	return d
}

// currencySQL is the code of a row's currency; what is no code and no sign that means one
// stays as it is. A source that maps none is in the job's.
func (p *Plan) currencySQL(v values) string {
	own := "CAST(NULL AS STRING)"
	if p.job.Currency != "" {
		own = v.dialect.Literal(p.job.Currency)
	}
	if _, mapped := v.find("currency"); !mapped {
		return own
	}
	var others []string
	if p.rates != nil {
		others = p.rates.codes()
	}
	code := "upper(" + v.text("currency") + ")"
	var sql strings.Builder
	sql.WriteString("CASE " + code)
	for _, sign := range slices.Sorted(maps.Keys(currencySigns)) {
		if meaning := meant(sign, others, p.job.Currency); meaning != "" {
			sql.WriteString(" WHEN " + v.dialect.Literal(strings.ToUpper(sign)) + " THEN '" + meaning + "'")
		}
	}
	return sql.String() + " ELSE " + code + " END"
}

// worthSQL is what one unit of a row's currency is worth on its day; NULL without a rate.
// The rate is looked up by a sub-query, as the partners of joins are.
func (p *Plan) worthSQL() string {
	if p.rates == nil {
		return "CAST(NULL AS " + rateType + ")"
	}
	day := "DATE '" + anyDay + "'"
	if p.rates.daily {
		day = "least(own.day, DATE '" + p.rates.lastDay() + "')"
	}
	return "(SELECT " + p.at.Dialect().Write("only", "r.rate") + " FROM " + ratesTable + " AS r WHERE r.currency = own.currency AND r.day = " + day + ")"
}

// convertedSQL is an amount of a row in the job's currency; NULL without a rate. Without
// rates at all the rows that count are refused, and the others have no part in sums.
func (p *Plan) convertedSQL(amount string) string {
	if p.job.Currency == "" {
		return amount
	}
	return "CASE WHEN currency = " + p.at.Dialect().Literal(p.job.Currency) + " OR " + amount + " = 0 THEN " + amount +
		" ELSE " + asMoney(p.at.Dialect().Write("rated", amount, "worth")) + " END"
}

// unconverted is a kind of rows that need a rate and have none.
type unconverted struct {
	currency string
	day      string
	first    place
}

// checkCurrencies refuses rows whose money cannot be counted in the job's currency.
func (p *Plan) checkCurrencies(ctx context.Context) error {
	for i, s := range p.job.Sources {
		if s.Columns.Currency == "" {
			continue
		}
		found, err := p.currenciesOf(ctx, i)
		if err != nil {
			return err
		}
		if err := p.checkCurrency(i, found); err != nil {
			return err
		}
	}
	return p.oneCurrencyOfAll(ctx)
}

// currenciesOf are the currencies of a source's rows, those without a rate by their first
// row; by day too where rates are.
func (p *Plan) currenciesOf(ctx context.Context, source int) ([]unconverted, error) {
	d := p.at.Dialect()
	rows, err := p.wholeText(ctx, p.unconvertedPart(source), `SELECT coalesce(currency, ''), CAST(first.day AS STRING), first.file, first.line FROM (
		SELECT currency, min(`+d.Write("row")+d.Write("field", "file")+` file, `+d.Write("field", "line")+` first.line, `+d.Write("field", "day")+` first.day`+d.Write("end_row")+`) AS first FROM <part> AS found
		GROUP BY currency) ORDER BY first`)
	if err != nil {
		return nil, fmt.Errorf("ledger: currencies: %w", err)
	}
	var found []unconverted
	for _, r := range rows {
		u := unconverted{currency: r[0], day: r[1]}
		if _, err := fmt.Sscan(r[2]+" "+r[3], &u.first.file, &u.first.line); err != nil {
			return nil, fmt.Errorf("ledger: currencies: %w", err)
		}
		found = append(found, u)
	}
	return found, nil
}

// unconvertedPart are the same by file.
func (p *Plan) unconvertedPart(source int) part {
	lacking, hasMoney := "TRUE", "original <> 0"
	if p.hasRefunds() {
		hasMoney += " OR refund_original > 0"
	}
	if p.rates != nil {
		lacking = "amount IS NULL"
	}
	d := p.at.Dialect()
	return part{
		name: fmt.Sprintf("unconverted_%d", source), adds: engine.Adds{Keys: []string{"file", "currency"}, Least: []string{"first"}}, byFile: true,
		sql: fmt.Sprintf(`SELECT file, currency, min(%s) AS first FROM ledger
		WHERE source = %d AND original IS NOT NULL AND (reason IS NULL OR reason IN ('anonymous', 'amount_unreadable'))
			AND (%s OR currency IS NULL) AND (%s OR currency IS NOT NULL)
		GROUP BY file, currency`, d.Write("row")+d.Write("field", "line")+" line, "+d.Write("field", "day")+" day"+d.Write("end_row"), source, lacking, hasMoney),
	}
}

func (p *Plan) checkCurrency(source int, found []unconverted) error {
	for _, u := range found {
		_, isCode := currencyCode(u.currency)
		switch {
		case u.currency == "":
			return p.dataErrorAt(u.first, "the row has an amount and no currency; say what an empty one means, for example sources.%d.columns.currency: coalesce(currency, 'EUR'), or fill it from the line above by fill_down", source)
		case !isCode:
			return p.dataErrorAt(u.first, "currency: %q is no code such as EUR and no sign of one currency alone%s; write the code in sources.%d.columns.currency, for example replace(currency, '$', 'CAD')", u.currency, mayMean(u.currency), source)
		case p.rates == nil:
			continue
		case !p.rates.has(u.currency):
			return p.dataErrorAt(u.first, "the amount is in %s, and %s has no rate for it; add a line for %s, or leave such rows out by sources.%d.where", u.currency, p.rates.Path, u.currency, source)
		default:
			return p.dataErrorAt(u.first, "the amount is in %s on %s, and %s has no rate for it on or before that day, or one by which the amount is beyond ±10^12; add one, or leave such rows out by sources.%d.where", u.currency, u.day, p.rates.Path, source)
		}
	}
	return nil
}

func mayMean(sign string) string {
	if codes := meanings(sign); len(codes) > 1 {
		return ": it may mean " + strings.Join(codes[:2], ", ") + " or others"
	}
	return ""
}

// oneCurrencyOfAll makes sure that money is in one currency where there are no rates, and
// that this is the job's.
func (p *Plan) oneCurrencyOfAll(ctx context.Context) error {
	if p.rates != nil || !p.hasCurrencies() {
		return nil
	}
	known := p.job.Currency
	for i, s := range p.job.Sources {
		if s.Columns.Currency == "" {
			continue
		}
		found, err := p.currenciesOf(ctx, i)
		if err != nil {
			return err
		}
		for _, u := range found {
			if known == "" && p.shown.codes != nil && !slices.Contains(p.shown.codes, u.currency) {
				known = strings.Join(p.shown.codes, " or ")
			}
			if known != "" && u.currency != known {
				return p.dataErrorAt(u.first, "the amount is in %s, and others or the job's are in %s: money of several currencies cannot be added; write rates: rates.csv, a file with the columns currency, rate and, if need be, day, which says what one unit of each is worth in the job's currency%s",
					u.currency, known, p.statesCurrency())
			}
			known = u.currency
		}
	}
	return nil
}

func (p *Plan) statesCurrency() string {
	if p.job.Currency == "" {
		return ", and currency: of the job"
	}
	return ""
}

// CurrencyCount is how much money came in, in one currency.
type CurrencyCount struct {
	Currency  string
	Rows      int64
	Original  money.Amount // in that currency
	Converted money.Amount // in the job's
}

// countCurrencies are the rows used by their currency, where sources name any.
func (p *Plan) countCurrencies(ctx context.Context) (all []CurrencyCount, err error) {
	if !p.hasCurrencies() {
		return nil, nil
	}
	sql, err := p.whole(ctx, p.currencyPart())
	if err != nil {
		return nil, err
	}
	err = engine.ForEach(ctx, p.at, "SELECT * FROM ("+sql+") ORDER BY currency", func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		currency := engine.Take[*array.String](&c, "currency")
		rows := engine.Take[*array.Int64](&c, "rows")
		original := engine.Take[*array.Decimal128](&c, "original")
		converted := engine.Take[*array.Decimal128](&c, "converted")
		for i := range int(b.NumRows()) {
			all = append(all, CurrencyCount{strings.Clone(currency.Value(i)), rows.Value(i), money.Of(original.Value(i)), money.Of(converted.Value(i))})
		}
		return c.Err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: currencies: %w", err)
	}
	return all, nil
}

// currencyPart is the money of the rows used by their currency.
func (p *Plan) currencyPart() part {
	ofTheFile := "TRUE" // a refund that was made of its sale's row is no row of a file
	if p.matches() {
		ofTheFile = "NOT on_sale"
	}
	return part{
		name: "currency", adds: engine.Adds{Keys: []string{"currency"}},
		sql: `SELECT currency, count(*) FILTER (WHERE ` + ofTheFile + `) AS rows,
		CAST(coalesce(sum(CASE WHEN amount = 0 THEN 0 WHEN is_return THEN -abs(original) ELSE original END), 0) AS DECIMAL(38, 6)) AS original,
		CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 6)) AS converted
		FROM ledger WHERE reason IS NULL AND currency IS NOT NULL GROUP BY currency`,
	}
}
