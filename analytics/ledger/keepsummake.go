package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"clientele/analytics/cache"
	"clientele/analytics/engine"
)

// A sum is made again where that is worth it: what came since the last is read row by row.

// worthShare is the share of all rows, one in so many, that a sum must gain to be made again. To
// make a sum takes 1.6 times what its rows take where they come from the cache one by one
// (benchmarks/results/2026-11-27-cache.md). Where each night brings a share g of new rows, a night
// costs least if the sum is made once it gains the root of 2 x 1.6 x g: 6% where that is one row in a
// thousand, 18% where it is one in a hundred. A tenth lies between, and costs little more than either.
const worthShare = 10

// sumDraft is a sum that is made of tonight's rows.
type sumDraft struct {
	*cache.Draft
	files    []int // by their place in it
	entering []int // those that are in no sum yet
	all      bool  // no row is of another file
	facts    sumFacts
	contents []string
}

// Sums are the parts of files that do not change.
type Sums struct{ p *Plan }

// Sums gives them; nil where nothing is added up tonight.
func (p *Plan) Sums() *Sums {
	if p.kept == nil || p.kept.asked == nil {
		return nil
	}
	return &Sums{p}
}

// Begin begins to make a sum of tonight's rows, where that is worth it, with all that the ledger
// itself was asked.
func (s *Sums) Begin(ctx context.Context) error {
	k := s.p.kept
	return k.try(ctx, func() error {
		if k.making = k.planSum(s.p); k.making == nil {
			return nil
		}
		key, err := sumKey()
		if err != nil {
			return err
		}
		if k.making.Draft, err = k.folder.Begin(key); err != nil {
			k.making = nil
			return err
		}
		aside := fmt.Sprintf("SELECT * REPLACE (%s AS file) FROM ledger WHERE reason IS NOT NULL AND file IN (%s)", k.making.place(), listOf(k.making.files))
		if err := k.write(ctx, s.p, k.making.Path(), aside, []string{"file", "line"}); err != nil {
			return err
		}
		if err := k.writeReturners(ctx, s.p); err != nil {
			return err
		}
		parts, err := s.p.parts()
		if err != nil {
			return err
		}
		for _, t := range parts {
			if err := k.writePart(ctx, s.p, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// Complete adds to a part of customers what is kept of files that are not in the ledger.
func (s *Sums) Complete(ctx context.Context, step engine.Step) (engine.Step, error) {
	k := s.p.kept
	at := slices.IndexFunc(k.asked, func(a engine.Step) bool { return a.Name == step.Name && (a.SQL == step.SQL || s.p.moved) })
	if at < 0 {
		return step, fmt.Errorf("ledger: %s is no part that was said to be asked for; please report this", step.Name)
	}
	if k.sum == nil {
		return step, nil
	}
	t := k.askedParts()[at]
	kept, err := k.stay(ctx, s.p, t, true)
	if err != nil {
		return step, err
	}
	// Where returns take back sales the statement is another, and gives the same of all
	// customers of whom the sum has anything.
	step.SQL, err = engine.Added(ctx, s.p.engine, step.SQL, kept, t.adds)
	return step, err
}

// Made keeps a part of customers.
func (s *Sums) Made(ctx context.Context, step engine.Step) error {
	k := s.p.kept
	return k.try(ctx, func() error {
		if k.making == nil {
			return nil
		}
		at := slices.IndexFunc(k.asked, func(a engine.Step) bool { return a.Name == step.Name })
		t := k.askedParts()[at]
		others := k.others(t)
		if !k.making.all || others != "" && !t.ofCustomer() {
			return k.writePart(ctx, s.p, t)
		}
		path, err := k.making.Piece(t.name, t.madeBy())
		if err != nil {
			return err
		}
		return k.write(ctx, s.p, path, "SELECT * FROM "+engine.Identifier(step.Name)+" WHERE TRUE"+others, t.adds.Keys)
	})
}

// Finish keeps the sum, once all parts are made.
func (s *Sums) Finish(ctx context.Context) error {
	k := s.p.kept
	return k.try(ctx, func() error {
		if k.making == nil {
			return nil
		}
		d := k.making
		d.Facts, d.Beside = d.facts, d.contents
		err := d.Keep()
		if err == nil {
			k.making = nil
		}
		return err
	})
}

// try does something for a sum. Where it fails there is none, and the night goes on. What a night
// that is stopped was making is removed with the folder's other drafts.
func (k *keeping) try(ctx context.Context, do func() error) error {
	err := do()
	if err == nil || ctx.Err() != nil {
		return err
	}
	k.folder.Fail(err)
	if k.making != nil {
		k.making.Drop()
		k.making = nil
	}
	return nil
}

// planSum says of which files a sum is made tonight; nil: of none. Files whose rows another file
// has too, or that have rows after the last day that counts, are in no sum: these rows may count
// on another night. After a sum of which a file changed, files are in the next once they were the
// same on two nights.
func (k *keeping) planSum(p *Plan) *sumDraft {
	if k.folder.Failed() || len(k.facts) < p.files {
		return nil
	}
	d := &sumDraft{facts: sumFacts{Sample: p.sample}}
	in, times := map[int]bool{}, map[string]int{}
	if k.sum != nil {
		d.files = slices.Clone(k.sum.files)
	}
	for _, file := range d.files {
		in[file] = true
	}
	for _, key := range k.keys {
		times[key.Name()]++
	}
	changed := k.last != nil && k.sum == nil
	var rows, gained int64
	for file := range p.files {
		of := k.facts[file]
		rows += of.Rows
		if in[file] || times[k.keys[file].Name()] > 1 || k.alike[file] || p.isLate(of) || changed && !k.same[file] {
			continue
		}
		d.entering, gained = append(d.entering, file), gained+of.Rows
	}
	if len(d.entering) == 0 || gained*worthShare < rows {
		return nil
	}
	d.files = append(d.files, d.entering...)
	d.all = len(d.files) == p.files
	beside := maps.Clone(k.beside)
	for _, file := range d.files {
		d.facts.Files = append(d.facts.Files, summedFile{k.keys[file].Name(), k.facts[file]})
		beside[k.facts[file].sha256] = true
	}
	d.contents = slices.Sorted(maps.Keys(beside))
	return d
}

// place is the place of a row's file in the sum, as SQL.
func (d *sumDraft) place() string {
	return fmt.Sprintf("CAST(list_position([%s], file) - 1 AS INTEGER)", listOf(d.files))
}

// writePart writes what the sum has of a part.
func (k *keeping) writePart(ctx context.Context, p *Plan, t part) error {
	entering := fmt.Sprintf("reason IS NULL AND file IN (%s)%s", listOf(k.making.entering), k.others(t))
	sql := overLedger(t.sql, entering, fmt.Sprintf(" REPLACE (%s AS file)", k.making.place()))
	if k.sum != nil {
		kept, err := k.stay(ctx, p, t, false)
		if err != nil {
			return err
		}
		if sql, err = engine.Added(ctx, p.engine, sql, kept, t.adds); err != nil {
			return err
		}
	}
	path, err := k.making.Piece(t.name, t.madeBy())
	if err != nil {
		return err
	}
	return k.write(ctx, p, path, sql, t.adds.Keys)
}

// write writes rows in order, in which equal texts stand together: that takes least room, and
// least time to read. The engine writes to the path itself: a file of its own beside it would stay when
// the night is stopped.
func (k *keeping) write(ctx context.Context, p *Plan, path, sql string, order []string) error {
	if len(order) > 0 {
		sql = "SELECT * FROM (" + sql + ") ORDER BY " + strings.Join(order, ", ")
	}
	return p.engine.Exec(ctx, "COPY ("+sql+") TO "+engine.Literal(path)+" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, USE_TMP_FILE false)")
}
