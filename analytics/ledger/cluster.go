package ledger

import (
	"context"
	"errors"
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
func (p *Plan) describeOnCluster(ctx context.Context, i int, s job.Source) (job.Errors, error) {
	b := &batch{source: i, spec: s, first: p.files, format: s.Format}
	joins, wrong, err := p.findJoins(ctx, i, s)
	if err != nil || len(wrong) > 0 {
		return wrong, err
	}
	if s.Table != "" {
		b.files = []file{{path: s.Path}}
		err = p.viewTable(ctx, b)
	} else if err = p.findOnCluster(b, joins); err == nil {
		err = p.viewSource(ctx, b)
	}
	if _, none := errors.AsType[*noFileError](err); none {
		return job.Errors{violation(s, i, "path", "%v", err)}, nil
	}
	if wrong, is := errors.AsType[job.Errors](err); is {
		return wrong, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	b.readings = make([]reading, len(b.files))
	if err := p.nameFiles(ctx, b); err != nil {
		return nil, err
	}
	b.join(joins)
	p.batches, p.files, p.joins[i] = append(p.batches, b), p.files+len(b.files), joins
	return nil, nil
}

// findOnCluster takes the files of a source from the listing.
func (p *Plan) findOnCluster(b *batch, joins []*lookup) (err error) {
	isJoined := func(open string) bool {
		return slices.ContainsFunc(joins, func(l *lookup) bool { return l.opens(open) })
	}
	b.files, b.from, b.exact, err = p.listing.files(b.source, b.spec, isJoined)
	if err != nil || b.format != "" {
		return err
	}
	b.format, _ = job.FormatOf(b.files[0].path)
	for _, f := range b.files {
		if format, _ := job.FormatOf(f.path); format != b.format {
			return job.Errors{violation(b.spec, b.source, "path", "names files of several kinds, such as %s and %s; give those of each kind a source of their own", b.files[0].path, f.path)}
		}
	}
	return nil
}

// viewSource gives files a name, by what they hold.
func (p *Plan) viewSource(ctx context.Context, b *batch) error {
	switch b.format {
	case job.CSV:
		return p.viewCSV(ctx, b)
	case job.JSON:
		return p.viewJSON(ctx, b)
	case job.Parquet:
		return p.viewParquet(ctx, b)
	case job.XLSX, job.Arrow:
	}
	return job.Errors{violation(b.spec, b.source, "path", "names files in %s, which Spark does not read; export CSV, JSON or Parquet", b.format)}
}

func (p *Plan) viewTable(ctx context.Context, b *batch) error {
	if err := p.cluster.Exec(ctx, dialect.Spark.Write("table", exportView(b.source))+" SELECT * FROM "+tableSQL(b.spec.Table)); err != nil {
		return err
	}
	return p.describeView(ctx, b, exportView(b.source))
}

func (p *Plan) viewParquet(ctx context.Context, b *batch) error {
	if err := p.viewFiles(ctx, exportView(b.source), "parquet", "", b.exact, nil); err != nil {
		return err
	}
	return p.describeView(ctx, b, exportView(b.source))
}

// viewJSON gives files with an object on each line a name. The lines are kept beside what is
// in them, as they are listed where they are set aside.
func (p *Plan) viewJSON(ctx context.Context, b *batch) error {
	d, view := dialect.Spark, exportView(b.source)
	// As this process reads them: whatever a member is, it is text.
	if err := p.viewFiles(ctx, view+"_members", "json", "", b.exact, map[string]string{"primitivesAsString": "true", "columnNameOfCorruptRecord": corruptColumn}); err != nil {
		return err
	}
	if err := p.describeView(ctx, b, view+"_members"); err != nil {
		return err
	}
	if err := p.viewFiles(ctx, view+"_lines", "text", "", b.exact, nil); err != nil {
		return err
	}
	var schema []string
	for i := range b.columns {
		b.columns[i].kind = textKind
		schema = append(schema, d.Identifier(b.columns[i].name)+" STRING")
	}
	schema = append(schema, d.Identifier(corruptColumn)+" STRING")
	read := "from_json(value, " + d.Literal(strings.Join(schema, ", ")) + ", map('mode', 'PERMISSIVE', 'columnNameOfCorruptRecord', " + d.Literal(corruptColumn) + "))"
	return p.cluster.Exec(ctx, d.Write("table", view)+" SELECT members.*, value AS "+d.Identifier(lineOfJSON)+" FROM (SELECT value, "+read+" AS members FROM "+view+"_lines WHERE trim(value) <> '')")
}

// lineOfJSON holds the line on which an object stands.
const lineOfJSON = "clientele.object"

// tableSQL is the name of a table of the catalogue.
func tableSQL(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		parts[i] = dialect.Spark.Identifier(part)
	}
	return strings.Join(parts, ".")
}

// viewFiles gives files a name; columns is their schema, empty where they say it.
func (p *Plan) viewFiles(ctx context.Context, view, format, columns, path string, options map[string]string) error {
	d := dialect.Spark
	list := []string{"path " + d.Literal(path), "recursiveFileLookup 'true'"}
	for _, key := range slices.Sorted(maps.Keys(options)) {
		list = append(list, d.Literal(key)+" "+d.Literal(options[key]))
	}
	return p.cluster.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+view+columns+" USING "+format+" OPTIONS ("+strings.Join(list, ", ")+")")
}

// corruptColumn holds the line of a record of CSV that is none.
const corruptColumn = "clientele.corrupt"

// viewCSV gives files of CSV a name. The first lines of one come here, to see how they are
// written.
func (p *Plan) viewCSV(ctx context.Context, b *batch) error {
	d := dialect.Spark
	head := exportView(b.source) + "_head"
	if err := p.viewFiles(ctx, head, "text", "", b.firstPath(), nil); err != nil {
		return err
	}
	const firstLines = 200
	var lines [][]string
	err := p.inOrder(ctx, func() (err error) {
		lines, err = engine.Text(ctx, p.cluster, fmt.Sprintf("SELECT value FROM %s LIMIT %d", head, firstLines))
		return err
	})
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
	b.files[0].head = h
	var columns []string
	for _, name := range h.Names {
		b.columns = append(b.columns, column{name: name, kind: textKind})
		columns = append(columns, d.Identifier(name)+" STRING")
	}
	columns = append(columns, d.Identifier(corruptColumn)+" STRING")
	return p.viewFiles(ctx, exportView(b.source), "csv", " ("+strings.Join(columns, ", ")+")", b.exact, map[string]string{
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
func (p *Plan) describeView(ctx context.Context, b *batch, view string) error {
	rows, err := engine.Text(ctx, p.cluster, "DESCRIBE "+view)
	if err != nil {
		return err
	}
	for _, r := range rows {
		name, kind := r[0], clusterKinds[r[1]]
		if strings.HasPrefix(name, "#") { // what follows is about how the table is stored
			break
		}
		if name == corruptColumn {
			continue
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

// sampleOnCluster brings some rows of a source here.
func (p *Plan) sampleOnCluster(ctx context.Context, b *batch) error {
	b.rawSample = "raw_" + b.sample
	fields := []string{
		fieldSQL(fileColumn, fmt.Sprintf("CAST(%d AS INT)", b.first)), fieldSQL(lineColumn, "CAST(0 AS BIGINT)"), fieldSQL(textColumn, "''"),
		fieldSQL(malformedColumn, b.malformedOnCluster()), fieldSQL(footerColumn, "FALSE"), fieldSQL(contentColumn, "CAST(NULL AS BIGINT)"),
		fieldSQL(tidyColumn, "FALSE"), fieldSQL(isoColumn, "FALSE"),
	}
	columns := placeColumns()
	for _, i := range b.usedOf(0) {
		fields = append(fields, fieldSQL(rawColumn(i), b.cellOnCluster(i)))
		columns = append(columns, rawColumn(i))
	}
	return p.inOrder(ctx, func() error {
		rows, err := p.cluster.Query(ctx, fmt.Sprintf("SELECT named_struct(%s) AS %s FROM %s LIMIT %d", strings.Join(fields, ", "), rowColumn, b.placed(), sampleRows))
		if err != nil {
			return fmt.Errorf("%s: %w", b.spec.Path, unreadOnCluster(err, b))
		}
		defer rows.Release()
		return p.engine.Feed(ctx, feedView, rows, "CREATE TEMP TABLE "+b.rawSample+" AS SELECT "+strings.Join(columns, ", ")+" FROM "+feedReader)
	})
}

func fieldSQL(identifier, value string) string {
	return dialect.Spark.Literal(unquoted(identifier)) + ", " + value
}

// cellOnCluster is a column of an export as it is read: in CSV there is no text of no
// characters.
func (b *batch) cellOnCluster(i int) string {
	c := b.columns[i]
	cell := dialect.Spark.Identifier(c.name)
	if c.folder {
		return dialect.Spark.Identifier(folderField(i))
	}
	if b.format == job.CSV {
		cell = "nullif(" + cell + ", '')"
	}
	if malformed := b.malformedOnCluster(); malformed != "FALSE" {
		return "CASE WHEN NOT " + malformed + " THEN " + cell + " END"
	}
	return cell
}

// unreadOnCluster says more of a file that the cluster could not read. Of CSV, it holds the
// header against that of the first.
func unreadOnCluster(err error, of ...*batch) error {
	if !strings.Contains(err.Error(), "FAILED_READ_FILE") {
		return err
	}
	why := "a file is damaged, or was changed while it was read"
	if i := slices.IndexFunc(of, func(b *batch) bool { return b.format == job.CSV && len(b.files) > 1 }); i >= 0 {
		why += fmt.Sprintf(", or its columns are not those of %s, in the same order: give files of other columns a source of their own", of[i].files[0].path)
	}
	return fmt.Errorf("%w: %s", err, why)
}

func (b *batch) malformedOnCluster() string {
	if b.format == job.CSV || b.format == job.JSON {
		return "(" + dialect.Spark.Identifier(corruptColumn) + " IS NOT NULL)"
	}
	return "FALSE"
}

// textOnCluster is a row as it is listed where it is set aside.
func (b *batch) textOnCluster() string {
	d := dialect.Spark
	if b.format == job.JSON {
		return d.Identifier(lineOfJSON)
	}
	var cells []string
	for _, c := range b.columns {
		if c.inFile() {
			cells = append(cells, jsonValue(d.Identifier(c.name), c.kind)+" AS "+d.Identifier(c.name))
		}
	}
	row := "struct(" + strings.Join(cells, ", ") + ")"
	if b.format == job.CSV {
		return "coalesce(" + d.Identifier(corruptColumn) + ", to_csv(" + row + ", map('sep', " + d.Literal(string(rune(b.files[0].head.Delimiter))) + ", 'quote', '\"', 'escape', '\"', 'ignoreLeadingWhiteSpace', 'false', 'ignoreTrailingWhiteSpace', 'false')))"
	}
	return "to_json(" + row + ", map('ignoreNullFields', 'false'))"
}

// jsonValue is a value as DuckDB writes it into JSON.
func jsonValue(value, kind string) string {
	switch {
	case strings.HasSuffix(kind, "WITH TIME ZONE"):
		return "CAST(" + value + " AS STRING) || '+00'"
	case isTime(kind):
		return "CAST(" + value + " AS STRING)"
	}
	return value
}

// rowsOnCluster are the rows of a source with their numbers read, as load.sql takes them.
func (p *Plan) rowsOnCluster(b *batch) string {
	fields := []string{
		b.textOnCluster() + " AS " + textColumn, b.malformedOnCluster() + " AS " + malformedColumn, "FALSE AS " + footerColumn, b.contentOnCluster() + " AS " + contentColumn,
		fileColumn, lineColumn,
	}
	for _, i := range b.usedOf(0) {
		fields = append(fields, b.cellOnCluster(i)+" AS "+rawColumn(i))
	}
	return b.typedOnCluster("(SELECT "+strings.Join(fields, ", ")+" FROM "+b.placed()+")", b.usedOf(0))
}

// typedOnCluster are rows with some of their columns in their other typing, too.
func (b *batch) typedOnCluster(rows string, columns []int) string {
	fields := []string{"*"}
	for _, i := range columns {
		raw, kind := rawColumn(i), b.columns[i].kind
		if kind != textKind {
			fields = append(fields, TextSQL(raw, kind)+" AS "+otherColumn(i))
			continue
		}
		plain := b.plainSQL(dialect.Spark, i, raw)
		number := plain
		if style, is := b.styleOf(i); is {
			number = style.number(dialect.Spark, raw, plain)
		}
		fields = append(fields, plain+" AS "+plainColumn(i), number+" AS "+otherColumn(i))
	}
	return "(SELECT " + strings.Join(fields, ", ") + " FROM " + rows + ")"
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
