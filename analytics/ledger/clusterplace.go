package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"clientele/analytics/engine/dialect"
)

// Where a row on a cluster stands. Spark names the file of a row, and the order of rows within
// one, and no line. A table is one file.

// namesTable has a row for each file of a source: how its rows name it, its number, and what
// its folders say.
func namesTable(source int) string { return exportView(source) + "_names" }

// folderField is a column of the names of folders in it.
func folderField(i int) string { return fmt.Sprintf("clientele.folder.%d", i) }

// firstPath is the path of the first file alone.
func (b *batch) firstPath() string {
	open := b.files[0].open
	if strings.HasPrefix(open, "/") {
		open = "file://" + open
	}
	return literalPath(open)
}

// named tells whether the rows have to be asked for their file.
func (b *batch) named() bool {
	return len(b.files) > 1 || slices.ContainsFunc(b.columns, func(c column) bool { return c.folder })
}

// nameFiles adds the columns that the names of folders have, and brings the names of the
// files to the cluster.
func (p *Plan) nameFiles(ctx context.Context, b *batch) error {
	for k := range b.files {
		one := &batch{columns: b.columns, files: b.files[k : k+1]}
		one.addFolders()
		b.columns = one.columns
	}
	if !b.named() {
		return nil
	}
	fields := []arrow.Field{{Name: "from", Type: arrow.BinaryTypes.String}, {Name: unquoted(fileColumn), Type: arrow.PrimitiveTypes.Int32}}
	var folders []int
	for i, c := range b.columns {
		if c.folder {
			folders = append(folders, i)
			fields = append(fields, arrow.Field{Name: folderField(i), Type: arrow.BinaryTypes.String, Nullable: true})
		}
	}
	rows := array.NewRecordBuilder(memory.DefaultAllocator, feedOf(fields))
	defer rows.Release()
	row := rows.Field(0).(*array.StructBuilder)
	for k, f := range b.files {
		row.Append(true)
		row.FieldBuilder(0).(*array.StringBuilder).Append(b.from[k])
		row.FieldBuilder(1).(*array.Int32Builder).Append(int32(b.first + k))
		for n, i := range folders {
			cell := row.FieldBuilder(2 + n).(*array.StringBuilder)
			if value := f.folderValue(b.columns[i].name); value != "" {
				cell.Append(value)
			} else {
				cell.AppendNull()
			}
		}
	}
	return handTable(ctx, p.cluster, namesTable(b.source), rows)
}

// folderValue is what a folder called key=value says of a file.
func (f file) folderValue(key string) string {
	for _, p := range f.partitions() {
		if p.key == key {
			return p.value
		}
	}
	return ""
}

// placed are the rows of a source with their file and their place in it: tasks have the parts
// of a file in order, and number their rows. The rows of a table have no order; theirs depends
// on what they hold. A row of a file that is not known has none.
func (b *batch) placed() string {
	d := dialect.Spark
	line := "monotonically_increasing_id() + 1"
	if b.spec.Table != "" {
		line = "xxhash64(*) & 9223372036854775807"
	}
	line += " AS " + lineColumn
	if !b.named() {
		return fmt.Sprintf("(SELECT *, CAST(%d AS INT) AS %s, %s FROM %s)", b.first, fileColumn, line, exportView(b.source))
	}
	from := d.Identifier("clientele.from")
	return "(SELECT /*+ BROADCAST(named) */ * FROM (SELECT *, " + line + ", input_file_name() AS " + from + " FROM " + exportView(b.source) + ") AS own" +
		" LEFT JOIN " + namesTable(b.source) + " AS named ON named." + d.Identifier("from") + " = own." + from + ")"
}
