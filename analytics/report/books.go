package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// Books is the section about what was read, and what became of it.
type Books struct {
	Text     string
	Fates    Table  // rows and money by what became of them
	Files    Table  // that were read
	Returns  string // empty: there are none
	Examples *Table // of what was set aside; nil: nothing was
	Warnings []string
}

func (p *Page) addBooks(r *reading) error {
	rows := r.night.Rows
	b := Books{
		Text:     r.say.Say("report.books.text", "read", rows.Read, "used", rows.Used, "money", exact(r.night.Money.Used)+r.currency()),
		Fates:    r.fateTable(),
		Files:    r.fileTable(),
		Warnings: r.night.Warnings,
	}
	if back := r.night.Returns; back.Rows > 0 {
		b.Returns = r.say.Say("report.books.returns", "rows", back.Rows, "money", amount(back.Money)+r.currency())
	}
	var err error
	if b.Examples, err = r.exampleTable(); err != nil {
		return err
	}
	p.Books = b
	return nil
}

// exact writes an amount of run.json.
func exact(text string) string { return amount(amountOf(text)) }

// amountOf reads an amount of run.json, which [publication.Open] has found to be as it was
// written.
func amountOf(text string) (a money.Amount) {
	if err := a.UnmarshalText([]byte(text)); err != nil {
		return money.Amount{}
	}
	return a
}

// percentOf writes a share of the settings.
func percentOf(text string) string {
	var a money.Amount
	if err := a.UnmarshalText([]byte(text)); err != nil {
		return text
	}
	return percent(a.Float())
}

// fateTable says what became of rows and their money: together, and by source where there
// are several.
func (r *reading) fateTable() Table {
	say := r.say
	t := Table{ID: "fates", Caption: say.Say("report.fates.caption"), Head: texts(say.Say("report.col.fate"))}
	sources := r.night.Sources
	if len(sources) < 2 {
		sources = nil
	}
	t.Head = append(t.Head, numbers(say.Say("report.col.rows"), say.Say("report.col.money"))...)
	for _, s := range sources {
		t.Head = append(t.Head, numbers(say.Say("report.col.rows_of", "source", s.Path), say.Say("report.col.money_of", "source", s.Path))...)
	}
	format := formatOf(amountOf(r.night.Money.Read), amountOf(r.night.Money.Used))
	add := func(title string, rows func(publication.Fates[int64]) int64, cash func(publication.MoneyFates) string) {
		row := rowOf(title, count(rows(r.night.Rows)), cash(r.night.Money))
		for _, s := range sources {
			row = append(row, rowOf(count(rows(s.Rows)), cash(s.Money))...)
		}
		t.Rows = append(t.Rows, row)
	}
	add(say.Say("report.fate.read"), func(f publication.Fates[int64]) int64 { return f.Read }, func(m publication.MoneyFates) string { return format.amount(amountOf(m.Read)) })
	add(say.Say("report.fate.used"), func(f publication.Fates[int64]) int64 { return f.Used }, func(m publication.MoneyFates) string { return format.amount(amountOf(m.Used)) })
	for _, reason := range r.reasons() {
		add(r.reason(reason), func(f publication.Fates[int64]) int64 { return f.Rejected[reason] }, func(m publication.MoneyFates) string {
			if a := m.Rejected[reason]; a != nil {
				return format.amount(amountOf(*a))
			}
			return nothing
		})
	}
	return t
}

// reasons are those for which rows were set aside, that of most rows first.
func (r *reading) reasons() []string {
	rejected := r.night.Rows.Rejected
	return slices.SortedFunc(maps.Keys(rejected), func(a, b string) int {
		return cmp.Or(cmp.Compare(rejected[b], rejected[a]), strings.Compare(a, b))
	})
}

// reason says why rows are set aside.
func (r *reading) reason(name string) string {
	if r.say.Has("fate", name) {
		name = r.say.SayOf("fate", name)
	}
	return r.say.Say("summary.set_aside", "reason", name)
}

// shownFiles is how many files of exports are listed.
const shownFiles = 30

func (r *reading) fileTable() Table {
	say := r.say
	t := Table{ID: "inputs", Caption: say.Say("report.inputs.caption")}
	t.Head = slices.Concat(texts(say.Say("report.col.file")), numbers(say.Say("report.col.rows")), texts(say.Say("report.col.sha256")))
	inputs := r.night.Inputs
	for _, in := range inputs[:min(shownFiles, len(inputs))] {
		t.Rows = append(t.Rows, rowOf(in.Path, count(in.Rows), in.SHA256[:min(12, len(in.SHA256))]))
	}
	if more := len(inputs) - shownFiles; more > 0 {
		t.Note = say.Say("report.inputs.more", "more", more)
	}
	return t
}

// The examples of what was set aside: so many, found among so many rows.
const (
	shownExamples  = 3
	examplesWithin = 100_000
)

// exampleTable has a row that was set aside for each of the commonest reasons, as
// [shapeOf] shows it; nil where rejects.csv has none.
func (r *reading) exampleTable() (*Table, error) {
	say, looked := r.say, 0
	found := map[string]Row{}
	err := r.night.EachRow(column.Rejects, func(row *publication.ListRow) bool {
		reason := row.Text("reason")
		if _, seen := found[reason]; !seen {
			found[reason] = rowOf(r.reason(reason), row.Text("source"), count(row.Count("line")), shapeOf(row.Text("row")))
		}
		looked++
		return looked < examplesWithin
	})
	if err != nil {
		return nil, err
	}
	t := &Table{ID: "examples", Caption: say.Say("report.examples.caption"), Note: say.Say("report.examples.note")}
	t.Head = slices.Concat(texts(say.Say("report.col.fate"), say.Say("report.col.file")), numbers(say.Say("report.col.line")), sentences(say.Say("report.col.shape")))
	for _, reason := range r.reasons() {
		if row, has := found[reason]; has && len(t.Rows) < shownExamples {
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		return nil, nil //nolint:nilnil // nothing was set aside
	}
	return t, nil
}

// longestShape is how much of a row is shown.
const longestShape = 120

// shapeOf shows a row without what it holds: each digit as 0, each letter as a. What stands
// between them is what shows where it is broken.
func shapeOf(row string) string {
	shape := []rune{}
	for _, c := range row {
		switch {
		case unicode.IsDigit(c):
			c = '0'
		case unicode.IsLetter(c) || unicode.IsMark(c):
			c = 'a'
		case unicode.IsControl(c):
			c = ' '
		}
		if len(shape) == longestShape {
			return string(append(shape, '…'))
		}
		shape = append(shape, c)
	}
	return string(shape)
}
