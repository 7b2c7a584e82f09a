package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/internal/concurrent"
)

// The engine reads Parquet by itself, in parallel, and numbers the rows of each file.
// Names and the number of rows come from the file's footer, which another library reads:
// the engine renames columns that differ only in case, and its count of rows is checked
// against the footer.

// describeParquet takes names, types and the number of rows from a file.
func (b *batch) describeParquet(ctx context.Context, e engine.Engine) error {
	f := &b.files[0]
	fields, rows, err := parquetFooter(f.open)
	if err != nil {
		return err
	}
	f.stated = rows
	described, err := engine.Text(ctx, e, "DESCRIBE SELECT * FROM "+readParquet([]file{*f}))
	if err != nil {
		return err
	}
	if len(described) != len(fields) {
		return fmt.Errorf("its footer names %d columns and %d can be read", len(fields), len(described))
	}
	for i, d := range described {
		b.columns = append(b.columns, column{name: fields[i].name, kind: d[1], known: d[0], digits: fields[i].digits})
	}
	return nil
}

// parquetField is what a footer says of a column.
type parquetField struct {
	name   string
	digits int // of the decimals in it: the most
}

// mostDigits is the length of the longest decimals that the engine has. It reads longer
// ones wrongly.
const mostDigits = 38

func digitsOf(n schema.Node) (digits int) {
	switch n := n.(type) {
	case *schema.PrimitiveNode:
		if d, ok := n.LogicalType().(schema.DecimalLogicalType); ok {
			return int(d.Precision())
		}
	case *schema.GroupNode:
		for i := range n.NumFields() {
			digits = max(digits, digitsOf(n.Field(i)))
		}
	}
	return digits
}

// parquetFooter reads the columns and the number of rows.
func parquetFooter(open string) (fields []parquetField, rows int64, err error) {
	// A damaged footer makes the library panic.
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("its footer is damaged: %v", cause)
		}
	}()
	r, err := pq.OpenParquetFile(open, false)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: export or copy it again, or give it the ending that says what it is", strings.TrimPrefix(err.Error(), "parquet: "))
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	root := r.MetaData().Schema.Root()
	for i := range root.NumFields() {
		fields = append(fields, parquetField{root.Field(i).Name(), digitsOf(root.Field(i))})
	}
	return fields, r.NumRows(), nil
}

// readParquet is the table function that reads files.
func readParquet(files []file) string {
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.open
	}
	return engine.ReadParquet(paths...)
}

// The engine's own columns of a file read, which a column of the same name
// would hide.
var virtualColumns = []string{"file_index", "file_row_number"}

// hidesVirtual tells whether a file has a column of the engine's own name.
func (b *batch) hidesVirtual() bool {
	return slices.ContainsFunc(b.columns, func(c column) bool { return slices.Contains(virtualColumns, strings.ToLower(c.known)) })
}

// parquetReader is the query that reads the batch as a feed would.
func (b *batch) parquetReader(most int64) string {
	columns := []string{
		fmt.Sprintf("CAST(%d + file_index AS INTEGER) AS %s", b.first, fileColumn),
		"file_row_number + 1 AS " + lineColumn,
		b.objectSQL() + " AS " + textColumn,
		"FALSE AS " + malformedColumn,
		"FALSE AS " + footerColumn,
		b.contentColumnSQL(func(i int) string { return engine.Identifier(b.columns[i].known) }) + " AS " + contentColumn,
	}
	columns = append(columns, untidySQL()...)
	for _, i := range b.usedOf(0) {
		columns = append(columns, b.columnSQL(i)+" AS "+rawColumn(i))
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + readParquet(b.files)
	if most > 0 {
		query += fmt.Sprintf(" WHERE file_row_number < %d", most)
	}
	return "(" + query + ")"
}

// columnSQL is a column as it stands in the files, or in their folders.
func (b *batch) columnSQL(i int) string {
	if c := b.columns[i]; !c.folder {
		return engine.Identifier(c.known)
	}
	return b.folderSQL(i)
}

// folderSQL is a column that the names of the files' folders hold.
func (b *batch) folderSQL(i int) string {
	values := make([]string, len(b.files))
	for k, f := range b.files {
		at := slices.IndexFunc(f.partitions(), func(p partition) bool { return p.key == b.columns[i].name })
		values[k] = engine.Literal(f.partitions()[at].value)
	}
	file := "file_index"
	if b.hidesVirtual() || b.format == job.Arrow { // read by itself
		file = "0"
	}
	return "nullif(CAST([" + strings.Join(values, ", ") + "][CAST(" + file + " + 1 AS BIGINT)] AS VARCHAR), '')"
}

// objectSQL is a row of a Parquet file as a JSON object.
func (b *batch) objectSQL() string {
	var parts []string
	for _, c := range b.columns {
		if c.inFile() && c.digits <= mostDigits {
			parts = append(parts, engine.Literal(c.name)+", "+engine.Identifier(c.known))
		}
	}
	return "CAST(json_object(" + strings.Join(parts, ", ") + ") AS VARCHAR)"
}

// proveParquet takes the fingerprints of the files while read reads them, and
// makes sure that they are the ones that were described.
func (b *batch) proveParquet(ctx context.Context, read func(context.Context) error) error {
	both, ctx := concurrent.WithContext(ctx)
	both.Go(func() error { return read(ctx) })
	both.Go(func() error {
		for i, f := range b.files {
			sum, err := fingerprint(ctx, f)
			if err != nil {
				return dataError(f, err)
			}
			if err := checkPages(ctx, f.open); err != nil {
				return dataError(f, err)
			}
			b.readings[i] = reading{sha256: sum, rows: f.stated}
		}
		return nil
	})
	if err := both.Wait(); err != nil {
		return err
	}
	for _, f := range b.files {
		if err := f.unchanged(); err != nil {
			return err
		}
	}
	return nil
}
