package ledger

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// Exports that overlap, such as two weeks that share a day, hold some orders
// twice. Rows are compared by what they hold, whatever the files are called and
// in whatever order their columns stand: all cells of a row together.

// looksForDuplicates tells whether a source's rows are compared: where it has
// several files, and the job does not say that equal rows are all meant.
func (p *Plan) looksForDuplicates(source int) bool {
	files := 0
	for _, b := range p.batches {
		if b.source == source {
			files += len(b.files)
		}
	}
	return files > 1 && p.job.Sources[source].Duplicates != job.KeepDuplicates
}

// dropsDuplicates tells whether rows of a source that come again are set aside.
func (p *Plan) dropsDuplicates(source int) bool {
	return p.looksForDuplicates(source) && p.job.Sources[source].Duplicates == job.DropDuplicates
}

// compares tells whether the rows of any source are compared.
func (p *Plan) compares() bool {
	for i := range p.job.Sources {
		if p.looksForDuplicates(i) {
			return true
		}
	}
	return false
}

// contentSQL is what a row is compared by: NULL where it is not, nothing where
// no row is.
func (p *Plan) contentSQL(b *batch) string {
	switch {
	case !p.compares():
		return ""
	case !p.looksForDuplicates(b.source):
		return "CAST(NULL AS UBIGINT)"
	}
	return "content"
}

// byName are the columns of the files in the order of their names: another
// export may have them in another order.
func (b *batch) byName() []int {
	var all []int
	for i, c := range b.columns {
		if !c.folder {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(i, k int) int { return strings.Compare(b.columns[i].name, b.columns[k].name) })
	return all
}

// contentOf is a hash of all cells of a record. Records of one hash are
// compared by what they mean, too.
func (b *feedBuilder) contentOf(r records.Record) uint64 {
	b.hash.Reset()
	var size [8]byte
	for _, i := range b.byName {
		binary.LittleEndian.PutUint64(size[:], uint64(len(r.Cells[i])))
		_, _ = b.hash.Write(size[:]) // so that a,bc is not ab,c
		_, _ = b.hash.Write(r.Cells[i])
	}
	return b.hash.Sum64()
}

// contentColumnSQL is the same of a row of Parquet.
func (b *batch) contentColumnSQL(column func(int) string) string {
	if !b.compared {
		return "CAST(NULL AS UBIGINT)"
	}
	var cells []string
	for _, i := range b.byName() {
		cells = append(cells, "CAST("+column(i)+" AS VARCHAR)")
	}
	return "hash(" + strings.Join(cells, ", ") + ")"
}

// findDuplicates looks for rows that stand in several files of a source, and
// sets them aside where the job says so.
func (p *Plan) findDuplicates(ctx context.Context) error {
	if !p.compares() {
		return nil
	}
	if err := p.exec(ctx, "duplicates.sql"); err != nil {
		return err
	}
	if err := p.countDuplicates(ctx); err != nil {
		return err
	}
	for i := range p.job.Sources {
		if p.dropsDuplicates(i) {
			if err := p.exec(ctx, "drop_duplicates.sql", i); err != nil {
				return err
			}
		}
	}
	return p.engine.Exec(ctx, "DROP TABLE duplicates")
}

func (p *Plan) exec(ctx context.Context, name string, args ...any) error {
	sql, err := statement(name, nil)
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("ledger: %s: %w", name, err)
	}
	return nil
}

// countDuplicates counts, by source, the rows that come again, and their money.
func (p *Plan) countDuplicates(ctx context.Context) error {
	p.duplicates = make([]Count, len(p.job.Sources))
	const sql = "SELECT source, count(*) AS rows, CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 6)) AS money FROM duplicates GROUP BY source ORDER BY source"
	return engine.ForEach(ctx, p.engine, sql, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		source := engine.Take[*array.Int32](&c, "source")
		rows := engine.Take[*array.Int64](&c, "rows")
		amount := engine.Take[*array.Decimal128](&c, "money")
		if c.Err != nil {
			return c.Err
		}
		for i := range int(b.NumRows()) {
			p.duplicates[source.Value(i)] = Count{Rows: rows.Value(i), Money: MoneyOf(amount.Value(i))}
		}
		return nil
	})
}
