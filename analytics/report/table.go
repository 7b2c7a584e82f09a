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
	Text   string
	Number bool // its cells are numbers
}

// Row is a row; its first cell says what it is about.
type Row []Cell

// Cell is what stands in a place.
type Cell struct {
	Text string
	// Verdict is pass, warn or fail; empty: the cell is none.
	Verdict string
}

// texts are headings of columns of text, numbers of numbers.
func texts(titles ...string) []Head   { return headsOf(false, titles) }
func numbers(titles ...string) []Head { return headsOf(true, titles) }

func headsOf(number bool, titles []string) []Head {
	all := make([]Head, len(titles))
	for i, t := range titles {
		all[i] = Head{t, number}
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
