package report

import (
	"math"

	"clientele/internal/calendar"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// Table is a table as people read it.
type Table struct {
	ID      string // of its element
	Caption string
	Head    []Head
	Rows    []Row
	Note    string // below it
}

// Head is the heading of a column.
type Head struct {
	Text string
	Kind Kind
}

// Kind is what the cells of a column are, and the class of them in the page.
type Kind string

// The kinds of columns.
const (
	Words  Kind = ""  // a name, a day: it stands on one line
	Number Kind = "n" // it stands on the right
	Prose  Kind = "w" // it takes as many lines as it needs
)

// Row is a row; its first cell says what it is about.
type Row []Cell

// Cell is what stands in a place.
type Cell struct {
	Text string
	// Verdict is pass, warn or fail, or above or below an average; empty: the cell is none.
	Verdict string
}

// texts are headings of columns of names, numbers of numbers, sentences of sentences.
func texts(titles ...string) []Head     { return headsOf(Words, titles) }
func numbers(titles ...string) []Head   { return headsOf(Number, titles) }
func sentences(titles ...string) []Head { return headsOf(Prose, titles) }

func headsOf(kind Kind, titles []string) []Head {
	all := make([]Head, len(titles))
	for i, t := range titles {
		all[i] = Head{t, kind}
	}
	return all
}

// rowOf are cells of plain text.
func rowOf(cells ...string) Row {
	row := make(Row, len(cells))
	for i, text := range cells {
		row[i].Text = text
	}
	return row
}

// nothing stands where there is nothing to say.
const nothing = "–"

// count, percent and amount write numbers; what is not known is a dash.
func count(n int64) string { return figures.Count(n) }

func percent(share float64) string {
	if math.IsNaN(share) {
		return nothing
	}
	return figures.Percent(share)
}

func amount(v money.Amount) string { return figures.Money(v.Float()) }

func cash(v float64) string {
	if math.IsNaN(v) {
		return nothing
	}
	return figures.Money(v)
}

// moneyOf is how the amounts of a table are written: all with cents, or none.
type moneyOf struct{ figures.MoneyFormat }

func formatOf(all ...money.Amount) moneyOf {
	floats := make([]float64, len(all))
	for i, v := range all {
		floats[i] = v.Float()
	}
	return moneyOf{figures.FormatOf(floats...)}
}

func (f moneyOf) amount(v money.Amount) string { return f.Money(v.Float()) }

// some writes an amount of which many are zero: a dash shows that there is none.
func (f moneyOf) some(v money.Amount) string {
	if v == (money.Amount{}) {
		return nothing
	}
	return f.amount(v)
}

// decimal writes a number with two places.
func decimal(v float64) string {
	if math.IsNaN(v) {
		return nothing
	}
	return figures.MoneyFormat("#,###.##").Money(v)
}

// day writes a day.
func day(d calendar.Day) string {
	if d == calendar.NoDay {
		return nothing
	}
	return string(calendar.Append(nil, d))
}

// signed writes a change with its sign.
func signed(negative bool, text string) string {
	if negative {
		return "−" + text
	}
	return "+" + text
}

func changeOf(before, now int64) string {
	d := now - before
	return signed(d < 0, count(max(d, -d)))
}

func changeOfMoney(before, now money.Amount) string {
	d := now.Minus(before).Float()
	return signed(d < 0, cash(math.Abs(d)))
}
