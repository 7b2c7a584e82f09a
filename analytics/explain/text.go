package explain

import (
	"math"
	"strconv"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/figures"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/internal/wording"
)

// Block is a part of the text: a title, sentences, and perhaps a table below them.
type Block struct {
	Title string
	Lines []string
	Table *Table
	After []string // sentences below the table
}

// Table is rows of texts under a header.
type Table struct {
	Header  []string
	Rows    [][]string
	Numbers int // so many columns behind the first hold numbers, and the others texts
}

// Text says in words what is known of the customer, so that it can be read out to them.
func (c *Customer) Text(language string) []Block {
	w := writer{Customer: c, say: wording.In(language), named: c.labels(language)}
	blocks := []Block{w.head(), w.purchases()}
	for _, part := range []func() (Block, bool){w.scores, w.outlook, w.ledgers, w.stage, w.tier, w.change, w.equityLines, w.history} {
		if b, has := part(); has {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// writer writes the words.
type writer struct {
	*Customer
	say   wording.Language
	named publication.Labels
}

func (w writer) head() Block {
	b := Block{Title: w.say.Say("explain.title", "id", w.ID, "day", dayText(w.AsOf), "name", w.Name)}
	switch w.Because {
	case BySpelling:
		b.Lines = append(b.Lines, w.say.Say("explain.spelled", "asked", w.Asked, "id", w.ID))
	case ByMerging:
		b.Lines = append(b.Lines, w.say.Say("explain.merged", "asked", w.Asked, "id", w.ID, "by", w.MergedBy))
	}
	if w.Because == ByMembership {
		b.Lines = append(b.Lines, w.say.Say("hierarchy.member", "asked", w.Asked, "id", w.ID))
	}
	if rank, has := cell[int64](w.Columns, "rank"); has {
		b.Lines = append(b.Lines, w.say.Say("explain.rank", "rank", rank, "customers", w.Customers))
	}
	b.Lines = append(b.Lines, w.account()...)
	if w.Currency != "" {
		b.Lines = append(b.Lines, w.say.Say("explain.currency", "currency", w.Currency))
	}
	return b
}

// cents is how amounts are written: always with cents, so that they can be added up.
const cents figures.MoneyFormat = "#,###.##"

func moneyText(v float64) string {
	return cents.Money(math.Round(v*money.CentsPerUnit)/money.CentsPerUnit + 0) // no -0
}

func amountText(a money.Amount) string { return cents.Money(a.Cents() / money.CentsPerUnit) }

func dayText(d publication.Day) string { return calendar.Format(calendar.Day(d)) }

// quantity writes a number of purchases, years or orders: whole ones without places.
func quantity(v float64) string {
	switch {
	case !number.Finite(v):
		return "-"
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return figures.Count(int64(v))
	case math.Abs(v) < 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}

// chance writes a probability: never a certainty that it is not.
func chance(p float64) string {
	const nearly = 0.001 // below half of the last place that is shown
	switch {
	case p > 1-nearly && p < 1:
		return "> 99.9%"
	case p < nearly && p > 0:
		return "< 0.1%"
	}
	return figures.Percent(p)
}

// span writes a length of time of the settings: 36 months, all, forever.
func (w writer) span(text string) string {
	var s job.Span
	switch err := s.UnmarshalText([]byte(text)); {
	case err != nil:
		return text
	case s.Word != "":
		return w.say.SayOf("explain.span_word", s.Word)
	}
	return s.In(w.say)
}

// ago says how many days ago something was.
func (w writer) ago(days int) string {
	if days == 0 {
		return w.say.Say("explain.today")
	}
	return w.say.Say("explain.ago", "days", days)
}
