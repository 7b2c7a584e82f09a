package ledger

import (
	"fmt"
	"slices"
	"strconv"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

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
	all = append(all, p.accountLabels()...)
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
	if p.keepsClock {
		names = append(names, clockColumn)
	}
	return names
}

// AttributeColumn is the ledger's column for an attribute; the prefix keeps it
// apart from the ledger's own.
func AttributeColumn(attribute string) string { return "attribute_" + attribute }

// loadData is what load.sql needs to know.
type loadData struct {
	Source                              int
	Into                                bool     // the ledger is there, to be filled
	Read                                []string // columns of a row as it is read
	Expressions                         []namedSQL
	Time, Customer, HasTime, Day, Order string
	Amount, Cost, Where, Returns        string
	ListPrice                           string     // empty: no source has one
	TimeForm                            string     // what a time says of how others are written
	Forms                               []namedSQL // how numbers are written
	Marks                               string     // the currencies beside them; empty: not asked for
	Excluded                            string     // condition: what the row is about is no goods
	KeepsText                           string     // condition: the row's text stays in the ledger
	Content, Joins                      string
	conversionData
	returnsData
	Labels []label
}

type namedSQL struct{ SQL, As string }

// label is a column of text of the ledger.
type label struct {
	namedSQL
	Binds bool // see [Binding]
}

// readerPlace is where load.sql names what the rows are read from.
const readerPlace = "<reader>"

// loadData says what each column of the ledger is made of.
func (p *Plan) loadData(b *batch, bound []mapped) loadData {
	s := p.job.Sources[b.source]
	v := values{bound: bound, numbers: b.numbers, dialect: p.at.Dialect()}
	if !p.onCluster() {
		v.isTidied = b.isTidied
	}
	d := loadData{
		Source: b.source, Into: !p.onCluster(), Read: p.readColumns(b),
		Customer: knownSQL(v.dialect, v.text("customer")), Order: v.text("order"),
		Amount: v.money("amount", "CAST(NULL AS "+moneyType+")"), Cost: p.costSQL(b, v),
		Forms: p.formsSQL(b),
		Where: v.condition("where", "TRUE"), Returns: v.condition("returns", "FALSE"),
		Excluded:  excludedSQL(v.dialect, v.text("product"), s.ExcludeProducts),
		KeepsText: p.keepsText(b), Content: p.contentSQL(b), Joins: p.joinsSQL(b),
	}
	if p.HasListPrice {
		d.ListPrice = v.money("list_price", "CAST(NULL AS "+moneyType+")")
	}
	if p.marks() {
		d.Marks = b.marksSQL(v.dialect)
	}
	d.conversionData = p.conversionData(v)
	for _, m := range bound {
		d.Expressions = append(d.Expressions, namedSQL{SQL: p.expressionSQL(m), As: m.result()})
	}
	var kind string
	d.Time, kind = v.timeSQL()
	times, _ := v.find("time")
	d.HasTime, d.Day = v.givenSQL(times), p.daySQL(b, kind)
	d.TimeForm = p.timeFormSQL(b, kind)
	d.returnsData = p.returnsData(b, v, kind)
	for _, l := range p.labels() {
		d.Labels = append(d.Labels, label{namedSQL{SQL: v.text(l.SQL), As: l.As}, slices.Contains(Binding, l.As)})
	}
	if p.keepsClock {
		d.Labels = append(d.Labels, label{namedSQL: p.clockLabel(b, kind)})
	}
	return d
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
	byMargin := asMoney(v.dialect.Write("product", v.money("amount", "0"), share))
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
