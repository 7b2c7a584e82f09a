package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
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
}

// columnPlace is where a column's name stands in a formula.
type columnPlace struct{ at, end, column int }

// mapped is a formula with a typing under which it works.
type mapped struct {
	formula
	sql     string // over the columns of a feed
	kind    string // the type that sql gives
	numbers []bool // by column: whether the formula sees it as a number
}

// formulaOf finds the columns of a batch that a text names. A text that is the
// name of a column, as it is spelled, needs no quotes.
func (b *batch) formulaOf(ctx context.Context, e engine.Engine, known functions, x expression) (formula, error) {
	f := formula{name: x.name, role: x.role, text: x.sql}
	at, err := b.columnNamed(x.sql)
	if err != nil {
		return f, err
	}
	if at >= 0 {
		f.places = []columnPlace{{0, len(x.sql), at}}
		return f, b.holdsWhatIsRead(f)
	}
	s, err := parse(ctx, e, known, x.sql)
	if err != nil {
		return f, err
	}
	for _, r := range s.refs {
		place, err := b.place(s.text, r)
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

// ownPrefix begins the names of the program's own columns. No name from an export reaches
// a statement, so that the two cannot be confused.
const ownPrefix = "clientele."

// rawColumn is an export's column as it was read.
func rawColumn(i int) string { return fmt.Sprintf(`"%s%d"`, ownPrefix, i) }

// otherColumn is the same column as a number where it is text, and as text
// where it has another type.
func otherColumn(i int) string { return fmt.Sprintf(`"%s%d.other"`, ownPrefix, i) }

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
			plain = style.number(value, plain)
		}
		return "CAST(" + plain + " AS " + exact + ")"
	}
	return TextSQL(value, kind)
}

// TextSQL writes a typed value as text. A whole number loses its decimals: a data frame
// stores the id 17850 as 17850.0 if the column has a gap.
func TextSQL(value, kind string) string {
	text := "CAST(" + value + " AS VARCHAR)"
	switch {
	case kind == "DOUBLE", kind == "FLOAT":
		const exactWhole = 1 << 53 // up to here a double tells whole numbers apart
		return fmt.Sprintf("CASE WHEN abs(%[1]s) <= %[2]d AND %[1]s = trunc(%[1]s) THEN CAST(CAST(%[1]s AS BIGINT) AS VARCHAR) ELSE %[3]s END", value, exactWhole, text)
	case isDecimal(kind) && !strings.HasSuffix(kind, ",0)"):
		return fmt.Sprintf("CASE WHEN %[1]s = trunc(%[1]s) THEN CAST(CAST(%[1]s AS DECIMAL(38, 0)) AS VARCHAR) ELSE %[2]s END", value, text)
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

// mostlyNumbers is the share of numbers from which on a column may be meant as one of
// numbers, although some values are not.
const mostlyNumbers = 0.5

// bind finds the typing under which a formula works on a batch's sample, or an
// error in the words of the first that was tried.
func bind(ctx context.Context, e engine.Engine, b *batch, f formula) (mapped, error) {
	m := mapped{formula: f}
	var firstErr error
	var best *mapped
	most := -1
	start, err := b.startTyping(ctx, e, f)
	if err != nil {
		return m, err
	}
	for _, typing := range b.typings(start, f) {
		m.numbers = typing
		m.sql = f.over(func(i int) string { return b.seen(i, typing[i]) })
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

// startTyping is the typing to try first.
//
// A sample of digits does not make a column one of numbers: the first invoice
// C536379 may come a million rows later, and a condition such as
// CAST(InvoiceNo AS VARCHAR) LIKE 'C%' would never see it.
func (b *batch) startTyping(ctx context.Context, e engine.Engine, f formula) ([]bool, error) {
	numbers := make([]bool, len(b.columns))
	for _, i := range f.columns() {
		numbers[i] = b.startsAsNumber(f.role, b.columns[i]) || f.role == roleNumber && f.isColumn() && b.columns[i].kind == textKind
	}
	if f.role != roleCondition {
		return numbers, nil
	}
	// Whether one column may be text can depend on another being text.
	for again := true; again; {
		again = false
		for _, i := range f.columns() {
			if b.columns[i].kind != textKind || !numbers[i] {
				continue
			}
			lettered := f.over(func(k int) string {
				if k == i {
					return "('x' || " + rawColumn(k) + ")"
				}
				return b.seen(k, numbers[k])
			})
			_, err := engine.Text(ctx, e, "SELECT count("+bare(lettered)+") FROM "+b.sample)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err == nil {
				numbers[i], again = false, true
			}
		}
	}
	return numbers, nil
}

// typings lists the typings to try, in order.
func (b *batch) typings(start []bool, f formula) [][]bool {
	var free []int // columns that may change over
	for _, i := range f.columns() {
		if c := b.columns[i]; c.readable >= mostlyNumbers || c.kind != textKind {
			free = append(free, i)
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
	for _, i := range free {
		flip(i)
	}
	for k, i := range free {
		for _, j := range free[k+1:] {
			flip(i, j)
		}
	}
	if len(free) > 2 {
		flip(free...)
	}
	return all
}

func (b *batch) startsAsNumber(r role, c column) bool {
	if c.kind != textKind {
		return r != roleText || c.nested()
	}
	return (r == roleNumber || r == roleCondition) && c.numbers == 1
}

// nested tells whether a column holds lists, structs or maps. As text it would be
// something else: l[1] would be a bracket.
func (c column) nested() bool {
	return strings.HasSuffix(c.kind, "]") || strings.HasPrefix(c.kind, "STRUCT(") || strings.HasPrefix(c.kind, "MAP(")
}

// outcome is what an expression did on the sample.
type outcome struct {
	clean  bool // no value made it fail
	values int  // rows for which it gave a value
}

// tryOut runs an expression over the sample; the error says why it cannot
// work at all.
func tryOut(ctx context.Context, e engine.Engine, b *batch, m mapped) (string, outcome, error) {
	rows, err := engine.Text(ctx, e, "DESCRIBE SELECT "+attempt(m.sql)+" AS v FROM "+b.sample)
	if err != nil {
		return "", outcome{}, err
	}
	kind := rows[0][1]
	if err := m.role.accepts(kind); err != nil {
		return "", outcome{}, err
	}
	_, plainErr := engine.Text(ctx, e, "SELECT count("+bare(m.sql)+") FROM "+b.sample)
	counted, err := engine.Text(ctx, e, "SELECT count("+attempt(m.sql)+") FROM "+b.sample)
	if err != nil {
		return "", outcome{}, err
	}
	o := outcome{clean: plainErr == nil}
	if _, err := fmt.Sscan(counted[0][0], &o.values); err != nil {
		return "", outcome{}, err
	}
	return kind, o, nil
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
