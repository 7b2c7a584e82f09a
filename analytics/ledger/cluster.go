package ledger

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// A cluster reads the exports where they lie. Some of their rows come to this process,
// which tries the job's expressions out on them as on the head of a file, and decides how
// they are read. The cluster then runs load.sql over all rows.

// onCluster tells whether the ledger is, or will be, on a cluster.
func (p *Plan) onCluster() bool { return p.cluster != nil && p.at == p.cluster }

// exportView is the cluster's name for the rows of a source.
func exportView(source int) string { return fmt.Sprintf("export_%d", source) }

// describeOnCluster finds out which columns a source has, and gives it a name.
func (p *Plan) describeOnCluster(ctx context.Context, i int, s job.Source) error {
	b := &batch{source: i, spec: s, first: p.files, files: []file{{path: s.Path}}, format: s.Format, readings: make([]reading, 1)}
	if b.format == "" && s.Table == "" {
		b.format, _ = formatOf(s.Path)
	}
	options := map[string]string{}
	var err error
	switch {
	case s.Table != "":
		err = p.cluster.Exec(ctx, dialect.Spark.Write("table", exportView(i))+" SELECT * FROM "+tableSQL(s.Table))
	case b.format == job.CSV:
		err = p.viewCSV(ctx, b)
	case b.format == job.JSON:
		options["primitivesAsString"] = "true" // as this process reads them
		err = p.viewFiles(ctx, b, "json", "", options)
	case b.format == job.Parquet:
		err = p.viewFiles(ctx, b, "parquet", "", options)
	default:
		return job.Errors{violation(s, i, "path", "%q does not say how the files are stored; give sources.%d.format: csv, json or parquet", s.Path, i)}
	}
	if err == nil && b.columns == nil {
		err = p.describeView(ctx, b)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	p.batches, p.files = append(p.batches, b), p.files+1
	return nil
}

// tableSQL is the name of a table of the catalogue.
func tableSQL(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		parts[i] = dialect.Spark.Identifier(part)
	}
	return strings.Join(parts, ".")
}

// viewFiles gives files a name; columns is their schema, empty where they say it.
func (p *Plan) viewFiles(ctx context.Context, b *batch, format, columns string, options map[string]string) error {
	d := dialect.Spark
	options["path"] = p.clusterPath(b.spec.Path)
	var list []string
	for _, key := range slices.Sorted(maps.Keys(options)) {
		list = append(list, d.Literal(key)+" "+d.Literal(options[key]))
	}
	return p.cluster.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+exportView(b.source)+columns+" USING "+format+" OPTIONS ("+strings.Join(list, ", ")+")")
}

// corruptColumn holds the line of a record of CSV that is none.
const corruptColumn = "clientele.corrupt"

// viewCSV gives files of CSV a name. Their first lines come here, to see how they are
// written.
func (p *Plan) viewCSV(ctx context.Context, b *batch) error {
	d := dialect.Spark
	head := exportView(b.source) + "_head"
	if err := p.cluster.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+head+" USING text OPTIONS (path "+d.Literal(p.clusterPath(b.spec.Path))+")"); err != nil {
		return err
	}
	const firstLines = 200
	lines, err := engine.Text(ctx, p.cluster, fmt.Sprintf("SELECT value FROM %s LIMIT %d", head, firstLines))
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(line[0] + "\n")
	}
	h, err := records.ReadHead(strings.NewReader(strings.TrimPrefix(text.String(), "\ufeff")))
	if err != nil {
		return err
	}
	if h.Above > 0 {
		return &DataError{Path: b.spec.Path, Message: fmt.Sprintf("has %d lines above its header, which Spark does not pass over; export it without them", h.Above)}
	}
	var columns []string
	for _, name := range h.Names {
		b.columns = append(b.columns, column{name: name, kind: textKind})
		columns = append(columns, d.Identifier(name)+" STRING")
	}
	columns = append(columns, d.Identifier(corruptColumn)+" STRING")
	return p.viewFiles(ctx, b, "csv", " ("+strings.Join(columns, ", ")+")", map[string]string{
		"header": "true", "sep": string(rune(h.Delimiter)), "quote": `"`, "escape": `"`, "multiLine": "true", "encoding": "UTF-8",
		"mode": "PERMISSIVE", "columnNameOfCorruptRecord": corruptColumn,
		"enforceSchema": "false", // a file of other columns is an error
	})
}

// clusterKinds are the engine's names of the cluster's types.
var clusterKinds = map[string]string{
	"string": textKind, "boolean": "BOOLEAN", "tinyint": "TINYINT", "smallint": "SMALLINT", "int": "INTEGER", "bigint": "BIGINT",
	"float": "FLOAT", "double": "DOUBLE", "date": "DATE", "timestamp": "TIMESTAMP WITH TIME ZONE", "timestamp_ntz": "TIMESTAMP",
}

// describeView asks the cluster for the columns of a source.
func (p *Plan) describeView(ctx context.Context, b *batch) error {
	rows, err := engine.Text(ctx, p.cluster, "DESCRIBE "+exportView(b.source))
	if err != nil {
		return err
	}
	for _, r := range rows {
		name, kind := r[0], clusterKinds[r[1]]
		if strings.HasPrefix(name, "#") { // what follows is about how the table is stored
			break
		}
		switch {
		case strings.HasPrefix(r[1], "decimal("):
			kind = strings.ToUpper(r[1])
		case kind == "":
			kind = strings.ToUpper(r[1]) // it may be there, and is read by no expression
		}
		b.columns = append(b.columns, column{name: name, kind: kind})
	}
	return nil
}

// clusterPath is a path as the cluster reads it: one without a scheme is of a folder that
// it shares with this machine.
func (p *Plan) clusterPath(path string) string {
	if strings.Contains(path, "://") {
		return path
	}
	return "file://" + absolute(p.job.Dir, path)
}

// sampleOnCluster brings some rows of a source here.
func (p *Plan) sampleOnCluster(ctx context.Context, b *batch) error {
	b.rawSample = "raw_" + b.sample
	fields := []string{
		fieldSQL(fileColumn, fmt.Sprintf("CAST(%d AS INT)", b.first)), fieldSQL(lineColumn, "CAST(0 AS BIGINT)"), fieldSQL(textColumn, "''"),
		fieldSQL(malformedColumn, b.malformedOnCluster()), fieldSQL(footerColumn, "FALSE"), fieldSQL(contentColumn, "CAST(NULL AS BIGINT)"),
		fieldSQL(tidyColumn, "FALSE"), fieldSQL(isoColumn, "FALSE"),
	}
	columns := placeColumns()
	for _, i := range b.used {
		fields = append(fields, fieldSQL(rawColumn(i), b.cellOnCluster(i)))
		columns = append(columns, rawColumn(i))
	}
	rows, err := p.cluster.Query(ctx, fmt.Sprintf("SELECT named_struct(%s) AS %s FROM %s LIMIT %d", strings.Join(fields, ", "), rowColumn, exportView(b.source), sampleRows))
	if err != nil {
		return fmt.Errorf("%s: %w", b.spec.Path, err)
	}
	defer rows.Release()
	return p.engine.Feed(ctx, feedView, rows, "CREATE TEMP TABLE "+b.rawSample+" AS SELECT "+strings.Join(columns, ", ")+" FROM "+feedReader)
}

func fieldSQL(identifier, value string) string {
	return dialect.Spark.Literal(unquoted(identifier)) + ", " + value
}

// cellOnCluster is a column of an export as it is read: in CSV there is no text of no
// characters.
func (b *batch) cellOnCluster(i int) string {
	cell := dialect.Spark.Identifier(b.columns[i].name)
	if b.format == job.CSV {
		return "nullif(" + cell + ", '')"
	}
	return cell
}

func (b *batch) malformedOnCluster() string {
	if b.format == job.CSV {
		return dialect.Spark.Identifier(corruptColumn) + " IS NOT NULL"
	}
	return "FALSE"
}

// placeOnCluster orders the rows of a file as they stand in it: tasks have the parts of a
// file in order, and number their rows. The rows of a table have no order; theirs depends on
// what they hold.
func (b *batch) placeOnCluster() string {
	if b.spec.Table != "" {
		return "xxhash64(*) & 9223372036854775807"
	}
	return "monotonically_increasing_id() + 1"
}

// textOnCluster is a row as it is listed where it is set aside.
func (b *batch) textOnCluster() string {
	var cells []string
	for _, c := range b.columns {
		cells = append(cells, dialect.Spark.Identifier(c.name))
	}
	row := "struct(" + strings.Join(cells, ", ") + ")"
	if b.format == job.CSV {
		return "coalesce(" + dialect.Spark.Identifier(corruptColumn) + ", to_csv(" + row + ", map('ignoreLeadingWhiteSpace', 'false', 'ignoreTrailingWhiteSpace', 'false')))"
	}
	return "to_json(" + row + ")"
}

// rowsOnCluster are the rows of a source with their numbers read, as load.sql takes them.
func (p *Plan) rowsOnCluster(b *batch) string {
	inner := []string{
		fmt.Sprintf("CAST(%d AS INT) AS %s", b.first, fileColumn), b.placeOnCluster() + " AS " + lineColumn, b.textOnCluster() + " AS " + textColumn,
		b.malformedOnCluster() + " AS " + malformedColumn, "FALSE AS " + footerColumn, "CAST(NULL AS BIGINT) AS " + contentColumn,
	}
	outer := []string{"*"}
	for _, i := range b.used {
		raw, kind := rawColumn(i), b.columns[i].kind
		inner = append(inner, b.cellOnCluster(i)+" AS "+raw)
		if kind == textKind {
			plain := b.plainSQL(dialect.Spark, i, raw)
			number := plain
			if style, is := b.styleOf(i); is {
				number = style.number(dialect.Spark, raw, plain)
			}
			outer = append(outer, plain+" AS "+plainColumn(i), number+" AS "+otherColumn(i))
		} else {
			outer = append(outer, TextSQL(raw, kind)+" AS "+otherColumn(i))
		}
	}
	return "(SELECT " + strings.Join(outer, ", ") + " FROM (SELECT " + strings.Join(inner, ", ") + " FROM " + exportView(b.source) + "))"
}

// keep makes a table of a statement's rows, where the ledger is.
func (p *Plan) keep(ctx context.Context, table, name string, data any) error {
	sql, err := p.statement(name, data)
	if err != nil {
		return err
	}
	if err := p.at.Keep(ctx, table, sql); err != nil {
		return fmt.Errorf("ledger: %s: %w", name, err)
	}
	return nil
}

// visit hands over the rows of a query that may have many.
func (p *Plan) visit(ctx context.Context, name, sql string, order []string, take func(arrow.RecordBatch) error) error {
	return p.at.Reduce(ctx, engine.Reduction{Customers: []engine.Step{{Name: name, SQL: sql, Order: order, Take: take}}})
}

// absolute is a path from the root; a relative one is seen from dir.
func absolute(dir, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}
