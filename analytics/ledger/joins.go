package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
	"clientele/internal/money"
)

// stateColumn tells what became of a row in a join.
func stateColumn(join int) string { return fmt.Sprintf(`"%sjoin.%d"`, scalar.OwnPrefix, join) }

// What became of a row in a join.
const (
	joinFound     = 0
	joinNoKey     = 1 // the row has no key
	joinNoPartner = 2 // no row of the joined files has its key
)

// bindJoins binds the source's side of each key in turn, and gives the batch's sample the
// columns of the joined files.
func (p *Plan) bindJoins(ctx context.Context, b *batch) (job.Errors, error) {
	for k, l := range b.joins {
		for i, part := range b.keys[k] {
			bound, err := bind(ctx, p.engine, b, part.formula)
			if err != nil {
				v, err := p.misfit(ctx, b, expression{key: l.key("on"), sql: l.On[i].Left}, err)
				return job.Errors{v}, err
			}
			b.keys[k][i] = bound
		}
		before := b.sample
		b.sample = fmt.Sprintf("%s_%d", before, k)
		for again := true; again; {
			if err := p.engine.Exec(ctx, "CREATE OR REPLACE TEMP TABLE "+b.sample+" AS SELECT * FROM "+b.joinedTo(before, k)); err != nil {
				return nil, fmt.Errorf("join: %w", err)
			}
			var err error
			if again, err = p.settleJoined(ctx, b, k+1); err != nil {
				return nil, err
			}
		}
		if err := b.countNumbers(ctx, p.engine, b.usedOf(k+1)); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// joinedTo is a table of a batch's rows with the columns of one join beside them.
//
// The partner is looked up by a sub-query, and not by LEFT JOIN: the engine takes a feed
// for a table of one row, and would hold all of it in memory to look for each key in it.
// A sub-query that found two rows would be an error.
func (b *batch) joinedTo(rows string, k int) string {
	l := b.joins[k]
	found := fmt.Sprintf(`"%sfound.%d"`, scalar.OwnPrefix, k)
	members, same := []string{"found := TRUE"}, []string{}
	keyed, missing := []string{"*"}, []string{}
	for i, sql := range keySQL(b.keys[k]) {
		key := fmt.Sprintf(`"%skey.%d.%d"`, scalar.OwnPrefix, k, i)
		keyed, missing = append(keyed, sql+" AS "+key), append(missing, key+" IS NULL")
		same = append(same, "joined."+keyColumn(i)+" = own."+key)
	}
	columns := []string{"*"}
	for _, i := range b.usedOf(k + 1) {
		c := b.columns[i]
		name := valueColumn(c.at)
		members = append(members, name+" := joined."+name)
		value := found + "." + name
		plain := b.plainSQL(dialect.DuckDB, i, value)
		columns = append(columns, value+" AS "+rawColumn(i), b.otherOf(i, value, plain)+" AS "+otherColumn(i))
		if c.kind == textKind {
			columns = append(columns, plain+" AS "+plainColumn(i))
		}
	}
	state := fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %d WHEN %s THEN %d ELSE %d END AS %s",
		found, joinFound, strings.Join(missing, " OR "), joinNoKey, joinNoPartner, stateColumn(k))
	return "(SELECT " + strings.Join(append(columns, state), ", ") + " FROM (SELECT *, (SELECT struct_pack(" + strings.Join(members, ", ") + ")" +
		" FROM " + l.table + " AS joined WHERE " + strings.Join(same, " AND ") + ") AS " + found +
		" FROM (SELECT " + strings.Join(keyed, ", ") + " FROM " + rows + ") AS own))"
}

// joined is a reader of a batch's rows with the columns of all joins.
func (b *batch) joined(reader string) string {
	if len(b.joins) == 0 {
		return b.withPlainNumbers(reader)
	}
	rows := b.ownRows(reader)
	for k := range b.joins {
		rows = b.joinedTo(rows, k)
	}
	return rows
}

// readColumns are the columns of a row for load.sql. Those of a row with joined columns
// have both typings already.
func (b *batch) readColumns() []string {
	if len(b.joins) == 0 {
		return b.ownColumns()
	}
	columns := placeColumns()
	for _, i := range b.used {
		columns = append(columns, rawColumn(i), otherColumn(i))
		if b.columns[i].kind == textKind {
			columns = append(columns, plainColumn(i))
		}
	}
	for k := range b.joins {
		columns = append(columns, stateColumn(k))
	}
	return columns
}

// joinsSQL packs what became of a row in each join; it is empty if no source has any.
func (p *Plan) joinsSQL(b *batch) string {
	if !p.hasJoins() {
		return ""
	}
	states := []string{"0"}
	for k := range b.joins {
		states = append(states, fmt.Sprintf("%s * %d", stateColumn(k), 1<<(2*k)))
	}
	return "CAST(" + strings.Join(states, " + ") + " AS " + p.at.Dialect().Write("bits") + ")"
}

// refuseRepeated is the error about files in which a key stands several times with
// different values.
func (l *lookup) refuseRepeated(ctx context.Context, e engine.Engine, data indexData) error {
	repeated, err := statement("join_repeated.sql", data)
	if err != nil {
		return err
	}
	rows, err := engine.Text(ctx, e, repeated)
	if err != nil {
		return fmt.Errorf("join: %w", err)
	}
	var keys, lines, line int64
	var file int
	for i, into := range []any{&keys, &lines, &file, &line} {
		if _, err := fmt.Sscan(rows[0][i], into); err != nil {
			return fmt.Errorf("join: repeated keys: %w", err)
		}
	}
	var differ []string
	for k, i := range l.used {
		if rows[0][4+k] == "true" {
			differ = append(differ, l.columns[i].name)
		}
	}
	many := "1 key stands"
	if keys != 1 {
		many = fmt.Sprintf("%d keys stand", keys)
	}
	return &DataError{Path: l.pathOf(file), Line: line, Message: fmt.Sprintf(
		"%s on several lines of %s, %d in all, with different values in %s, the first on this line; a join gives a row the columns of one other, so that no money is counted twice: name more columns of the key in sources.%d.%s, export one line per key, or make the file with the lines the source and join the other to it",
		many, l.Path, lines, strings.Join(differ, ", "), l.source, l.key("on"))}
}

// pathOf is what messages call a file of the join.
func (l *lookup) pathOf(file int) string {
	for _, b := range l.batches {
		if file < b.first+len(b.files) {
			return b.files[file-b.first].path
		}
	}
	panic(fmt.Sprintf("ledger: file %d of %s", file, l.Path))
}

// JoinCount is what a join came to for the rows of a source that the job's conditions let
// through.
type JoinCount struct {
	Source    string // its path
	Path      string // of the joined files
	Key       string // the source's side of it
	Found     Count  // rows with a partner
	NoKey     Count  // rows without a key
	NoPartner Count  // rows whose key no row of the joined files has
}

// countJoins counts, by source and join, the rows that found a partner or none.
func (p *Plan) countJoins(ctx context.Context) ([][]JoinCount, error) {
	all := make([][]JoinCount, len(p.joins))
	for source, joins := range p.joins {
		for _, l := range joins {
			c, err := p.countJoin(ctx, l)
			if err != nil {
				return nil, fmt.Errorf("join: %w", err)
			}
			all[source] = append(all[source], c)
		}
	}
	return all, nil
}

func (p *Plan) countJoin(ctx context.Context, l *lookup) (JoinCount, error) {
	var lefts []string
	for _, on := range l.On {
		lefts = append(lefts, on.Left)
	}
	c := JoinCount{Source: p.job.Sources[l.source].Path, Path: l.Path, Key: strings.Join(lefts, ", ")}
	counts, err := p.joinPart(l)
	if err != nil {
		return c, err
	}
	sql, err := p.whole(ctx, counts)
	if err != nil {
		return c, err
	}
	err = engine.ForEach(ctx, p.at, sql, c.take)
	return c, err
}

func (p *Plan) joinPart(l *lookup) (part, error) {
	sql, err := p.statement("join_count.sql", struct {
		Source int
		Place  string
	}{l.source, strconv.Itoa(1 << (2 * l.number))})
	return part{name: fmt.Sprintf("join_%d_%d", l.source, l.number), sql: sql, adds: engine.Adds{Keys: []string{"state"}}}, err
}

// take reads the rows of join_count.sql.
func (c *JoinCount) take(b arrow.RecordBatch) error {
	columns := engine.Columns{Batch: b}
	state := engine.Take[*array.Int32](&columns, "state")
	rows := engine.Take[*array.Int64](&columns, "rows")
	unknown := engine.Take[*array.Int64](&columns, "unknown")
	amount := engine.Take[*array.Decimal128](&columns, "money")
	if columns.Err != nil {
		return columns.Err
	}
	for i := range int(b.NumRows()) {
		n := Count{rows.Value(i), money.Of(amount.Value(i)), unknown.Value(i)}
		switch state.Value(i) {
		case joinFound:
			c.Found = n
		case joinNoKey:
			c.NoKey = n
		case joinNoPartner:
			c.NoPartner = n
		}
	}
	return nil
}
