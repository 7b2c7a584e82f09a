package draft

import (
	"fmt"
	"slices"
	"strings"
)

// Question is what a job could not run without and nobody but a person knows.
type Question struct {
	Key     string // of the job file
	Flag    string // that answers it
	Text    string // in words
	Choices []string
	// fits says why an answer will not do; nil: any will.
	fits func(answer string) string
}

// Refuses says why an answer to the question will not do; empty: it will.
func (q *Question) Refuses(answer string) string {
	if q.fits == nil {
		return ""
	}
	return q.fits(answer)
}

// Error is the question and the flag that answers it.
func (q *Question) Error() string {
	if q.Flag == "" {
		return q.Text
	}
	answer := "--" + q.Flag
	if len(q.Choices) > 0 {
		answer += " " + quoted(q.Choices[0])
	}
	return fmt.Sprintf("%s; answer with %s", q.Text, answer)
}

// quoted is an answer as a command line takes it.
func quoted(answer string) string {
	if strings.ContainsAny(answer, " $&;()*") {
		return "'" + answer + "'"
	}
	return answer
}

// Answers are what a person said.
type Answers struct {
	Name, Timezone, Currency              string
	Customer, Order, Time, Amount, Status string // columns or expressions
	Dates, Numbers                        string // as in the job file
	Sheets                                []string
}

// flags are the flags that answer about a key.
var flags = map[string]string{
	"columns.customer": "customer", "columns.order": "order", "columns.time": "time", "columns.amount": "amount", "dates": "dates", "currency": "currency",
}

// Set keeps an answer to the question about a key.
func (a *Answers) Set(key, answer string) {
	if key == "sheet" {
		a.Sheets = append(a.Sheets, answer)
	}
	into := map[string]*string{
		"columns.customer": &a.Customer, "columns.order": &a.Order, "columns.time": &a.Time, "columns.amount": &a.Amount,
		"dates": &a.Dates, "currency": &a.Currency,
	}[key]
	if into != nil {
		*into = answer
	}
}

// Doubt is what is worth a question to somebody who is there: a guess about who, when or
// how much; nil where there is none.
func (d *Draft) Doubt() *Question {
	for _, s := range d.Sources {
		for _, key := range []string{"columns.customer", "columns.time", "columns.amount"} {
			found := s.find(key)
			if found == nil || found.Sure != Guess || len(found.Others) == 0 || len(found.List) > 0 {
				continue
			}
			q := &Question{Key: key, Flag: flags[key], Choices: []string{found.Value}, fits: aColumnOf(append([]*table{s.table}, s.joins...)...)}
			for _, o := range found.Others {
				q.Choices = append(q.Choices, o.Value)
			}
			q.Text = s.Path + ": which column says " + map[string]string{"columns.customer": "who bought", "columns.time": "when", "columns.amount": "for how much"}[key] + "?"
			return q
		}
	}
	return nil
}

// oneOf wants one of the choices.
func oneOf(choices []string) func(string) string {
	return func(answer string) string {
		if slices.Contains(choices, answer) {
			return ""
		}
		return fmt.Sprintf("%q is none of %s", answer, strings.Join(choices, ", "))
	}
}

// aColumnOf wants a column of the tables, or an expression that names one.
func aColumnOf(tables ...*table) func(string) string {
	return func(answer string) string {
		var names []string
		for _, t := range tables {
			if t.mentions(answer) {
				return ""
			}
			names = append(names, t.names()...)
		}
		return fmt.Sprintf("no column is called %q: the columns are %s", answer, strings.Join(names, ", "))
	}
}

// aDateOrder wants what a job file takes for dates.
func aDateOrder(answer string) string {
	if slices.Contains([]string{"dmy", "mdy", "ymd"}, answer) || strings.Contains(answer, "%") {
		return ""
	}
	return fmt.Sprintf("%q is not dmy (the day first), mdy (the month first) or a pattern such as %%d/%%m/%%Y", answer)
}

// aCurrency wants the code of a currency.
func aCurrency(answer string) string {
	if anyCurrency.MatchString(answer) {
		return ""
	}
	return fmt.Sprintf("%q is not the code of a currency, such as EUR", answer)
}
