package ledger

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
	"clientele/internal/money"
)

// Exports that overlap, such as two weeks that share a day, hold some orders twice. Rows
// are compared by all their cells. The names of the files and the order of the columns do
// not matter.

// looksForDuplicates tells whether the rows of a source are compared. They are if it has
// several files and the job does not keep equal rows.
func (p *Plan) looksForDuplicates(source int) bool {
	files := 0
	for _, b := range p.batches {
		if b.source == source {
			files += len(b.files)
		}
	}
	return files > 1 && p.job.Sources[source].Duplicates != job.KeepDuplicates
}

// dropsDuplicates tells whether repeated rows of a source are set aside.
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

// contentSQL gives the hash by which a row is compared. It is NULL for sources that are
// not compared, and empty if no source is.
func (p *Plan) contentSQL(b *batch) string {
	switch {
	case !p.compares():
		return ""
	case !p.looksForDuplicates(b.source):
		return "CAST(NULL AS " + p.at.Dialect().Write("hashed") + ")"
	}
	return "content"
}

// comparedColumns are the columns by which rows are compared, in order of name, as
// another export may have them in another order. Of the columns that folders name, only
// those that the job uses are compared: a folder named after the day of the export says
// nothing about its rows, a folder named after the shop does.
func (b *batch) comparedColumns() []int {
	var all []int
	for i, c := range b.columns {
		if (c.inFile() && !c.inner || c.folder && slices.Contains(b.used, i)) && c.digits <= mostDigits {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(i, k int) int {
		one, other := b.columns[i].name, b.columns[k].name
		return cmp.Or(strings.Compare(strings.ToLower(one), strings.ToLower(other)), strings.Compare(one, other))
	})
	return all
}

// contentOf hashes all cells of a record and of its folders. Records with equal hashes
// are compared by their values too.
func (b *feedBuilder) contentOf(r records.Record, fixed [][]byte) uint64 {
	b.hash.Reset()
	var size [8]byte
	for _, i := range b.compared {
		cell := plainCell(cellOf(r, i, fixed))
		binary.LittleEndian.PutUint64(size[:], uint64(len(cell)))
		_, _ = b.hash.Write(size[:]) // so that a,bc is not ab,c
		_, _ = b.hash.Write(cell)
	}
	return b.hash.Sum64()
}

// plainCell removes what only the writer of a file adds to a cell: spaces around it, and
// zeros at the end of a decimal such as 5.10.
func plainCell(cell []byte) []byte {
	cell = bytes.TrimSpace(cell)
	if len(cell) == 0 || cell[len(cell)-1] != '0' || bytes.Count(cell, []byte{'.'}) != 1 || bytes.ContainsFunc(cell, notOfDecimal) {
		return cell
	}
	return bytes.TrimSuffix(bytes.TrimRight(cell, "0"), []byte("."))
}

func notOfDecimal(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != '-' }

// contentColumnSQL is contentOf for a row of Parquet. The types in which a file stores
// numbers and days do not matter.
func (b *batch) contentColumnSQL(column func(int) string) string {
	if !b.compared {
		return "CAST(NULL AS UBIGINT)"
	}
	var cells []string
	for _, i := range b.comparedColumns() {
		c := b.columns[i]
		if c.folder {
			cells = append(cells, b.folderSQL(i))
			continue
		}
		text := TextSQL(column(i), c.kind)
		switch {
		case isDecimal(c.kind) && !strings.HasSuffix(c.kind, ",0)"):
			text = "rtrim(rtrim(CAST(" + column(i) + " AS VARCHAR), '0'), '.')"
		case isTime(c.kind) && !strings.HasSuffix(c.kind, "ZONE"):
			text = "replace(CAST(" + column(i) + " AS VARCHAR), ' 00:00:00', '')"
		}
		cells = append(cells, text)
	}
	return "hash(" + strings.Join(cells, ", ") + ")"
}

// findDuplicates looks for rows that stand in several files of a source, and
// sets them aside where the job says so.
func (p *Plan) findDuplicates(ctx context.Context) error {
	if !p.compares() {
		return nil
	}
	if err := p.keep(ctx, "repeated", "repeated.sql", struct{ Apart string }{p.kept.apart()}); err != nil {
		return err
	}
	if err := p.kept.noteApart(ctx, p); err != nil {
		return err
	}
	if err := p.keep(ctx, "duplicates", "duplicates.sql", nil); err != nil {
		return err
	}
	if err := p.countDuplicates(ctx); err != nil {
		return err
	}
	if err := p.dropDuplicates(ctx); err != nil {
		return err
	}
	if err := p.at.Drop(ctx, "repeated"); err != nil {
		return err
	}
	return p.at.Drop(ctx, "duplicates")
}

// dropDuplicates sets repeated rows aside where the job says so.
func (p *Plan) dropDuplicates(ctx context.Context) error {
	var sources []string
	for i := range p.job.Sources {
		if !p.dropsDuplicates(i) || p.duplicates[i].Rows == 0 {
			continue
		}
		sources = append(sources, strconv.Itoa(i))
		if p.onCluster() {
			continue
		}
		if err := p.exec(ctx, "drop_duplicates.sql", i); err != nil {
			return err
		}
	}
	if !p.onCluster() || sources == nil {
		return nil
	}
	return p.keep(ctx, "ledger", "without_duplicates.sql", struct{ Sources string }{strings.Join(sources, ", ")})
}

func (p *Plan) exec(ctx context.Context, name string, args ...any) error {
	return p.execWith(ctx, name, nil, args...)
}

// execWith runs a statement that data completes.
func (p *Plan) execWith(ctx context.Context, name string, data any, args ...any) error {
	sql, err := statement(name, data)
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("ledger: %s: %w", name, err)
	}
	return nil
}

// countDuplicates counts the repeated rows of each source, and their money.
func (p *Plan) countDuplicates(ctx context.Context) error {
	p.duplicates = make([]Count, len(p.job.Sources))
	const sql = "SELECT source, count(*) AS rows, CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 6)) AS money FROM duplicates GROUP BY source ORDER BY source"
	return engine.ForEach(ctx, p.at, sql, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		source := engine.Take[*array.Int32](&c, "source")
		rows := engine.Take[*array.Int64](&c, "rows")
		amount := engine.Take[*array.Decimal128](&c, "money")
		if c.Err != nil {
			return c.Err
		}
		for i := range int(b.NumRows()) {
			p.duplicates[source.Value(i)] = Count{Rows: rows.Value(i), Money: money.Of(amount.Value(i))}
		}
		return nil
	})
}
