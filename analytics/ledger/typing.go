package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
)

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
