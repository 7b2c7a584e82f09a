package draft

import (
	"slices"

	"clientele/analytics/ledger"
)

// rateNames are names of a column of rates of exchange.
var rateNames = []string{"rate", "exchange rate", "fx rate", "kurs", "wechselkurs", "taux", "cours", "tipo de cambio", "cambio", "taxa", "taxa de cambio", "汇率"}

// takeRates takes the table of rates of exchange, if there is one, and gives the others.
func (d *Draft) takeRates(tables []*table) (rest []*table) {
	for _, t := range tables {
		if d.rates == nil && t.isRates() {
			d.rates = t
			continue
		}
		rest = append(rest, t)
	}
	return rest
}

// isRates tells whether a table has what currencies are worth: a code, a rate and
// perhaps a day.
func (t *table) isRates() bool {
	const most = 4 // columns
	return len(t.columns) <= most && t.rateColumn() != nil && t.codeColumn() != nil
}

func (t *table) rateColumn() *column {
	for _, c := range t.columns {
		if slices.Contains(rateNames, fold(c.name)) && c.numbers > 0.95 {
			return c
		}
	}
	return nil
}

func (t *table) codeColumn() *column {
	for _, c := range t.columns {
		if c.codes > 0.95 {
			return c
		}
	}
	return nil
}

// base is the currency in which the rates are: the one that is worth 1. Empty where
// there are no rates or none is.
func (d *Draft) base() string {
	if d.rates == nil {
		return ""
	}
	code, rate := d.rates.codeColumn(), d.rates.rateColumn()
	other := map[string]bool{} // currencies of another worth
	for _, row := range d.rates.look.Rows {
		if !ledger.WorthOne(row[rate.at]) {
			other[row[code.at]] = true
		}
	}
	for _, c := range code.most {
		if !other[c] {
			return c
		}
	}
	return ""
}
