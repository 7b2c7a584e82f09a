package ledger

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
	"clientele/analytics/scalar"
)

// Shops export an order's lines with what is the order's on the first of them
// only: its state, its day, its customer. fill_down takes these from the line
// above, in the order of the file, within one order.

// unorderedFormats are those whose rows the engine reads, on several threads.
var unorderedFormats = map[job.Format]string{job.Parquet: "Parquet", job.Arrow: "Arrow"}

// filling says which columns are filled.
type filling struct {
	columns []int // of the export
	order   []int // those that tell which order a line belongs to
}

// needs tells whether a column is filled, or tells where lines are filled.
func (f filling) needs(column int) bool {
	return slices.Contains(f.columns, column) || slices.Contains(f.order, column)
}

// readFilling finds the columns of a batch that the job has filled.
func (p *Plan) readFilling(ctx context.Context, known scalar.Functions, b *batch) (job.Errors, error) {
	s := p.job.Sources[b.source]
	b.fill = filling{}
	if len(s.FillDown) == 0 {
		return nil, nil
	}
	wrong := func(format string, args ...any) (job.Errors, error) {
		return job.Errors{violation(s, b.source, "fill_down", format, args...)}, nil
	}
	if name, unordered := unorderedFormats[b.format]; unordered {
		return wrong("the rows of %s are read in no order, since it is %s: fill the columns before they are exported", b.files[0].path, name)
	}
	for _, name := range s.FillDown {
		at, err := b.columnNamed(name)
		switch {
		case err != nil:
			return wrong("%s", b.explain(name, err))
		case at < 0:
			return wrong("%s", b.explain(name, &noColumnError{name}))
		case !b.columns[at].inFile():
			return wrong("%q is no column of %s itself; leave it out", name, b.files[0].path)
		}
		b.fill.columns = append(b.fill.columns, at)
	}
	order, err := b.formulaOf(ctx, p.engine, known, p.expressionNamed(b.source, "order"))
	if err == nil { // else it is said where the order is bound
		b.fill.order = order.columns()
	}
	if err == nil && len(b.fill.order) == 0 || slices.ContainsFunc(b.fill.order, func(i int) bool { return !b.columns[i].inFile() }) {
		return wrong("columns.order does not name columns of the file itself alone, so that no line is known to be of the same order as the one above it")
	}
	return nil, nil
}

// filled fills the blank cells of records. Their text stays as it is.
type filled struct {
	recordReader
	filling
	above [][]byte // cells of the record before, filled; nil: there is none to fill from
	cells [][]byte // of this record
}

// fillDown fills the records of a file where the job says so.
func (b *batch) fillDown(r recordReader) recordReader {
	if len(b.fill.columns) == 0 {
		return r
	}
	return &filled{recordReader: r, filling: b.fill}
}

// Next implements recordReader.
func (f *filled) Next() (records.Record, error) {
	r, err := f.recordReader.Next()
	if err != nil {
		return r, err
	}
	if r.Malformed || r.Footer {
		f.above = nil // nobody knows which order it was of
		return r, nil
	}
	f.cells = append(f.cells[:0], r.Cells...)
	if f.above != nil && f.sameOrder() {
		for _, i := range f.columns {
			if isBlank(f.cells[i]) {
				f.cells[i] = f.above[i]
			}
		}
	}
	r.Cells = f.cells
	f.keep()
	return r, nil
}

// sameOrder tells whether a record is of the order of the one above: its order is the
// same or, where that is filled too, not given.
func (f *filled) sameOrder() bool {
	given := false
	for _, i := range f.order {
		own := bytes.TrimSpace(f.cells[i])
		switch {
		case len(own) == 0 && slices.Contains(f.columns, i):
		case !bytes.Equal(own, bytes.TrimSpace(f.above[i])):
			return false
		case len(own) > 0:
			given = true
		}
	}
	return given || slices.ContainsFunc(f.order, func(i int) bool { return slices.Contains(f.columns, i) && !isBlank(f.above[i]) })
}

// keep keeps the cells that the next record may be filled from: those of this
// one hold until it is read.
func (f *filled) keep() {
	if f.above == nil {
		f.above = make([][]byte, len(f.cells))
	}
	for _, columns := range [][]int{f.columns, f.order} {
		for _, i := range columns {
			f.above[i] = append(f.above[i][:0:0], f.cells[i]...)
		}
	}
}

func isBlank(cell []byte) bool { return len(bytes.TrimSpace(cell)) == 0 }

// BlankLines are lines of a source that leave out whose they are or when, where
// other lines of their order say it.
type BlankLines struct {
	Rows    int64
	Columns []string // to fill, of the export
}

// noticeBlankLines looks for such lines in sources that fill nothing.
func (p *Plan) noticeBlankLines(ctx context.Context) error {
	p.blankLines = make([]BlankLines, len(p.job.Sources))
	silent := p.fillsNothing()
	if silent == "" {
		return nil
	}
	of, err := p.fates(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(of, func(rows map[Reason]int64) bool {
		return rows[FilterUnknown]+rows[Filtered]+rows[NoTime]+rows[Anonymous] > 0
	}) {
		return nil // no line leaves out whose it is or when
	}
	orders, err := p.whole(ctx, namedOrderPart(silent))
	if err != nil {
		return err
	}
	fates, err := p.whole(ctx, fatesPart)
	if err != nil {
		return err
	}
	sql, err := p.statement("blank_lines.sql", struct{ Sources, Orders, Fates string }{silent, orders, fates})
	if err != nil {
		return err
	}
	rows, err := engine.Text(ctx, p.at, sql)
	if err != nil {
		return fmt.Errorf("ledger: lines with blanks: %w", err)
	}
	for _, r := range rows {
		var source int
		var found BlankLines
		for i, into := range []any{&source, &found.Rows} {
			if _, err := fmt.Sscan(r[i], into); err != nil {
				return fmt.Errorf("ledger: lines with blanks: %w", err)
			}
		}
		found.Columns = p.firstOf(source).fillable(r[2] == "true")
		p.blankLines[source] = found
	}
	return nil
}

// fillsNothing lists the sources that have orders and fill nothing; empty: none.
func (p *Plan) fillsNothing() string {
	return p.listed(func(i int) bool {
		return len(p.job.Sources[i].FillDown) == 0 && p.job.Sources[i].Columns.Order != ""
	})
}

// namedOrderPart are the orders of which a line says all, of some sources.
func namedOrderPart(sources string) part {
	return part{
		name: "named_order",
		sql:  "SELECT DISTINCT source, order_id FROM ledger WHERE source IN (" + sources + ") AND customer IS NOT NULL AND day IS NOT NULL AND reason IS NULL",
	}
}

// fillable are the columns that the lines of an order leave out together: those that
// say who, when and whether it counts, and nothing about a line's own. The order is among them
// where it is left out too.
func (b *batch) fillable(order bool) []string {
	roles := []string{"customer", "time", "where"}
	own := []string{"amount", "quantity", "product", "category", "cost", "list_price"}
	if order {
		roles = append([]string{"order"}, roles...)
	} else {
		own = append(own, "order")
	}
	columns := func(roles []string) (all []int) {
		for _, role := range roles {
			for _, m := range b.mapped {
				if m.name == role {
					all = append(all, m.columns()...)
				}
			}
		}
		return all
	}
	var names []string
	excluded := columns(own)
	for _, i := range columns(roles) {
		if name := b.columns[i].name; !slices.Contains(excluded, i) && !slices.Contains(names, name) && b.columns[i].inFile() {
			names = append(names, name)
		}
	}
	return names
}

// Line is what to write in the job file.
func (l BlankLines) Line() string {
	names := make([]string, len(l.Columns))
	for i, n := range l.Columns {
		if names[i] = n; strings.ContainsAny(n, `,[]{}:#"'&*!|>%@`+"`") {
			names[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(n) + `"`
		}
	}
	return "fill_down: [" + strings.Join(names, ", ") + "]"
}
