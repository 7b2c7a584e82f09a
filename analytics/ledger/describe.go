package ledger

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// batch is files of one source that are read in one go: they share format and
// columns.
type batch struct {
	source   int // index into the job's sources
	first    int // index of files[0] among all files of the job
	files    []file
	format   job.Format
	columns  []column
	used     []int // the columns that the job's expressions name
	compared bool  // rows are looked for in the other files of the source
	// rawSample is a temporary table with some rows, sample the same with the numbers in them.
	rawSample, sample string
	numbers           *sourceNumbers // of the source
	mapped            []mapped       // the job's expressions, bound to the sample
	readings          []reading      // by file, once it is read
}

// column is one column of an export.
type column struct {
	name string
	kind string // the type the file states; textKind for CSV and JSON, which are read as text
	// known is what the engine calls a column of Parquet.
	known string
	// digits are those of its decimals, where Parquet states them.
	digits int
	// folder: the column is not in the files but in the names of their folders.
	folder bool
	// numbers is the share of the sample's values that are numbers, 0 to 1;
	// mostlyNumbers where there are none, since they may be meant as numbers.
	numbers float64
	// readable is the same share where numbers are read as the column writes them.
	readable float64
}

// textKind is the engine's name for the type of text.
const textKind = "VARCHAR"

// describe looks at the files of a source and groups neighbours that can be
// read together.
func (p *Plan) describe(ctx context.Context, source int, files []file, declared job.Format) error {
	for _, f := range files {
		b, err := p.describeFile(ctx, source, f, declared)
		if err != nil {
			return err
		}
		if n := len(p.batches); n > 0 && p.batches[n-1].reads(b) {
			p.batches[n-1].files = append(p.batches[n-1].files, b.files[0])
		} else {
			p.batches = append(p.batches, b)
		}
		p.files++
	}
	return nil
}

// reads tells whether b's files can be read by the same call as other's.
func (b *batch) reads(other *batch) bool {
	return b.source == other.source && b.format == other.format && slices.Equal(b.columns, other.columns) && !b.hidesVirtual()
}

func (p *Plan) describeFile(ctx context.Context, source int, f file, declared job.Format) (*batch, error) {
	format := declared
	if format == "" {
		format, _ = formatOf(f.path)
	}
	if f.is.size == 0 {
		return nil, &DataError{Path: f.path, Message: "the file is empty: expected a header and rows; export it again"}
	}
	b := &batch{source: source, first: p.files, files: []file{f}, format: format}
	var err error
	switch format {
	case job.CSV, job.JSON:
		err = b.describeText()
	case job.Parquet:
		err = b.describeParquet(ctx, p.engine)
	default:
		err = fmt.Errorf("format %q cannot be read", format)
	}
	if err != nil {
		return nil, &DataError{Path: f.path, Message: fmt.Sprintf("cannot be read as %s: %v", format, err)}
	}
	b.addFolders()
	return b, nil
}

// describeText looks at the first lines. Every value is text until an
// expression wants more.
func (b *batch) describeText() (err error) {
	text, err := OpenText(b.files[0].open)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, text.Close()) }()
	names, err := b.readNames(text)
	for _, n := range names {
		b.columns = append(b.columns, column{name: n, kind: textKind})
	}
	return err
}

func (b *batch) readNames(text io.Reader) ([]string, error) {
	if b.format == job.JSON {
		return records.ReadNames(text)
	}
	var err error
	b.files[0].head, err = records.ReadHead(text)
	return b.files[0].head.Names, err
}

// addFolders adds the columns that only the names of the file's folders have.
func (b *batch) addFolders() {
	for _, f := range b.files[0].partitions() {
		if !slices.ContainsFunc(b.columns, func(c column) bool { return strings.EqualFold(c.name, f.key) }) {
			b.columns = append(b.columns, column{name: f.key, kind: textKind, folder: true})
		}
	}
}

// names are those of the columns in the files.
func (b *batch) names() []string {
	var names []string
	for _, c := range b.columns {
		if !c.folder {
			names = append(names, c.name)
		}
	}
	return names
}

// folderCells are a file's values of the columns that its folders hold.
func (b *batch) folderCells(f file) [][]byte {
	var cells [][]byte
	values := f.partitions()
	for _, c := range b.columns {
		if c.folder {
			at := slices.IndexFunc(values, func(p partition) bool { return p.key == c.name })
			cells = append(cells, []byte(values[at].value))
		}
	}
	return cells
}

// use notes which columns the formulas name.
func (b *batch) use(formulas []formula) {
	for _, f := range formulas {
		b.used = append(b.used, f.columns()...)
	}
	slices.Sort(b.used)
	b.used = slices.Compact(b.used)
}

// sampleRows is how many rows of a batch are looked at to learn about its columns and to
// try its expressions: enough to meet the kinds of values in a file, and read at once.
// Each file gives an equal share, but at least sampleOfFile.
const (
	sampleRows   = 20_000
	sampleOfFile = 200
)

// takeSample keeps some rows in a temporary table.
func (b *batch) takeSample(ctx context.Context, e engine.Engine) error {
	most := max(sampleRows/int64(len(b.files)), sampleOfFile)
	columns := placeColumns()
	for _, i := range b.used {
		columns = append(columns, rawColumn(i))
	}
	return b.read(ctx, e, most, func(reader string) string {
		return "CREATE TEMP TABLE " + b.rawSample + " AS SELECT " + strings.Join(columns, ", ") + " FROM " + reader
	})
}

// typeSample reads the numbers of the sample, and notes which columns hold some.
func (b *batch) typeSample(ctx context.Context, e engine.Engine) error {
	err := e.Exec(ctx, "CREATE OR REPLACE TEMP TABLE "+b.sample+" AS SELECT "+strings.Join(b.readColumns(), ", ")+" FROM "+b.withPlainNumbers(b.rawSample))
	if err != nil || len(b.used) == 0 {
		return err
	}
	var shares []string
	for _, i := range b.used {
		for _, number := range []string{plainColumn(i), otherColumn(i)} {
			share := "0.0"
			if b.columns[i].kind == textKind {
				share = fmt.Sprintf("coalesce(count(%s) / nullif(count(nullif(%s, '')), 0), %g)", number, rawColumn(i), mostlyNumbers)
			}
			shares = append(shares, share)
		}
	}
	rows, err := engine.Text(ctx, e, "SELECT "+strings.Join(shares, ", ")+" FROM "+b.sample)
	if err != nil {
		return err
	}
	for k, i := range b.used {
		c := &b.columns[i]
		if _, err := fmt.Sscan(rows[0][2*k]+" "+rows[0][2*k+1], &c.numbers, &c.readable); err != nil {
			return fmt.Errorf("share of numbers in column %d: %w", i+1, err)
		}
	}
	return nil
}

// placeColumns are those of a row beside the columns of the export.
func placeColumns() []string {
	return []string{fileColumn, lineColumn, textColumn, malformedColumn, contentColumn}
}

// readColumns are what a row is read as: where it stands, and the columns in
// use, each as it was and as its other typing sees it.
func (b *batch) readColumns() []string {
	columns := placeColumns()
	for _, i := range b.used {
		columns = append(columns, rawColumn(i), b.otherSQL(i)+" AS "+otherColumn(i))
		if b.columns[i].kind == textKind {
			columns = append(columns, plainColumn(i))
		}
	}
	return columns
}

// withPlainNumbers are the rows of a table, and beside each text the number that it is
// where it is written as programs do.
func (b *batch) withPlainNumbers(reader string) string {
	columns := []string{"*"}
	for _, i := range b.used {
		if c := b.columns[i]; c.kind == textKind {
			columns = append(columns, b.numbers.styles[columnKey(c.name)].plain(rawColumn(i))+" AS "+plainColumn(i))
		}
	}
	return "(SELECT " + strings.Join(columns, ", ") + " FROM " + reader + ")"
}

// The types of exact numbers. An expression needs more digits than a row may hold: DuckDB
// gives a product the digits of its factors, so that 2000 * 600 would overflow as
// DECIMAL(18, 6).
const (
	exact     = "DECIMAL(38, 6)" // in expressions
	moneyType = "DECIMAL(18, 6)" // in the ledger: up to a trillion with six places
)

// asMoney turns a number into an amount, or NULL.
func asMoney(sql string) string { return "TRY_CAST(" + sql + " AS " + moneyType + ")" }
