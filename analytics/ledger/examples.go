package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/internal/money"
)

// Example is what a mapping made of one row: the cells that it read, as the export has
// them, and their value.
type Example struct {
	Cells []string
	Value string
}

// examplesOf is how many examples there are of each mapping.
const examplesOf = 3

// AddExamples adds to each mapping some of the rows that are used, with different values,
// the first ones of the sample. They hold customers' data: they are for who looks at the
// export, on a terminal, and go into no message or publication.
func (p *Plan) AddExamples(ctx context.Context, all []Mapping) error {
	for i := range all {
		b := p.batches[slices.IndexFunc(p.batches, func(b *batch) bool { return b.source == all[i].Source })]
		at := slices.IndexFunc(expressions(p.job.Sources[all[i].Source]), func(x expression) bool { return x.key == all[i].Key })
		name := expressions(p.job.Sources[all[i].Source])[at].name
		m, known := values{bound: b.mapped, numbers: b.numbers, dialect: dialect.DuckDB}.find(name)
		if !known {
			continue
		}
		value, err := p.valueIn(name), error(nil)
		if value == "" { // the ledger does not keep it
			value = TextSQL(attempt(m.sql), m.kind)
		}
		if all[i].Examples, err = p.examples(ctx, b, m, value); err != nil {
			return fmt.Errorf("ledger: examples of %s: %w", all[i].Key, err)
		}
	}
	return nil
}

// valueIn is where the ledger keeps what a mapping gives, as text; empty where it does
// not.
func (p *Plan) valueIn(name string) string {
	switch name {
	case "customer":
		return "l.customer"
	case "order":
		return "l.order_id"
	case "time":
		return "CAST(l.day AS VARCHAR)"
	case "amount", "cost", "list_price":
		return "CAST(l." + name + " AS VARCHAR)"
	case "returns":
		return "CASE WHEN l.is_return THEN 'a return' ELSE 'no return' END"
	}
	for _, label := range p.labels() {
		if label.SQL == name {
			return "l." + label.As
		}
	}
	return ""
}

// examples are those of one mapping.
func (p *Plan) examples(ctx context.Context, b *batch, m mapped, value string) ([]Example, error) {
	var cells, filled []string
	for k, i := range m.columns() {
		cell := fmt.Sprintf("cell%d", k)
		cells = append(cells, fmt.Sprintf("coalesce(%s, '') AS %s", TextSQL("s."+rawColumn(i), b.columns[i].kind), cell))
		filled = append(filled, cell+" <> ''")
	}
	if len(cells) == 0 {
		return nil, nil
	}
	rows, err := engine.Text(ctx, p.engine, fmt.Sprintf(
		`SELECT * EXCLUDE (place) FROM (
			SELECT * EXCLUDE (file, line), min((file, line)) AS place FROM (
				SELECT %[1]s, coalesce(%[2]s, '') AS value, l.file AS file, l.line AS line
				FROM %[3]s AS s JOIN ledger AS l ON l.file = s.%[4]s AND l.line = s.%[5]s WHERE l.reason IS NULL%[8]s
			) WHERE %[6]s GROUP BY ALL
		) ORDER BY place LIMIT %[7]d`,
		strings.Join(cells, ", "), value, b.sample, fileColumn, lineColumn, strings.Join(filled, " OR "), examplesOf, p.ofRowsSQL()))
	if err != nil {
		return nil, err
	}
	var all []Example
	for _, row := range rows {
		last := len(row) - 1
		e := Example{Cells: row[:last], Value: row[last]}
		if m.role == roleNumber {
			e.Value = plainAmount(e.Value)
		}
		all = append(all, e)
	}
	return all, nil
}

// ofRowsSQL leaves out what the ledger has made of rows beside themselves: their refunds.
func (p *Plan) ofRowsSQL() string {
	if !p.matches() {
		return ""
	}
	return " AND NOT l.on_sale"
}

// plainAmount is an amount without the zeros behind its cents.
func plainAmount(text string) string {
	at := strings.IndexByte(text, '.')
	if at < 0 {
		return text // the zeros of a whole number count
	}
	short := strings.TrimRight(text, "0")
	if len(short) < at+3 {
		return text[:min(len(text), at+3)]
	}
	return short
}

// Seen is what the rows of the ledger that are used come to.
type Seen struct {
	Customers, Orders   int64
	FirstDay, NewestDay string
	Money, Returns      money.Amount
}

// See counts what is in the ledger.
func (p *Plan) See(ctx context.Context, of Account) (Seen, error) {
	s := Seen{Money: of.Total.Used.Money, Returns: of.Total.Returns.Money}
	rows, err := engine.Text(ctx, p.engine, `SELECT count(DISTINCT customer), count(DISTINCT (source, customer, order_id)) FILTER (NOT is_return),
		CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR) FROM ledger WHERE reason IS NULL`)
	if err != nil {
		return s, fmt.Errorf("ledger: what the sample comes to: %w", err)
	}
	s.FirstDay, s.NewestDay = rows[0][2], rows[0][3]
	if _, err := fmt.Sscan(rows[0][0]+" "+rows[0][1], &s.Customers, &s.Orders); err != nil {
		return s, fmt.Errorf("ledger: what the sample comes to: %w", err)
	}
	return s, nil
}
