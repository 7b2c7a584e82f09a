package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// The numbers of a text export are read as its columns write them. A single value tells
// little, the column does: 1.250 alone may be one and a quarter or twelve hundred and
// fifty, and 99,90 beside it says which. The sample tells how to begin. Every row that is
// read then says how its numbers were written, and where the whole column says something
// else than the sample the exports are read once more. Where it says nothing, the job
// file must.

// numberText is a text that is read as a number: a column of the export, or what an
// expression gives.
type numberText struct {
	key   string // the column's name, or ours of the expression behind an =
	text  string // SQL
	plain string // SQL: the number that it is as programs write numbers
}

// resultKey is the key of an expression that gives text: no column's name can be
// confused with it, since keys of columns are kept behind another sign.
func resultKey(name string) string { return "=" + name }

// columnSign begins the keys of columns.
const columnSign = "."

func columnKey(c column) string {
	if c.join > 0 {
		return columnSign + c.full
	}
	return columnSign + c.name
}

// styleOf is how the numbers in a column are written, if it may hold any.
func (b *batch) styleOf(i int) (style numberStyle, is bool) {
	if b.numbers != nil {
		style, is = b.numbers.styles[columnKey(b.columns[i])]
	}
	return style, is
}

// plainSQL reads a text of a column as programs write numbers.
func (b *batch) plainSQL(d dialect.Dialect, i int, text string) string {
	style, _ := b.styleOf(i)
	return style.plain(d, text)
}

// plainColumn is an export's column of text as a number that programs write.
func plainColumn(i int) string { return fmt.Sprintf(`"%s%d.plain"`, scalar.OwnPrefix, i) }

// sourceNumbers is how the numbers of a source are read.
type sourceNumbers struct {
	styles map[string]numberStyle // by key
	keys   []string               // in the order of the ledger's columns of forms
	forms  []*numberForms         // of all rows, by key, once they are read
	marked bool                   // rows say which currencies stand beside their numbers
}

// column is the place of a text's forms in the ledger, a new one where it has none.
func (s *sourceNumbers) column(key string) int {
	if i := slices.Index(s.keys, key); i >= 0 {
		return i
	}
	s.keys = append(s.keys, key)
	return len(s.keys) - 1
}

// formColumn is the ledger's column of the forms of the k-th text of a source.
func formColumn(k int) string { return fmt.Sprintf("form_%d", k) }

// formColumns are all of them.
func (p *Plan) formColumns() []string {
	most := 0
	for _, s := range p.numbers {
		most = max(most, len(s.keys))
	}
	columns := make([]string, most)
	for k := range columns {
		columns[k] = formColumn(k)
	}
	return columns
}

// marks tells whether the rows of any source say which currencies they show.
func (p *Plan) marks() bool {
	return slices.ContainsFunc(p.numbers, func(s *sourceNumbers) bool { return s.marked })
}

// maybeNumbers are the columns of text in formulas that may want numbers.
func (b *batch) maybeNumbers(formulas []formula) []int {
	var all []int
	for _, f := range formulas {
		if f.role == roleText || f.role == roleTime {
			continue
		}
		for _, i := range f.columns() {
			if b.columns[i].kind == textKind {
				all = append(all, i)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// numberTexts are the texts that a batch's bound expressions read as numbers.
func (b *batch) numberTexts(d dialect.Dialect) []numberText {
	var all []numberText
	for _, m := range b.mapped {
		if m.role == roleText || m.role == roleTime {
			continue
		}
		for _, i := range m.columns() {
			if b.columns[i].kind == textKind && m.numbers[i] {
				all = append(all, numberText{columnKey(b.columns[i]), rawColumn(i), plainColumn(i)})
			}
		}
		if m.role == roleNumber && m.kind == textKind {
			key := resultKey(m.name)
			all = append(all, numberText{key, m.result(), b.numbers.styles[key].plain(d, m.result())})
		}
	}
	slices.SortStableFunc(all, func(a, b numberText) int { return strings.Compare(a.key, b.key) })
	return slices.CompactFunc(all, func(a, b numberText) bool { return a.key == b.key })
}

// givenText is the text that one of our numbers is read from; empty where it is of another
// type or made of several columns.
func (b *batch) givenText(v values, name string) string {
	m, mapped := v.find(name)
	switch {
	case !mapped:
	case m.kind == textKind:
		return v.text(name)
	case m.isColumn() && b.columns[m.places[0].column].kind == textKind:
		return "nullif(" + trimmedSQL(v.dialect, rawColumn(m.places[0].column)) + ", '')"
	}
	return ""
}

// formsSQL gives, for each of the ledger's columns of forms, what a batch puts there.
func (p *Plan) formsSQL(b *batch) []namedSQL {
	var forms []namedSQL
	d := p.at.Dialect()
	texts := b.numberTexts(d)
	for k, column := range p.formColumns() {
		sql := "CAST(NULL AS " + d.Write("tiny") + ")"
		if k < len(b.numbers.keys) {
			at := slices.IndexFunc(texts, func(t numberText) bool { return t.key == b.numbers.keys[k] })
			if at >= 0 {
				sql = numberFormSQL(d, texts[at].text, texts[at].plain)
			}
		}
		forms = append(forms, namedSQL{sql, column})
	}
	return forms
}

// marksSQL gives the currencies that stand beside a row's numbers. A text that is no number, such as
// NULL, TBD or N/A USD, has none: its letters are words.
func (b *batch) marksSQL(d dialect.Dialect) string {
	var marks []string
	for _, t := range b.numberTexts(d) {
		bare := bareNumberSQL(d, t.text)
		marks = append(marks, fmt.Sprintf("CASE WHEN %s <> '' AND %s IS NULL THEN CASE WHEN %s THEN nullif(%s, '') END END",
			t.text, t.plain, fullMatch(d, bare, numberIn(anyDigits)), d.Write("all_of", bare, d.Literal(currencyMark))))
	}
	if !b.numbers.marked || len(marks) == 0 {
		return "CAST(NULL AS STRING)"
	}
	return "concat_ws('|', " + strings.Join(marks, ", ") + ")"
}

// settleNumbers decides from the samples how the columns of each source are read to begin
// with. What a sample does not tell is left to all rows.
func (p *Plan) settleNumbers(ctx context.Context) error {
	found := make([]map[string]*numberForms, len(p.job.Sources))
	for _, b := range p.batches {
		var texts []numberText
		for _, i := range b.wantNumbers {
			if b.columns[i].join > 0 {
				continue // settleJoined
			}
			texts = append(texts, numberText{columnKey(b.columns[i]), rawColumn(i), plainNumberSQL(dialect.DuckDB, rawColumn(i))})
		}
		if found[b.source] == nil {
			found[b.source] = map[string]*numberForms{}
		}
		if err := countSample(ctx, p.engine, b.rawSample, texts, found[b.source]); err != nil {
			return err
		}
	}
	for i, byKey := range found {
		p.numbers[i].begin(p.job.Sources[i].Numbers, byKey)
	}
	return nil
}

// settleJoined is settleNumbers for the columns of a join, whose values are in the sample;
// it tells whether any is written in another way than programs write numbers.
func (p *Plan) settleJoined(ctx context.Context, b *batch, join int) (other bool, err error) {
	found := map[string]*numberForms{}
	for _, i := range b.usedOf(join) {
		if _, settled := b.styleOf(i); settled || b.columns[i].kind != textKind || !slices.Contains(b.wantNumbers, i) {
			continue
		}
		if err := countSample(ctx, p.engine, b.sample, []numberText{{columnKey(b.columns[i]), rawColumn(i), plainColumn(i)}}, found); err != nil {
			return false, err
		}
	}
	b.numbers.begin(p.job.Sources[b.source].Numbers, found)
	for key := range found {
		other = other || b.numbers.styles[key] != numberStyle{}
	}
	return other, nil
}

// settleResults is settleNumbers for what the expressions of a batch give as text.
func (p *Plan) settleResults(ctx context.Context, b *batch) error {
	found := map[string]*numberForms{}
	for _, m := range b.mapped {
		if m.role != roleNumber || m.kind != textKind {
			continue
		}
		if _, settled := b.numbers.styles[resultKey(m.name)]; settled {
			continue
		}
		value := attempt(m.sql)
		if err := countSample(ctx, p.engine, b.sample, []numberText{{resultKey(m.name), value, plainNumberSQL(dialect.DuckDB, value)}}, found); err != nil {
			return err
		}
	}
	b.numbers.begin(p.job.Sources[b.source].Numbers, found)
	for _, t := range b.numberTexts(dialect.DuckDB) {
		b.numbers.column(t.key)
	}
	return nil
}

// begin takes the styles that samples show.
func (s *sourceNumbers) begin(stated job.Numbers, found map[string]*numberForms) {
	for key, forms := range found {
		style, _ := forms.style(stated)
		style.seldomPlain = 2*forms.plainTexts < forms.all.total()
		s.styles[key] = style
		s.marked = s.marked || forms.all.priced > 0
	}
}

// countSample counts the forms of texts in a sample.
func countSample(ctx context.Context, e engine.Engine, sample string, texts []numberText, into map[string]*numberForms) error {
	for _, t := range texts {
		from := fmt.Sprintf("(SELECT %s AS v, %s AS plain FROM %s)", t.text, t.plain, sample)
		other, err := engine.Text(ctx, e, "SELECT count(*) > 0 FROM "+from+" WHERE plain IS NULL AND v <> ''")
		if err != nil {
			return fmt.Errorf("ledger: forms of numbers: %w", err)
		}
		form := plainFormSQL(dialect.DuckDB, "v", "plain")
		if other[0][0] == "true" { // the engine takes its time to make ready for these patterns
			form = numberFormSQL(dialect.DuckDB, "v", "plain")
		}
		rows, err := engine.Text(ctx, e, fmt.Sprintf(`SELECT form, count(*), count(plain) FROM (SELECT %s AS form, plain FROM %s) WHERE form IS NOT NULL GROUP BY form ORDER BY form`, form, from))
		if err != nil {
			return fmt.Errorf("ledger: forms of numbers: %w", err)
		}
		if into[t.key] == nil {
			into[t.key] = &numberForms{key: t.key}
		}
		for _, r := range rows {
			var form numberForm
			var n, plain int64
			if _, err := fmt.Sscan(strings.Join(r, " "), &form, &n, &plain); err != nil {
				return fmt.Errorf("ledger: forms of numbers: %w", err)
			}
			into[t.key].plainTexts += plain
			into[t.key].all.add(form, n)
		}
	}
	return nil
}
