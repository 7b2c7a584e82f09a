package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/engine"
)

// What is asked of the rows that are used is asked in parts: statements whose rows for two sets
// of files add up to those of both. So files that do not change need not be read for it.

// part is such a statement over the ledger.
type part struct {
	name, sql string
	adds      engine.Adds
	byFile    bool   // it has a column file
	of        string // condition on kept rows: those that count tonight; empty: all do
	by        string // by what a kept part is known to be that of tonight; empty: sql
	// customers says that customers are made of it: a sum has nothing of those with returns then.
	customers bool
}

// madeBy is by what a kept part is known to be that of tonight.
func (t part) madeBy() string { return cmp.Or(t.by, t.sql) }

// ofCustomer tells whether a part has rows of single customers.
func (t part) ofCustomer() bool { return slices.Contains(t.adds.Keys, "customer") }

// overLedger is a statement over some rows of the ledger, whose columns may be others.
func overLedger(sql, where, replaced string) string {
	return fmt.Sprintf("WITH ledger AS NOT MATERIALIZED (SELECT *%s FROM temp.ledger WHERE %s)\nSELECT * FROM (%s)", replaced, where, sql)
}

// parts are all that a plan asks of the rows that are used.
func (p *Plan) parts() ([]part, error) {
	all := []part{fatesPart, p.daysPart()}
	of := []func() (part, error){p.tallyPart}
	for i := range p.job.Sources {
		more, written := p.partsOf(i)
		all, of = append(all, more...), append(of, written...)
	}
	if p.hasCurrencies() {
		all = append(all, p.currencyPart())
	}
	if p.compares() {
		all = append(all, contentPart)
	}
	if silent := p.fillsNothing(); silent != "" {
		all = append(all, namedOrderPart(silent))
	}
	if p.sample > 0 {
		of = append(of, p.repetitionPart)
	}
	for _, write := range of {
		t, err := write()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// partsOf are those of one source: those that are there, and those that are still to be written.
func (p *Plan) partsOf(source int) (all []part, of []func() (part, error)) {
	all = append(all, timesPart(source))
	if p.marks() {
		all = append(all, marksPart(source))
	}
	if p.job.Sources[source].Columns.Currency != "" {
		all = append(all, p.unconvertedPart(source))
	}
	for k := range p.numbers[source].keys {
		of = append(of, func() (part, error) { return p.formsPart(source, k) })
	}
	for _, l := range p.joins[source] {
		of = append(of, func() (part, error) { return p.joinPart(l) })
	}
	return all, of
}

// whole is a query of a part of all rows, also of those that are not in the ledger.
func (p *Plan) whole(ctx context.Context, t part) (string, error) {
	if p.kept == nil || p.kept.sum == nil {
		return t.sql, nil
	}
	return p.kept.sum.whole(ctx, p.engine, t)
}

// wholeText is the whole of a part as text, in columns of a query over it.
func (p *Plan) wholeText(ctx context.Context, t part, query string) ([][]string, error) {
	sql, err := p.whole(ctx, t)
	if err != nil {
		return nil, err
	}
	return engine.Text(ctx, p.at, strings.Replace(query, "<part>", "("+sql+")", 1))
}

// contentPart are the hashes of rows, by which they are looked for in other files.
var contentPart = part{name: "content", sql: "SELECT source, content FROM ledger WHERE content IS NOT NULL AND (reason IS NULL OR reason = 'after_as_of')"}

// fatesPart counts rows by what became of them.
var fatesPart = part{
	name: "fates", adds: engine.Adds{Keys: []string{"source", "reason"}},
	sql: "SELECT source, reason, count(*) AS rows FROM ledger GROUP BY source, reason",
}

// fates are the rows of each source by what became of them.
func (p *Plan) fates(ctx context.Context) ([]map[Reason]int64, error) {
	rows, err := p.wholeText(ctx, fatesPart, "SELECT source, reason, CAST(rows AS STRING) FROM <part>")
	if err != nil {
		return nil, fmt.Errorf("ledger: fates: %w", err)
	}
	all := make([]map[Reason]int64, len(p.job.Sources))
	for i := range all {
		all[i] = map[Reason]int64{}
	}
	for _, r := range rows {
		source, err := strconv.Atoi(r[0])
		if err != nil {
			return nil, fmt.Errorf("ledger: fates: %w", err)
		}
		n, err := strconv.ParseInt(r[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("ledger: fates: %w", err)
		}
		all[source][Reason(r[1])] = n
	}
	return all, nil
}
