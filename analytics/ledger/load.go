package ledger

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var statements = template.Must(template.New("").
	Funcs(template.FuncMap{"join": func(names []string) string { return strings.Join(names, ", ") }}).
	ParseFS(sqlFiles, "sql/*.sql"))

func statement(name string, data any) (string, error) {
	var sql strings.Builder
	if err := statements.ExecuteTemplate(&sql, name, data); err != nil {
		return "", err
	}
	return sql.String(), nil
}

// Load reads every export once into the engine's table `ledger`. Days after
// asOf are set aside; the zero time sets no limit.
func (p *Plan) Load(ctx context.Context, asOf time.Time) error {
	return p.load(ctx, asOf, (*batch).reader)
}

// LoadSample is Load for the first rows of each batch only, to see what would
// become of them.
func (p *Plan) LoadSample(ctx context.Context, asOf time.Time) error {
	for _, b := range p.batches {
		b.rejects = "" // the sample has lost the lines that cannot be split
	}
	return p.load(ctx, asOf, func(b *batch) string { return b.sample })
}

// load fills the ledger from what reader says of each batch.
func (p *Plan) load(ctx context.Context, asOf time.Time, reader func(*batch) string) error {
	create, err := statement("create_ledger.sql", struct{ Labels []string }{p.labelNames()})
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, create); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	var limit any
	if !asOf.IsZero() {
		limit = asOf.Format(time.DateOnly)
	}
	for i, b := range p.batches {
		sql, err := statement("load.sql", p.loadData(b, p.mapped[i], reader(b)))
		if err != nil {
			return err
		}
		if err := p.engine.Exec(ctx, sql, limit); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return b.unreadable(err)
		}
	}
	return p.keepRejects(ctx)
}

// keepRejects keeps what was set aside beyond the ledger's end.
func (p *Plan) keepRejects(ctx context.Context) error {
	count, err := statement("interleaved.sql", nil)
	if err != nil {
		return err
	}
	files, err := engine.Text(ctx, p.engine, count)
	if err != nil {
		return fmt.Errorf("ledger: rejects: %w", err)
	}
	keep, err := statement("keep_rejects.sql", struct{ Interleaved bool }{files[0][0] != "0"})
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, keep); err != nil {
		return fmt.Errorf("ledger: rejects: %w", err)
	}
	return nil
}

// labels are the ledger's columns of text beside its own, with the column of the
// mapping that each is read from.
func (p *Plan) labels() []namedSQL {
	var all []namedSQL
	if p.HasCategory {
		all = append(all, namedSQL{SQL: "category", As: "category"})
	}
	if p.HasProduct {
		all = append(all, namedSQL{SQL: "product", As: "product"})
	}
	for _, name := range p.Attributes {
		all = append(all, namedSQL{SQL: name, As: engine.Identifier(AttributeColumn(name))})
	}
	return all
}

func (p *Plan) labelNames() []string {
	var names []string
	for _, l := range p.labels() {
		names = append(names, l.As)
	}
	return names
}

// AttributeColumn is the ledger's column for an attribute; the prefix keeps it
// apart from the ledger's own.
func AttributeColumn(attribute string) string { return "attribute_" + attribute }

// loadData is what load.sql needs to know.
type loadData struct {
	Source, FirstFile                    int
	Reader                               string
	Columns                              []columnSQL
	Layers                               []layer
	Last                                 string // name of the last layer
	Time, Customer, HasTime, Day, Order  string
	Amount, Cost                         string
	Where, Returns, ExportRow, Malformed string
	Labels                               []namedSQL
}

// columnSQL is an export's column: its name, the name under which it is kept
// as it was, and how a layer sees it.
type columnSQL struct{ Name, Raw, Seen string }

type namedSQL struct{ SQL, As string }

// layer evaluates the expressions that share a typing.
type layer struct {
	Name, From  string
	Keep        []string
	Columns     []columnSQL
	Expressions []namedSQL
}

func (p *Plan) loadData(b *batch, bound []mapped, reader string) loadData {
	d := loadData{Source: b.source, FirstFile: b.first, Reader: reader, Last: "export"}
	keep := []string{`"clientele.file"`}
	for i, c := range b.columns {
		raw := engine.Identifier("clientele." + strconv.Itoa(i))
		d.Columns = append(d.Columns, columnSQL{Name: engine.Identifier(c.name), Raw: raw})
		keep = append(keep, raw)
	}
	for _, group := range byTyping(bound) {
		l := layer{Name: fmt.Sprintf("layer_%d", len(d.Layers)+1), From: d.Last, Keep: slices.Clone(keep)}
		for i, c := range d.Columns {
			l.Columns = append(l.Columns, columnSQL{Name: c.Name, Seen: b.seen(i, c.Raw, group[0].numbers[i])})
		}
		for _, m := range group {
			l.Expressions = append(l.Expressions, namedSQL{SQL: b.tried(m.sql), As: m.result()})
			keep = append(keep, m.result())
		}
		d.Layers, d.Last = append(d.Layers, l), l.Name
	}
	d.fill(p, b, bound)
	return d
}

// trimmedSQL is a text without the spaces around it. trim looks every character
// up in Unicode; a text of ASCII that neither begins nor ends with a space, as
// most are, is known by its bytes.
func trimmedSQL(v string) string {
	return "CASE WHEN " + v + " >= '!' AND NOT ends_with(" + v + ", ' ') AND strlen(" + v + ") = length(" + v + ")" +
		" THEN " + v + " ELSE trim(" + v + ") END"
}

// knownSQL is NULL for the words by which databases and data frames write that
// there is no value. As an id they would gather all strangers in one customer,
// who would lead the list.
func knownSQL(id string) string {
	const longest = 4 // spares most ids the look at their letters
	return fmt.Sprintf(`CASE WHEN strlen(%[1]s) > %[2]d THEN %[1]s WHEN lower(%[1]s) IN ('null', 'nan', 'none', 'n/a', '\n') THEN NULL ELSE %[1]s END`, id, longest)
}

// tried is attempt, but for a column by itself, which cannot fail.
func (b *batch) tried(sql string) string {
	for _, c := range b.columns {
		if sql == engine.Identifier(c.name) {
			return sql
		}
	}
	return attempt(sql)
}

// result is the name of an expression's value.
func (m mapped) result() string { return engine.Identifier("mapped." + m.name) }

// byTyping groups expressions that see the export's columns alike.
func byTyping(bound []mapped) [][]mapped {
	var groups [][]mapped
	for _, m := range bound {
		at := slices.IndexFunc(groups, func(g []mapped) bool { return slices.Equal(g[0].numbers, m.numbers) })
		if at < 0 {
			groups = append(groups, nil)
			at = len(groups) - 1
		}
		groups[at] = append(groups[at], m)
	}
	return groups
}

// fill says what each column of the ledger is made of.
func (d *loadData) fill(p *Plan, b *batch, bound []mapped) {
	s := p.job.Sources[b.source]
	find := func(name string) (mapped, bool) {
		i := slices.IndexFunc(bound, func(m mapped) bool { return m.name == name })
		if i < 0 {
			return mapped{}, false
		}
		return bound[i], true
	}
	text := func(name string) string {
		if m, ok := find(name); ok {
			return "nullif(" + trimmedSQL("CAST("+m.result()+" AS VARCHAR)") + ", '')"
		}
		return "CAST(NULL AS VARCHAR)"
	}
	value := func(name, otherwise string) string {
		if m, ok := find(name); ok {
			return asMoney(m.result())
		}
		return otherwise
	}
	condition := func(name, otherwise string) string {
		if m, ok := find(name); ok {
			return m.result()
		}
		return otherwise
	}
	d.Customer, d.Order = knownSQL(text("customer")), text("order")
	d.Amount, d.Cost = value("amount", "CAST(NULL AS "+money+")"), p.costSQL(value)
	d.Where, d.Returns = condition("where", "TRUE"), condition("returns", "FALSE")
	times, _ := find("time")
	d.Time = times.result()
	if times.kind == "VARCHAR" {
		d.Time = trimmedSQL(d.Time)
	}
	d.HasTime, d.Day = b.givenSQL(times, d.Columns), daySQL(times.kind, times.formats, p.job.Timezone, s.Timezone)
	d.ExportRow, d.Malformed = b.exportRow(d.Columns), b.malformed(d.Columns)
	for _, l := range p.labels() {
		d.Labels = append(d.Labels, namedSQL{SQL: text(l.SQL), As: l.As})
	}
}

// costSQL is what a row cost: as the export says or, where it does not, what
// the margin leaves.
func (p *Plan) costSQL(value func(name, otherwise string) string) string {
	if !p.HasCost {
		return "CAST(NULL AS " + money + ")"
	}
	margin := 1.0
	if p.job.CLV != nil {
		margin = p.job.CLV.Margin
	}
	share := fmt.Sprintf("CAST('%s' AS %s)", strconv.FormatFloat(1-margin, 'f', 6, 64), exact)
	amount := value("amount", "0")
	byMargin := asMoney("TRY(" + amount + " * " + share + ")")
	return "coalesce(" + value("cost", "NULL") + ", " + byMargin + ")"
}

// exportRow is a row of a Parquet file as a JSON object. Rows of text are read
// again from the file, as they were; for them it is empty, and still names
// every column: the engine (1.5) breaks down over a line that is not UTF-8
// when it reads only some of a CSV file's columns.
func (b *batch) exportRow(columns []columnSQL) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c.Raw
		if b.format == job.Parquet {
			parts[i] = engine.Literal(b.columns[i].name) + ", " + c.Raw
		}
	}
	if b.format == job.Parquet {
		return "CAST(json_object(" + strings.Join(parts, ", ") + ") AS VARCHAR)"
	}
	return "left(concat(" + strings.Join(parts, ", ") + "), 0)"
}

// malformed tells whether a row could not be read at all. Lines of CSV that
// could not be do not come this far; of JSON they do, without values.
func (b *batch) malformed(columns []columnSQL) string {
	if b.format != job.JSON {
		return "FALSE"
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c.Raw + " IS NULL"
	}
	return strings.Join(parts, " AND ")
}
