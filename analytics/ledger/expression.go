package ledger

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"clientele/analytics/engine"
)

// An export's text can be read as text or as numbers, and an expression may
// need either: `Quantity * UnitPrice` wants numbers, `InvoiceNo LIKE 'C%'`
// wants text though most invoices are digits only. A typing says which
// columns an expression sees as numbers. Expressions that give text start
// from text, so that ids keep their leading zeros; the others start with
// every column as a number whose values all are, save those that a condition
// would also take with letters in them. Where that does not work on the
// sample, columns that the expression names change over, fewest first.

// role is what an expression is for.
type role int

const (
	roleText      role = iota // ids and labels
	roleTime                  // text, dates or times
	roleNumber                // amounts, quantities and costs
	roleCondition             // where and returns
)

// mapped is one of our columns, bound to an export.
type mapped struct {
	name    string // ours
	role    role
	sql     string   // over the export's columns
	kind    string   // the type that sql gives
	numbers []bool   // by column: whether sql sees it as a number
	formats []string // of a time in text: notations that are not ISO
}

// mostlyNumbers is the share of numbers from which a column can be meant as
// one although some of its values are not.
const mostlyNumbers = 0.5

// bind finds the typing under which an expression works on a batch's sample,
// or an error in the words of the first that was tried.
func bind(ctx context.Context, e engine.Engine, b *batch, name string, r role, text string) (mapped, error) {
	m := mapped{name: name, role: r, sql: text}
	if at := b.columnNamed(text); at >= 0 {
		m.sql = engine.Identifier(b.columns[at].name)
	}
	var firstErr error
	var best *mapped
	most := -1
	start, err := b.startTyping(ctx, e, m)
	if err != nil {
		return m, err
	}
	for _, typing := range b.typings(start, text) {
		m.numbers = typing
		kind, filled, err := tryOut(ctx, e, b, m)
		if err == nil && filled.clean {
			m.kind = kind
			return m, nil
		}
		if firstErr == nil {
			firstErr = err
		}
		// It may be the data and not the expression: a bad value in the sample.
		if err == nil && filled.values > most {
			candidate := m
			candidate.kind, best, most = kind, &candidate, filled.values
		}
	}
	if best != nil {
		return *best, nil
	}
	return m, firstErr
}

// columnNamed is the export's column that text names, or -1: the very name,
// or else the only one that differs in case alone.
func (b *batch) columnNamed(text string) int {
	found := -1
	for i, c := range b.columns {
		switch {
		case c.name == text:
			return i
		case strings.EqualFold(c.name, text) && found >= 0:
			return -1
		case strings.EqualFold(c.name, text):
			found = i
		}
	}
	return found
}

// startTyping is the typing to try first.
//
// A sample of digits does not make a column one of numbers: the first invoice
// C536379 may come a million rows later, and a condition such as
// CAST(InvoiceNo AS VARCHAR) LIKE 'C%' would never see it.
func (b *batch) startTyping(ctx context.Context, e engine.Engine, m mapped) ([]bool, error) {
	m.numbers = make([]bool, len(b.columns))
	for i, c := range b.columns {
		m.numbers[i] = b.startsAsNumber(m.role, c)
	}
	if m.role != roleCondition {
		return m.numbers, nil
	}
	// Whether one column may be text can depend on another being text.
	for again := true; again; {
		again = false
		for i, c := range b.columns {
			if c.kind != "VARCHAR" || !m.numbers[i] || !names(m.sql, c.name) {
				continue
			}
			lettered := b.sampleSeen(func(k int, name string) string {
				if k == i {
					return "'x' || " + name
				}
				return b.seen(k, name, m.numbers[k])
			})
			_, err := engine.Text(ctx, e, "SELECT count(v) FROM (SELECT "+bare(m.sql)+" AS v, \"clientele.row\""+lettered+")")
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err == nil {
				m.numbers[i], again = false, true
			}
		}
	}
	return m.numbers, nil
}

// typings lists the typings to try, in order.
func (b *batch) typings(start []bool, text string) [][]bool {
	var open []int // columns that may change over
	for i, c := range b.columns {
		if (c.numbers >= mostlyNumbers || c.kind != "VARCHAR") && names(text, c.name) {
			open = append(open, i)
		}
	}
	all := [][]bool{start}
	flip := func(columns ...int) {
		t := slices.Clone(start)
		for _, i := range columns {
			t[i] = !t[i]
		}
		all = append(all, t)
	}
	for _, i := range open {
		flip(i)
	}
	for k, i := range open {
		for _, j := range open[k+1:] {
			flip(i, j)
		}
	}
	if len(open) > 2 {
		flip(open...)
	}
	return all
}

func (b *batch) startsAsNumber(r role, c column) bool {
	if c.kind != "VARCHAR" {
		return r != roleText
	}
	return (r == roleNumber || r == roleCondition) && c.numbers == 1
}

// names tells whether an expression may mention a column.
func names(text, column string) bool {
	word := regexp.MustCompile(`(?i)(^|\W)` + regexp.QuoteMeta(column) + `($|\W)`)
	return word.MatchString(text)
}

// seen is the SQL by which column i is seen under a typing.
func (b *batch) seen(i int, from string, asNumbers bool) string {
	switch c := b.columns[i]; {
	case c.kind == "VARCHAR" && asNumbers:
		return asNumber(from)
	case c.kind != "VARCHAR" && !asNumbers:
		return "CAST(" + from + " AS VARCHAR)"
	}
	return from
}

// outcome is what an expression did on the sample.
type outcome struct {
	clean  bool // no value made it fail
	values int  // rows for which it gave a value
}

// tryOut runs an expression over the sample; the error says why it cannot
// work at all.
func tryOut(ctx context.Context, e engine.Engine, b *batch, m mapped) (string, outcome, error) {
	from := b.sampleAs(m.numbers)
	rows, err := engine.Text(ctx, e, "DESCRIBE SELECT "+attempt(m.sql)+" AS v, \"clientele.row\""+from)
	if err != nil {
		return "", outcome{}, err
	}
	kind := rows[0][1]
	if err := m.role.accepts(kind); err != nil {
		return "", outcome{}, err
	}
	// The row number keeps aggregates out: they are not a row's own.
	_, plainErr := engine.Text(ctx, e, "SELECT count(v) FROM (SELECT "+bare(m.sql)+" AS v, \"clientele.row\""+from+")")
	counted, err := engine.Text(ctx, e, "SELECT count(v) FROM (SELECT "+attempt(m.sql)+" AS v, \"clientele.row\""+from+")")
	if err != nil {
		return "", outcome{}, err
	}
	o := outcome{clean: plainErr == nil}
	if _, err := fmt.Sscan(counted[0][0], &o.values); err != nil {
		return "", outcome{}, err
	}
	return kind, o, nil
}

// sampleAs is the FROM clause for the sample under a typing.
func (b *batch) sampleAs(numbers []bool) string {
	return b.sampleSeen(func(i int, name string) string { return b.seen(i, name, numbers[i]) })
}

// sampleSeen is the FROM clause for the sample with columns as see shows them.
func (b *batch) sampleSeen(see func(i int, name string) string) string {
	columns := make([]string, len(b.columns))
	for i, c := range b.columns {
		name := engine.Identifier(c.name)
		columns[i] = see(i, name) + " AS " + name
	}
	return " FROM (SELECT rowid AS \"clientele.row\", " + strings.Join(columns, ", ") + " FROM " + b.sample + ")"
}

// bare fences an expression in, so that a comment at its end does not reach
// what follows.
func bare(sql string) string { return "(\n" + sql + "\n)" }

// attempt gives NULL for a row on which the expression fails: one bad value
// sets its row aside, it does not stop the night.
func attempt(sql string) string { return "TRY(" + bare(sql) + ")" }

// accepts tells whether an expression's type fits its role.
func (r role) accepts(kind string) error {
	isTime := strings.HasPrefix(kind, "TIMESTAMP") || kind == "DATE"
	isNumber := strings.HasPrefix(kind, "DECIMAL") || slices.Contains(numericKinds, kind)
	switch {
	case r == roleText, kind == "VARCHAR" && r != roleCondition:
		return nil
	case r == roleTime && !isTime:
		return fmt.Errorf("gives %s, not a time; wrap it, for example in to_timestamp(...) or strptime(..., '%%d.%%m.%%Y')", kind)
	case r == roleNumber && !isNumber:
		return fmt.Errorf("gives %s, not a number", kind)
	case r == roleCondition && kind != "BOOLEAN":
		return fmt.Errorf("gives %s, not true or false", kind)
	}
	return nil
}

var numericKinds = []string{
	"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE",
}
