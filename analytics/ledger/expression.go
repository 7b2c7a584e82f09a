package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/scalar"
)

// The cells of a text export can be read as text or as numbers, and an expression may
// need either: `Quantity * UnitPrice` needs numbers, `InvoiceNo LIKE 'C%'` needs text,
// although most invoice numbers are digits only. A typing says which columns an
// expression sees as numbers.
//
// An expression that gives text starts with every column as text, so that ids keep their
// leading zeros. Any other starts with every column as a number if all its values are
// numbers, except the columns that a condition would also accept with letters in them. If
// that fails on the sample, columns that the expression names change to the other type,
// as few as possible.

// role is what an expression is for.
type role int

const (
	roleText      role = iota // ids and labels
	roleTime                  // text, dates or times
	roleNumber                // amounts, quantities and costs
	roleCondition             // where and returns
)

// formula is an expression of the job file over the columns of one batch.
type formula struct {
	name   string // ours
	role   role
	text   string // as the job file has it
	places []columnPlace
	syntax *scalar.Syntax // nil: the text is a column's name
}

// columnPlace is where a column's name stands in a formula.
type columnPlace struct{ at, end, column int }

// mapped is a formula with a typing under which it works.
type mapped struct {
	formula
	sql     string // over the columns of a feed
	kind    string // the type that sql gives
	spark   string // the same for a cluster, where one reads the exports
	numbers []bool // by column: whether the formula sees it as a number
}

// formulaOf finds the columns of a batch that a text names. A text that is the
// name of a column, as it is spelled, needs no quotes.
func (b *batch) formulaOf(ctx context.Context, e engine.Engine, known scalar.Functions, x expression) (formula, error) {
	f := formula{name: x.name, role: x.role, text: x.sql}
	at, err := b.columnNamed(x.sql)
	if err != nil {
		return f, err
	}
	if at >= 0 {
		f.places = []columnPlace{{0, len(x.sql), at}}
		return f, b.holdsWhatIsRead(f)
	}
	s, err := scalar.Parse(ctx, e, known, x.sql)
	if err != nil {
		return f, err
	}
	f.syntax = s
	for _, r := range s.Refs {
		place, err := b.place(s.Text, r)
		if err != nil {
			return f, err
		}
		f.places = append(f.places, place)
	}
	slices.SortFunc(f.places, func(a, b columnPlace) int { return a.at - b.at })
	return f, b.holdsWhatIsRead(f)
}

// holdsWhatIsRead refuses columns whose values the engine would read wrongly.
func (b *batch) holdsWhatIsRead(f formula) error {
	for _, i := range f.columns() {
		if c := b.columns[i]; c.digits > mostDigits {
			return fmt.Errorf("names the column %q, which holds decimals of %d digits in %s, and %d at most can be read; export it with fewer, or as text", c.name, c.digits, b.files[0].path, mostDigits)
		}
	}
	return nil
}

// columns are those that a formula names, each once, in order.
func (f formula) columns() []int {
	var all []int
	for _, p := range f.places {
		all = append(all, p.column)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isColumn tells whether a formula is a column by itself.
func (f formula) isColumn() bool {
	return len(f.places) == 1 && f.places[0].at == 0 && f.places[0].end == len(f.text)
}

// over writes a formula, with each column replaced by what see gives for it.
func (f formula) over(see func(column int) string) string {
	var sql strings.Builder
	from := 0
	for _, p := range f.places {
		sql.WriteString(f.text[from:p.at])
		sql.WriteString(see(p.column))
		from = p.end
	}
	sql.WriteString(f.text[from:])
	return sql.String()
}

// rawColumn is an export's column as it was read.
func rawColumn(i int) string { return fmt.Sprintf(`"%s%d"`, scalar.OwnPrefix, i) }

// otherColumn is the same column as a number where it is text, and as text
// where it has another type.
func otherColumn(i int) string { return fmt.Sprintf(`"%s%d.other"`, scalar.OwnPrefix, i) }

// seen is the name of column i under a typing.
func (b *batch) seen(i int, asNumber bool) string {
	if (b.columns[i].kind == textKind) == asNumber {
		return otherColumn(i)
	}
	return rawColumn(i)
}

// otherSQL makes otherColumn.
func (b *batch) otherSQL(i int) string {
	return b.otherOf(i, rawColumn(i), plainColumn(i))
}

// otherOf is a value of a column in its other typing; plain is the number that its text is
// where programs wrote it.
func (b *batch) otherOf(i int, value, plain string) string {
	kind := b.columns[i].kind
	if kind == textKind {
		if style, is := b.styleOf(i); is {
			plain = style.number(dialect.DuckDB, value, plain)
		}
		return "CAST(" + plain + " AS " + exact + ")"
	}
	return TextSQL(value, kind)
}

// TextSQL writes a typed value as text. A whole number loses its decimals: a data frame
// stores the id 17850 as 17850.0 if the column has a gap.
func TextSQL(value, kind string) string {
	text := "CAST(" + value + " AS STRING)"
	switch {
	case kind == "DOUBLE", kind == "FLOAT":
		const exactWhole = 1 << 53 // up to here a double tells whole numbers apart
		return fmt.Sprintf("CASE WHEN abs(%[1]s) <= %[2]d AND %[1]s = floor(%[1]s) THEN CAST(CAST(%[1]s AS BIGINT) AS STRING) ELSE %[3]s END", value, exactWhole, text)
	case isDecimal(kind) && !strings.HasSuffix(kind, ",0)"):
		return fmt.Sprintf("CASE WHEN %[1]s = floor(%[1]s) THEN CAST(CAST(%[1]s AS DECIMAL(38, 0)) AS STRING) ELSE %[2]s END", value, text)
	}
	return text
}

// isDecimal tells whether a type is a decimal: not a list of them, which begins
// with the same word.
func isDecimal(kind string) bool {
	return strings.HasPrefix(kind, "DECIMAL") && strings.HasSuffix(kind, ")")
}

// isTime tells whether a type is a day or a time of one.
func isTime(kind string) bool {
	return kind == "DATE" || strings.HasPrefix(kind, "TIMESTAMP") && !strings.HasSuffix(kind, "]")
}

// bare fences an expression in, so that a comment at its end does not reach
// what follows.
func bare(sql string) string { return "(\n" + sql + "\n)" }

// attempt gives NULL for a row on which the expression fails: one bad value
// sets its row aside, it does not stop the night.
func attempt(sql string) string { return "TRY(" + bare(sql) + ")" }

// accepts tells whether an expression's type fits its role.
func (r role) accepts(kind string) error {
	isNumber := isDecimal(kind) || slices.Contains(numericKinds, kind)
	switch {
	case r == roleText, kind == "VARCHAR" && r != roleCondition:
		return nil
	case r == roleTime && !isTime(kind) && !isNumber:
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
