package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// A source may have columns of other files beside its own, by key. These are read whole
// before the source is, into a table with one row per key: the expressions of the source
// are tried on rows that have all their columns. A join gives a row the columns of at
// most one other. It can neither lose a row nor double its money.

// lookup is the files of one join.
type lookup struct {
	job.Join
	source, number int // of the source, and of the join in it
	batches        []*batch
	columns        []column
	used           []int    // of columns
	table          string   // with one row per key
	made           []string // of what the table was made, once it is
	contents       []string // fingerprints of the files, likewise
}

// findJoins finds and describes the files that are joined to a source.
func (p *Plan) findJoins(ctx context.Context, source int, s job.Source) ([]*lookup, job.Errors, error) {
	var all []*lookup
	var wrong job.Errors
	for i, j := range s.Join {
		l := &lookup{Join: j, source: source, number: i, table: fmt.Sprintf("join_%d_%d", source, i)}
		all = append(all, l)
		spec := j.Source(s, i)
		files, _, err := findFiles(p.job.Dir, spec)
		if err != nil {
			wrong = append(wrong, violation(s, source, l.key("path"), "%v", err))
			continue
		}
		if l.batches, err = p.describe(ctx, source, spec, files, 0); err != nil {
			return nil, nil, err
		}
		for k, b := range l.batches {
			b.isJoined, b.sample = true, fmt.Sprintf("sample_%s_%d", l.table, k)
		}
		l.columns = l.commonColumns()
	}
	return all, wrong, nil
}

// key is the full name of one of the join's keys within its source.
func (l *lookup) key(name string) string { return fmt.Sprintf("join.%d.%s", l.number, name) }

// commonColumns are the columns of the first file. Where files store one in different
// types, it is text.
func (l *lookup) commonColumns() []column {
	columns := slices.Clone(l.batches[0].columns)
	for i, c := range columns {
		for _, b := range l.batches[1:] {
			if at := slices.IndexFunc(b.columns, func(other column) bool { return other.name == c.name }); at < 0 || b.columns[at].kind != c.kind {
				columns[i].kind = textKind
			}
		}
	}
	return columns
}

// allBatches are those of the sources and then those of what is joined to them.
func (p *Plan) allBatches() []*batch {
	all := slices.Clone(p.batches)
	for _, joins := range p.joins {
		for _, l := range joins {
			all = append(all, l.batches...)
		}
	}
	return all
}

func (p *Plan) hasJoins() bool {
	return slices.ContainsFunc(p.joins, func(joins []*lookup) bool { return len(joins) > 0 })
}

// join gives a batch the columns of joined files.
func (b *batch) join(joins []*lookup) {
	b.joins = joins
	for k, l := range joins {
		for i, c := range l.columns {
			c.join, c.at, c.folder, c.full = k+1, i, false, l.Name()+"."+c.name
			c.hidden = slices.ContainsFunc(l.On, func(on job.JoinKey) bool { return sameName(on) && strings.EqualFold(on.Right, c.name) })
			b.columns = append(b.columns, c)
		}
	}
}

// sameName tells whether a part of the key is called alike on both sides.
func sameName(on job.JoinKey) bool { return strings.EqualFold(on.Left, on.Right) }

// keyFormula reads one side of a part of a key.
func (p *Plan) keyFormula(ctx context.Context, known scalar.Functions, b *batch, l *lookup, sql string) (formula, *job.Violation, error) {
	x := expression{name: "on", key: l.key("on"), role: roleText, sql: sql}
	f, err := b.formulaOf(ctx, p.engine, known, x)
	if err == nil {
		err = l.comesBefore(b, f)
	}
	if err == nil {
		return f, nil, nil
	}
	v, err := p.misfit(ctx, b, x, err)
	return f, &v, err
}

// comesBefore refuses a key that is a column of files which are joined later.
func (l *lookup) comesBefore(b *batch, f formula) error {
	for _, i := range f.columns() {
		if c := b.columns[i]; c.join > l.number {
			return fmt.Errorf("names %s, which is joined later or by this key itself; put the join that has it before this one", c.full)
		}
	}
	return nil
}

// readJoins reads the joined files of every source that are in use.
func (p *Plan) readJoins(ctx context.Context, known scalar.Functions) (job.Errors, error) {
	var wrong job.Errors
	for source, joins := range p.joins {
		for _, l := range joins {
			violations, err := p.findKeys(ctx, known, source, l)
			if err != nil {
				return nil, err
			}
			wrong = append(wrong, violations...)
		}
		if len(wrong) > 0 {
			continue
		}
		for _, l := range joins {
			l.used = p.usedOf(source, l.number)
			violations, err := p.readJoin(ctx, known, l)
			if err != nil {
				return nil, err
			}
			wrong = append(wrong, violations...)
		}
	}
	return wrong, nil
}

// findKeys reads the source's side of a key, and notes the columns that it needs.
func (p *Plan) findKeys(ctx context.Context, known scalar.Functions, source int, l *lookup) (job.Errors, error) {
	for _, b := range p.batches {
		if b.source != source {
			continue
		}
		parts := make([]mapped, len(l.On))
		for i, on := range l.On {
			f, violation, err := p.keyFormula(ctx, known, b, l, on.Left)
			if err != nil {
				return nil, err
			}
			if violation != nil {
				return job.Errors{*violation}, nil
			}
			parts[i].formula = f
			b.use([]formula{f})
		}
		b.keys = append(b.keys, parts)
	}
	return nil, nil
}

// usedOf are the columns of a join that any batch of its source uses.
func (p *Plan) usedOf(source, number int) []int {
	var used []int
	for _, b := range p.batches {
		if b.source == source {
			for _, i := range b.usedOf(number + 1) {
				used = append(used, b.columns[i].at)
			}
		}
	}
	slices.Sort(used)
	return slices.Compact(used)
}

// readJoin reads the files of a join into its table.
func (p *Plan) readJoin(ctx context.Context, known scalar.Functions, l *lookup) (job.Errors, error) {
	if err := p.engine.Exec(ctx, "CREATE TEMP TABLE "+l.rowsTable()+" ("+strings.Join(l.definitions(), ", ")+")"); err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	for _, b := range l.batches {
		violations, err := p.readJoinedBatch(ctx, known, l, b)
		if len(violations) > 0 || err != nil {
			return violations, err
		}
	}
	return nil, l.index(ctx, p.engine)
}

// withoutJoined leaves out the files that a source's folder or pattern holds and that are
// joined to the others. One that is alone is left.
func withoutJoined(files []file, joins []*lookup) []file {
	rest := slices.DeleteFunc(slices.Clone(files), func(f file) bool {
		return slices.ContainsFunc(joins, func(l *lookup) bool { return l.holds(f) })
	})
	if len(rest) == 0 {
		return files
	}
	return rest
}

// opens tells whether a file of the join is at a place.
func (l *lookup) opens(place string) bool {
	return slices.ContainsFunc(l.batches, func(b *batch) bool {
		return slices.ContainsFunc(b.files, func(f file) bool { return f.open == place })
	})
}

func (l *lookup) holds(f file) bool {
	for _, b := range l.batches {
		if slices.ContainsFunc(b.files, func(other file) bool { return other.is == f.is }) {
			return true
		}
	}
	return false
}
