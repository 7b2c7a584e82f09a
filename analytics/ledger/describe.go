package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// batch is files of one source that are read in one go: they share format and
// columns.
type batch struct {
	source   int        // index into the job's sources
	spec     job.Source // how its files are read
	first    int        // index of files[0] among all files of the job, or of a join
	files    []file
	format   job.Format
	columns  []column
	members  []records.Member // of JSON, by column
	used     []int            // the columns that the job's expressions name
	isJoined bool             // its files are joined to those of the source
	joins    []*lookup        // the files joined to the source
	keys     [][]mapped       // by join: the parts of its key, bound to the sample
	compared bool             // rows are looked for in the other files of the source
	// rawSample is a temporary table with some rows, sample the same with the numbers in them.
	rawSample, sample string
	wantNumbers       []int          // columns of text that expressions may want as numbers
	numbers           *sourceNumbers // of the source; nil: numbers are as programs write them
	fill              filling        // of blank cells, from the line above
	formulas          []formula      // the job's expressions
	mapped            []mapped       // the job's expressions, bound to the sample
	readings          []reading      // by file, once it is read
	from              []string       // on a cluster, by file: how its rows name it
	exact             string         // on a cluster: the path of these files and no others
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
	// join counts from 1 the files that the column is joined from, of which it is
	// the column at; 0: it is one of the file's own.
	join, at int
	// hidden: a joined column that is reached by its full name alone, being the key
	// by which its files are joined.
	hidden bool
	full   string // of a joined column: the name with that of its files before it
	// inner: a member of an object that is a column too.
	inner bool
	// numbers is the share of the sample's values that are numbers, 0 to 1;
	// mostlyNumbers where there are none, since they may be meant as numbers.
	numbers float64
	// readable is the same share where numbers are read as the column writes them.
	readable float64
}

// inFile tells whether a column is one of the file's.
func (c column) inFile() bool { return !c.folder && c.join == 0 }

// textKind is the engine's name for the type of text.
const textKind = "VARCHAR"

// describe looks at files that are read as spec says, and groups neighbours that can be
// read together. The first of them has the number first.
func (p *Plan) describe(ctx context.Context, source int, spec job.Source, files []file, first int) ([]*batch, error) {
	var all, alone []*batch
	for i, f := range files {
		b, err := p.describeFile(ctx, source, spec, f)
		if p.emptyMayBe && isEmpty(err) {
			p.empty = append(p.empty, f.path)
			continue
		}
		if err != nil {
			return nil, err
		}
		b.first = first + i
		alone = append(alone, b)
	}
	shareMembers(alone)
	for _, b := range alone {
		b.addFolders()
		if n := len(all); n > 0 && all[n-1].reads(b) {
			all[n-1].files = append(all[n-1].files, b.files[0])
		} else {
			all = append(all, b)
		}
	}
	return all, nil
}

// reads tells whether b's files can be read by the same call as other's.
func (b *batch) reads(other *batch) bool {
	return b.format == other.format && b.format != job.Arrow && slices.Equal(b.columns, other.columns) && !b.hidesVirtual()
}

func (p *Plan) describeFile(ctx context.Context, source int, spec job.Source, f file) (*batch, error) {
	format := spec.Format
	if format == "" {
		format, _ = job.FormatOf(f.path)
	}
	if f.is.size == 0 {
		return nil, &DataError{Path: f.path, Message: "the file is empty: expected a header and rows; export it again", Empty: true}
	}
	b := &batch{source: source, spec: spec, files: []file{f}, format: format}
	var err error
	switch format {
	case job.CSV, job.JSON:
		err = b.describeText(ctx, spec.Encoding)
	case job.XLSX:
		err = b.describeWorkbook(ctx)
	case job.Arrow:
		err = b.describeArrow(ctx, p.engine)
	case job.Parquet:
		err = b.describeParquet(ctx, p.engine)
	default:
		err = fmt.Errorf("format %q cannot be read", format)
	}
	var wrong job.Errors
	var at *records.Error
	var said *DataError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &said):
		return nil, err
	case errors.As(err, &wrong):
		return nil, wrong
	case errors.As(err, &at):
		return nil, &DataError{Path: f.path, Line: at.Line, Message: at.Message}
	}
	if err != nil {
		_, empty := errors.AsType[*records.EmptyError](err)
		return nil, &DataError{Path: f.path, Message: fmt.Sprintf("cannot be read as %s: %v", format, err), Empty: empty}
	}
	return b, nil
}

// describeText finds out how a file is written. Every value is text until an
// expression wants more.
func (b *batch) describeText(ctx context.Context, encoding string) error {
	f := &b.files[0]
	if err := f.chooseEncoding(ctx, encoding); err != nil {
		return err
	}
	err := b.lookAtHead()
	if m, ok := errors.AsType[*misread](err); ok {
		if err := b.reread(ctx, f, m); err != nil {
			return err
		}
		if err = b.lookAtHead(); errors.As(err, &m) {
			return b.undecodable(f, m)
		}
	}
	return err
}

// lookAtHead finds out which columns a file has.
func (b *batch) lookAtHead() error {
	if b.format == job.JSON {
		return b.lookAtObjects()
	}
	return b.lookAtHeader()
}

// lookAtHeader reads the first lines of CSV.
func (b *batch) lookAtHeader() (err error) {
	text, err := OpenText(b.files[0].open)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, text.Close()) }()
	b.files[0].head, err = records.ReadHead(b.files[0].decoded(text, &records.LineCount{}))
	b.columns = nil
	for _, n := range b.files[0].head.Names {
		b.columns = append(b.columns, column{name: n, kind: textKind})
	}
	return err
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
		if c.inFile() {
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

// mostSampled is how many rows of each file are in the sample, at most.
func (b *batch) mostSampled() int64 { return max(sampleRows/int64(len(b.files)), sampleOfFile) }

// takeSample keeps some rows in a temporary table.
func (b *batch) takeSample(ctx context.Context, e engine.Engine) error {
	b.rawSample = "raw_" + b.sample
	columns := placeColumns()
	for _, i := range b.usedOf(0) {
		columns = append(columns, rawColumn(i))
	}
	return b.read(ctx, e, b.mostSampled(), func(reader string) string {
		return "CREATE TEMP TABLE " + b.rawSample + " AS SELECT " + strings.Join(columns, ", ") + " FROM " + reader
	})
}

// typeSample reads the numbers of the sample, and notes which columns hold some.
func (b *batch) typeSample(ctx context.Context, e engine.Engine) error {
	if err := e.Exec(ctx, "CREATE TEMP TABLE "+b.sample+" AS SELECT * FROM "+b.ownRows(b.rawSample)); err != nil {
		return err
	}
	return b.countNumbers(ctx, e, b.usedOf(0))
}

// countNumbers notes which of the columns read as numbers in the sample.
func (b *batch) countNumbers(ctx context.Context, e engine.Engine, columns []int) error {
	if len(columns) == 0 {
		return nil
	}
	var shares []string
	for _, i := range columns {
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
	for k, i := range columns {
		c := &b.columns[i]
		if _, err := fmt.Sscan(rows[0][2*k]+" "+rows[0][2*k+1], &c.numbers, &c.readable); err != nil {
			return fmt.Errorf("share of numbers in column %d: %w", i+1, err)
		}
	}
	return nil
}

// placeColumns are those of a row beside the columns of the export.
func placeColumns() []string {
	return []string{fileColumn, lineColumn, textColumn, malformedColumn, footerColumn, contentColumn, tidyColumn, isoColumn}
}

// usedOf are the columns in use that are joined from a file, counted from 1, or the
// files' own.
func (b *batch) usedOf(join int) []int {
	var all []int
	for _, i := range b.used {
		if b.columns[i].join == join {
			all = append(all, i)
		}
	}
	return all
}

// ownColumns are what a row is read as: where it stands, and the columns in
// use, each as it was and as its other typing sees it.
func (b *batch) ownColumns() []string {
	columns := placeColumns()
	for _, i := range b.usedOf(0) {
		columns = append(columns, rawColumn(i), b.otherSQL(i)+" AS "+otherColumn(i))
		if b.columns[i].kind == textKind {
			columns = append(columns, plainColumn(i))
		}
	}
	return columns
}

// ownRows are rows of the batch's files with their numbers read.
func (b *batch) ownRows(reader string) string {
	return "(SELECT " + strings.Join(b.ownColumns(), ", ") + " FROM " + b.withPlainNumbers(reader) + ")"
}

// withPlainNumbers are the rows of a table, and beside each text of the batch's own the
// number that it is where it is written as programs do.
func (b *batch) withPlainNumbers(reader string) string {
	columns := []string{"*"}
	for _, i := range b.usedOf(0) {
		if b.columns[i].kind == textKind {
			columns = append(columns, b.plainSQL(dialect.DuckDB, i, rawColumn(i))+" AS "+plainColumn(i))
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
