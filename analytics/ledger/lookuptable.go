package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// rowsTable has a row per row of the joined files.
func (l *lookup) rowsTable() string { return l.table + "_rows" }

// The columns of a lookup's tables: the parts of the key, and the columns in use.
func keyColumn(i int) string   { return fmt.Sprintf("key_%d", i) }
func valueColumn(i int) string { return fmt.Sprintf("value_%d", i) }

func (l *lookup) keyColumns() []string {
	names := make([]string, len(l.On))
	for i := range l.On {
		names[i] = keyColumn(i)
	}
	return names
}

func (l *lookup) valueColumns() []string {
	names := make([]string, len(l.used))
	for k, i := range l.used {
		names[k] = valueColumn(i)
	}
	return names
}

func (l *lookup) definitions() []string {
	all := []string{"file INTEGER", "line BIGINT", "malformed BOOLEAN"}
	for _, name := range l.keyColumns() {
		all = append(all, name+" VARCHAR")
	}
	for _, i := range l.used {
		all = append(all, valueColumn(i)+" "+l.columns[i].kind)
	}
	return all
}

// readJoinedBatch adds the rows of some files to the table of rows.
func (p *Plan) readJoinedBatch(ctx context.Context, known scalar.Functions, l *lookup, b *batch) (job.Errors, error) {
	keys := make([]mapped, len(l.On))
	for i, on := range l.On {
		f, violation, err := p.keyFormula(ctx, known, b, l, on.Right)
		if err != nil {
			return nil, err
		}
		if violation != nil {
			return job.Errors{*violation}, nil
		}
		keys[i].formula = f
		b.use([]formula{f})
	}
	values, err := l.valuesOf(b)
	if err != nil {
		return nil, err
	}
	if err := b.takeSample(ctx, p.engine); err != nil {
		return nil, err
	}
	if err := b.typeSample(ctx, p.engine); err != nil {
		return nil, err
	}
	for i := range keys {
		if keys[i], err = bind(ctx, p.engine, b, keys[i].formula); err != nil {
			v, err := p.misfit(ctx, b, expression{key: l.key("on"), sql: l.On[i].Right}, err)
			return job.Errors{v}, err
		}
	}
	insert := func(reader string) string {
		taken := append([]string{fileColumn, lineColumn, malformedColumn}, keySQL(keys)...)
		return "INSERT INTO " + l.rowsTable() + " SELECT " + strings.Join(append(taken, values...), ", ") + " FROM " + b.ownRows(reader)
	}
	if err := b.read(ctx, p.engine, 0, insert); err != nil {
		return nil, err
	}
	if err := b.allProven(); err != nil {
		return nil, err
	}
	l.made = append(l.made, insert("<rows>"), b.takenApart())
	for i, f := range b.files {
		l.contents = append(l.contents, b.readings[i].sha256)
		l.made = append(l.made, b.readings[i].sha256, filepath.Ext(f.open), fmt.Sprintf("%q", f.partitions()))
	}
	return nil, b.checkMalformed()
}

// valuesOf are the columns in use as a batch of the joined files has them.
func (l *lookup) valuesOf(b *batch) ([]string, error) {
	var values []string
	for _, i := range l.used {
		c := l.columns[i]
		at, err := b.columnNamed(c.name)
		if err == nil && at < 0 {
			err = &noColumnError{c.name}
		}
		if err != nil {
			return nil, &DataError{Path: b.files[0].path, Message: fmt.Sprintf("its columns differ from those of %s: %s", l.batches[0].files[0].path, b.explain(c.name, err))}
		}
		b.use([]formula{{places: []columnPlace{{column: at}}}})
		value := rawColumn(at)
		if b.columns[at].kind != c.kind {
			value = TextSQL(value, b.columns[at].kind)
		}
		values = append(values, value)
	}
	return values, nil
}

// keySQL are the parts of a key as text: an id is the same whether a file stores it as
// text or as a number. A part that is missing is NULL, and so is a word for it.
func keySQL(parts []mapped) []string {
	all := make([]string, len(parts))
	for i, m := range parts {
		sql := m.sql
		if !m.isColumn() {
			sql = attempt(sql)
		}
		all[i] = keyTextSQL(dialect.DuckDB, sql, m.kind)
	}
	return all
}

// keyTextSQL is a part of a key as text.
func keyTextSQL(d dialect.Dialect, value, kind string) string {
	return knownSQL(d, "nullif("+trimmedSQL(d, TextSQL(value, kind))+", '')")
}

// indexData is what the statements about a join's index need to know.
type indexData struct {
	Table, Rows  string
	Keys, Values []string
}

// index makes the table with one row per key of the rows.
func (l *lookup) index(ctx context.Context, e engine.Engine) error {
	data := indexData{l.table, l.rowsTable(), l.keyColumns(), l.valueColumns()}
	create, err := statement("join_index.sql", data)
	if err != nil {
		return err
	}
	if err := e.Exec(ctx, create); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	several, err := engine.Text(ctx, e, "SELECT count(*) > 0 FROM (SELECT 1 FROM "+l.table+" GROUP BY "+strings.Join(data.Keys, ", ")+" HAVING count(*) > 1)")
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	if several[0][0] == "true" {
		return l.refuseRepeated(ctx, e, data)
	}
	return e.Exec(ctx, "DROP TABLE "+l.rowsTable())
}
