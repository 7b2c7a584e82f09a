package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// batch is files of one source that one table function reads: they share
// format, columns and the way their text is written.
type batch struct {
	source  int // index into the job's sources
	first   int // index of files[0] among all files of the job
	files   []file
	format  job.Format
	columns []column
	dialect dialect
	sample  string // temporary table with the first rows
	rejects string // tables with the lines that the reader could not split
}

// column is one column of an export.
type column struct {
	name string
	kind string // the type the file states; VARCHAR for CSV and JSON, which are read as text
	// numbers is the share of the sample's values that are numbers, 0 to 1;
	// mostlyNumbers where there are none, since they may be meant as numbers.
	numbers float64
}

// sampleRows is how many rows stand for a batch when its columns and
// expressions are looked at. Large enough to meet the kinds of values that a
// file has, small enough to be read in a blink.
const sampleRows = 20_000

// describe looks at the files of a source and groups neighbours that can be
// read together.
func (p *Plan) describe(ctx context.Context, source int, files []file, declared job.Format) error {
	for _, f := range files {
		b, err := p.describeFile(ctx, source, f, declared)
		if err != nil {
			return err
		}
		if n := len(p.batches); n > 0 && p.batches[n-1].reads(b) {
			p.batches[n-1].files = append(p.batches[n-1].files, f)
		} else {
			p.batches = append(p.batches, b)
		}
		p.files++
	}
	return nil
}

// reads tells whether b's files can be read by the same call as other's.
func (b *batch) reads(other *batch) bool {
	return b.source == other.source && b.format == other.format &&
		b.dialect == other.dialect && slices.Equal(b.columns, other.columns)
}

func (p *Plan) describeFile(ctx context.Context, source int, f file, declared job.Format) (*batch, error) {
	format := declared
	if format == "" {
		format, _ = formatOf(f.path)
	}
	if f.size == 0 {
		return nil, &DataError{Path: f.path, Message: "the file is empty: expected a header and rows; export it again"}
	}
	b := &batch{source: source, first: p.files, files: []file{f}, format: format}
	var err error
	switch format {
	case job.CSV:
		err = b.describeCSV()
	case job.Parquet, job.JSON:
		err = b.describeTyped(ctx, p.engine)
	default:
		err = fmt.Errorf("format %q cannot be read", format)
	}
	if err != nil {
		return nil, &DataError{Path: f.path, Message: fmt.Sprintf("cannot be read as %s: %v", format, err)}
	}
	return b, nil
}

// describeCSV looks at the first lines. Every value is text until an
// expression wants more.
func (b *batch) describeCSV() error {
	text, err := OpenText(b.files[0].open)
	if err != nil {
		return err
	}
	defer text.Close()
	var names []string
	if b.dialect, names, err = readHead(text); err != nil {
		return err
	}
	for _, n := range names {
		b.columns = append(b.columns, column{name: n, kind: "VARCHAR"})
	}
	return nil
}

// describeTyped takes names and types from the file. JSON has no decimals and
// guesses its types, so its values are read as the text they were.
func (b *batch) describeTyped(ctx context.Context, e engine.Engine) error {
	function := "read_parquet(%s)"
	if b.format == job.JSON {
		function = "read_json(%s, format = 'newline_delimited', ignore_errors = true)"
	}
	rows, err := engine.Text(ctx, e, "DESCRIBE SELECT * FROM "+fmt.Sprintf(function, engine.Literal(b.files[0].open)))
	if err != nil {
		return err
	}
	if b.format == job.JSON && len(rows) == 1 && rows[0][0] == "json" {
		return errors.New(`expected one object per line, such as {"id": 1}`)
	}
	for _, r := range rows {
		kind := r[1]
		if b.format == job.JSON {
			kind = "VARCHAR"
		}
		b.columns = append(b.columns, column{name: r[0], kind: kind})
	}
	return nil
}

// reader is the table function that reads the batch: the export's columns and
// the virtual column file_index. It leaves nothing to guess.
func (b *batch) reader() string {
	paths := make([]string, len(b.files))
	for i, f := range b.files {
		paths[i] = engine.Literal(f.open)
	}
	list := "[" + strings.Join(paths, ", ") + "]"
	switch b.format {
	case job.CSV:
		keep := "ignore_errors = true"
		if b.rejects != "" {
			keep = "store_rejects = true, rejects_table = " + engine.Literal(b.rejects) + ", rejects_scan = " + engine.Literal(b.rejects+"_scan")
		}
		return fmt.Sprintf(`read_csv(%s, auto_detect = false, header = true, delim = %s, quote = '"', escape = '"', skip = %d, columns = %s, %s)`,
			list, engine.Literal(string(b.dialect.delimiter)), b.dialect.skip, b.textColumns(), keep)
	case job.JSON:
		return fmt.Sprintf("read_json(%s, format = 'newline_delimited', ignore_errors = true, columns = %s)", list, b.textColumns())
	default:
		return "read_parquet(" + list + ")"
	}
}

// textColumns is the columns argument that reads each value as text.
func (b *batch) textColumns() string {
	parts := make([]string, len(b.columns))
	for i, c := range b.columns {
		parts[i] = engine.Literal(c.name) + ": 'VARCHAR'"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// takeSample keeps the first rows in a temporary table and notes which
// columns read as numbers.
func (b *batch) takeSample(ctx context.Context, e engine.Engine) error {
	err := e.Exec(ctx, fmt.Sprintf("CREATE TEMP TABLE %s AS SELECT file_index, %s FROM %s LIMIT %d", b.sample, b.selectColumns(), b.reader(), sampleRows))
	if err != nil {
		return b.unreadable(err)
	}
	shares := make([]string, len(b.columns))
	for i, c := range b.columns {
		shares[i] = "0.0"
		if c.kind == "VARCHAR" {
			name := engine.Identifier(c.name)
			shares[i] = fmt.Sprintf("coalesce(count(%s) / nullif(count(nullif(%s, '')), 0), %g)", asNumber(name), name, mostlyNumbers)
		}
	}
	rows, err := engine.Text(ctx, e, "SELECT "+strings.Join(shares, ", ")+" FROM "+b.sample)
	if err != nil {
		return err
	}
	for i := range b.columns {
		if _, err := fmt.Sscan(rows[0][i], &b.columns[i].numbers); err != nil {
			return fmt.Errorf("share of numbers in %q: %w", b.columns[i].name, err)
		}
	}
	return nil
}

func (b *batch) selectColumns() string {
	names := make([]string, len(b.columns))
	for i, c := range b.columns {
		names[i] = engine.Identifier(c.name)
	}
	return strings.Join(names, ", ")
}

// The types of exact numbers. An expression computes with more digits than a
// row may hold, since DuckDB keeps the digits of a product at those of its
// factors: as DECIMAL(18, 6), 2000 * 600 would overflow.
const (
	exact = "DECIMAL(38, 6)" // in expressions
	money = "DECIMAL(18, 6)" // in the ledger: up to a trillion with six places
)

// asNumber reads text as an exact decimal, or NULL. Through the narrow type,
// which is read from text ten times as fast.
func asNumber(sql string) string { return "CAST(" + asMoney(sql) + " AS " + exact + ")" }

// asMoney turns what an expression gave into an amount, or NULL.
func asMoney(sql string) string { return "TRY_CAST(" + sql + " AS " + money + ")" }
