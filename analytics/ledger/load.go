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
	if err := p.dropRawSamples(ctx); err != nil {
		return err
	}
	return p.load(ctx, asOf, func(b *batch, insert func(reader string) string, limit any) error {
		if err := b.read(ctx, p.engine, 0, insert, limit); err != nil {
			return err
		}
		return b.allProven()
	})
}

// LoadSample is Load for some rows of each file only, to see what would become
// of them.
func (p *Plan) LoadSample(ctx context.Context, asOf time.Time) error {
	return p.load(ctx, asOf, func(b *batch, insert func(reader string) string, limit any) error {
		return b.unreadable(ctx, p.engine.Exec(ctx, insert(b.rawSample), limit))
	})
}

// dropRawSamples frees the rows that only [Plan.LoadSample] would read again.
func (p *Plan) dropRawSamples(ctx context.Context) error {
	for _, b := range p.allBatches() {
		if err := p.engine.Exec(ctx, "DROP TABLE IF EXISTS "+b.rawSample); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	return nil
}

// fillBatch puts the rows of a batch into the ledger.
type fillBatch func(b *batch, insert func(reader string) string, limit any) error

// load fills the ledger, again where all rows show another way of writing than the sample
// did.
func (p *Plan) load(ctx context.Context, asOf time.Time, fill fillBatch) error {
	for again := true; again; {
		if err := p.fillLedger(ctx, asOf, fill); err != nil {
			return err
		}
		if err := p.checkMalformed(); err != nil {
			return err
		}
		var err error
		if again, err = p.review(ctx); err != nil {
			return err
		}
	}
	if err := p.checkNumbers(); err != nil {
		return err
	}
	if err := p.checkMarks(ctx); err != nil {
		return err
	}
	if err := p.checkCurrencies(ctx); err != nil {
		return err
	}
	if err := p.findDuplicates(ctx); err != nil {
		return err
	}
	if err := p.joinPersons(ctx); err != nil {
		return err
	}
	if err := p.countTotalsOnce(ctx); err != nil {
		return err
	}
	if err := p.noticeBlankLines(ctx); err != nil {
		return err
	}
	if err := p.noticeRepetition(ctx); err != nil {
		return err
	}
	if err := p.addRefunds(ctx, limitOf(asOf)); err != nil {
		return err
	}
	if err := p.matchReturns(ctx); err != nil {
		return err
	}
	return p.keepRejects(ctx)
}

// limitOf is the last day that counts, as a parameter of SQL; nil: no limit.
func limitOf(asOf time.Time) any {
	if asOf.IsZero() {
		return nil
	}
	return asOf.Format(time.DateOnly)
}

// fillLedger makes the ledger of each batch in turn.
func (p *Plan) fillLedger(ctx context.Context, asOf time.Time, fill fillBatch) error {
	create, err := statement("create_ledger.sql", struct {
		Content, Joined, Matches, Refunds, Marks, Currencies bool
		Labels, Forms                                        []string
	}{p.compares(), p.hasJoins(), p.matches(), p.hasRefunds(), p.marks(), p.hasCurrencies(), p.labelNames(), p.formColumns()})
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, create); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	limit := limitOf(asOf)
	for _, b := range p.batches {
		sql, err := statement("load.sql", p.loadData(b, b.mapped))
		if err != nil {
			return err
		}
		insert := func(reader string) string {
			return strings.Replace(sql, readerPlace, b.joined(reader), 1)
		}
		if err := fill(b, insert, limit); err != nil {
			return err
		}
	}
	return nil
}

// review tells whether the rows have to be read once more, in the way that all of them
// show.
func (p *Plan) review(ctx context.Context) (again bool, err error) {
	const most = 3 // what the rows show depends on how they are read only where `where` does
	if again, err = p.reviewNumbers(ctx); err != nil {
		return false, err
	}
	timesAgain, err := p.reviewTimes(ctx)
	if again = again || timesAgain; err != nil || !again {
		return false, err
	}
	if p.reviews++; p.reviews == most {
		return false, p.errUnsettled()
	}
	return true, nil
}

// errUnsettled says that the rows which count differ with the way of reading that they
// decide.
func (p *Plan) errUnsettled() error {
	return &DataError{Path: p.job.Sources[0].Path, Message: "how the numbers of the sources are written depends on which rows count, and that on how they are read; state numbers and dates beside the path of each source"}
}

// keepRejects keeps what was set aside beyond the ledger's end.
func (p *Plan) keepRejects(ctx context.Context) error {
	return p.execWith(ctx, "keep_rejects.sql", struct {
		FaultsOnly, Matches bool
		ByChoice            string
	}{p.faultsOnly(), p.matches(), byChoiceSQL()})
}

// byChoiceSQL lists the reasons that the job file gives.
func byChoiceSQL() string {
	var list []string
	for _, r := range ByChoice {
		list = append(list, engine.Literal(string(r)))
	}
	return strings.Join(list, ", ")
}

// labels are the ledger's columns of text beside its own, with the column of the
// mapping that each is read from.
func (p *Plan) labels() []namedSQL {
	var all []namedSQL
	if p.HasCategory {
		all = append(all, namedSQL{SQL: "category", As: "category"})
	}
	if p.keepsProduct() {
		all = append(all, namedSQL{SQL: "product", As: "product"})
	}
	all = append(all, p.keyLabels()...)
	all = append(all, p.signLabels()...)
	for _, name := range p.Attributes {
		all = append(all, namedSQL{SQL: AttributeColumn(name), As: engine.Identifier(AttributeColumn(name))})
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
	Source                              int
	Read                                []string // columns of a row as it is read
	Expressions                         []namedSQL
	Time, Customer, HasTime, Day, Order string
	Amount, Cost, Where, Returns        string
	TimeForm                            string     // what a time says of how others are written
	Forms                               []namedSQL // how numbers are written
	Marks                               string     // the currencies beside them; empty: not asked for
	Excluded                            string     // condition: what the row is about is no goods
	KeepsText                           string     // condition: the row's text stays in the ledger
	Content, Joins                      string
	conversionData
	returnsData
	Labels []namedSQL
}

type namedSQL struct{ SQL, As string }

// readerPlace is where load.sql names what the rows are read from.
const readerPlace = "<reader>"

// loadData says what each column of the ledger is made of.
func (p *Plan) loadData(b *batch, bound []mapped) loadData {
	s := p.job.Sources[b.source]
	v := values{bound, b.numbers}
	d := loadData{
		Source: b.source, Read: b.readColumns(),
		Customer: knownSQL(v.text("customer")), Order: v.text("order"),
		Amount: v.money("amount", "CAST(NULL AS "+moneyType+")"), Cost: p.costSQL(b, v),
		Forms: p.formsSQL(b),
		Where: v.condition("where", "TRUE"), Returns: v.condition("returns", "FALSE"),
		Excluded:  excludedSQL(v.text("product"), s.ExcludeProducts),
		KeepsText: p.keepsText(b), Content: p.contentSQL(b), Joins: p.joinsSQL(b),
	}
	if p.marks() {
		d.Marks = b.marksSQL()
	}
	d.conversionData = p.conversionData(v)
	for _, m := range bound {
		sql := m.sql
		if !m.isColumn() { // a column by itself cannot fail
			sql = attempt(sql)
		}
		d.Expressions = append(d.Expressions, namedSQL{SQL: sql, As: m.result()})
	}
	var kind string
	d.Time, kind = v.timeSQL()
	times, _ := v.find("time")
	d.HasTime, d.Day = givenSQL(times), daySQL(kind, p.times[b.source], p.job.Timezone, s.Timezone)
	d.TimeForm = p.times[b.source].formSQL(kind)
	d.returnsData = p.returnsData(b, v, kind)
	for _, l := range p.labels() {
		d.Labels = append(d.Labels, namedSQL{SQL: bindingSQL(l.As, v.text(l.SQL)), As: l.As})
	}
	return d
}

// values are the values of a batch's mapped expressions, as the ledger takes
// them.
type values struct {
	bound   []mapped
	numbers *sourceNumbers
}

func (v values) find(name string) (mapped, bool) {
	i := slices.IndexFunc(v.bound, func(m mapped) bool { return m.name == name })
	if i < 0 {
		return mapped{}, false
	}
	return v.bound[i], true
}

func (v values) text(name string) string {
	m, ok := v.find(name)
	if !ok {
		return "CAST(NULL AS VARCHAR)"
	}
	return "nullif(" + trimmedSQL(TextSQL(m.result(), m.kind)) + ", '')"
}

func (v values) money(name, otherwise string) string {
	m, ok := v.find(name)
	switch {
	case !ok:
		return otherwise
	case m.kind == textKind:
		style := v.numbers.styles[resultKey(name)]
		return style.number(m.result(), style.plain(m.result()))
	}
	return asMoney(m.result())
}

func (v values) condition(name, otherwise string) string {
	m, ok := v.find(name)
	if !ok {
		return otherwise
	}
	return m.result()
}

// result is the name of an expression's value.
func (m mapped) result() string { return engine.Identifier(ownPrefix + "value." + m.name) }

// trimmedSQL is a text without the spaces around it, and without tabs and ends of
// lines: some shops write a tab behind an id, so that spreadsheets show all its
// digits. trim looks every character up; a text of ASCII that neither begins nor
// ends with a space, as most are, is known by its bytes.
func trimmedSQL(v string) string {
	ends := func(last string) string { return " AND NOT ends_with(" + v + ", '" + last + "')" }
	sound := v + " >= '!'" + ends(" ") + ends("\t") + ends("\n")
	return "CASE WHEN " + sound + " AND strlen(" + v + ") = length(" + v + ")" +
		" THEN " + v + " ELSE trim(" + v + ", '" + spaces + "') END"
}

// spaces are the characters that show nothing: of ASCII, and those of Unicode's
// category of spaces.
const spaces = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

// knownSQL is NULL for the words with which databases and data frames write that a value
// is missing. As an id, such a word would make one customer of all strangers, who would
// lead the list.
func knownSQL(id string) string {
	const longest = 4 // spares most ids the look at their letters
	return fmt.Sprintf(`CASE WHEN strlen(%[1]s) > %[2]d THEN %[1]s WHEN lower(%[1]s) IN ('null', 'nan', 'none', 'n/a', '\n') THEN NULL ELSE %[1]s END`, id, longest)
}

// costSQL is what a row cost: as the export says or, where it does not, what
// the margin leaves. Where lines repeat their order's total, what it leaves is known only
// when the total stands on one line.
func (p *Plan) costSQL(b *batch, v values) string {
	const unknown = "CAST(NULL AS " + moneyType + ")"
	switch {
	case !p.HasCost:
		return unknown
	case p.repeatsTotals(b.source):
		return v.money("cost", unknown)
	}
	share := fmt.Sprintf("CAST('%s' AS %s)", p.costShare(), exact)
	byMargin := asMoney("TRY(" + v.money("amount", "0") + " * " + share + ")")
	return "coalesce(" + v.money("cost", "NULL") + ", " + byMargin + ")"
}

// costShare is the share of an amount that is cost, as the margin has it.
func (p *Plan) costShare() string {
	margin := 1.0
	if p.job.CLV != nil {
		margin = p.job.CLV.Margin
	}
	return strconv.FormatFloat(1-margin, 'f', 6, 64)
}

// faultsOnly tells whether rows that `where` leaves out are counted and not
// listed.
func (p *Plan) faultsOnly() bool { return p.job.Output.Rejects != job.AllRejects }

// keepsText is the condition under which a row's text stays in the ledger:
// where it may be listed.
func (p *Plan) keepsText(b *batch) string {
	switch {
	case p.dropsDuplicates(b.source), p.repeatsTotals(b.source):
		return "TRUE" // they may be set aside yet
	case p.faultsOnly():
		return "reason IS NOT NULL AND reason NOT IN (" + byChoiceSQL() + ")"
	}
	return "reason IS NOT NULL"
}
