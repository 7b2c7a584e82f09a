package draft

import "fmt"

// Sure is how sure a decision is.
type Sure int

// How sure a decision is.
const (
	Guess  Sure = iota // another answer is nearly as likely
	Likely             // nothing else comes near
	Known              // the export says so, or a person did
)

// String names it for people.
func (s Sure) String() string { return [...]string{"a guess", "likely", "sure"}[s] }

// Decision is one line of the job file.
type Decision struct {
	Source int    // -1: of the job
	Key    string // as in the schema, from the source down: columns.amount
	Value  string
	List   []string // instead of Value: a list
	Why    string
	Sure   Sure
	Others []Other
	// Off: the line is written as a comment, for who wants it.
	Off bool
	// several: the value is a condition of several, each in brackets.
	several bool
}

// Other is what else a decision could have been.
type Other struct {
	Value string
	Why   string
}

// Question is what a job could not run without and nobody but a person knows.
type Question struct {
	Key     string // of the job file
	Flag    string // that answers it
	Text    string // in words
	Choices []string
}

// Error is the question and the flag that answers it.
func (q *Question) Error() string {
	if q.Flag == "" {
		return q.Text
	}
	answer := "--" + q.Flag
	if len(q.Choices) > 0 {
		answer += " " + q.Choices[0]
	}
	return fmt.Sprintf("%s; answer with %s", q.Text, answer)
}

// Answers are what a person said.
type Answers struct {
	Name, Timezone, Currency              string
	Customer, Order, Time, Amount, Status string // columns or expressions
	Dates, Numbers                        string // as in the job file
}

// flags are the flags that answer about a key.
var flags = map[string]string{
	"columns.customer": "customer", "columns.order": "order", "columns.time": "time", "columns.amount": "amount", "dates": "dates", "currency": "currency",
}

// Set keeps an answer to the question about a key.
func (a *Answers) Set(key, answer string) {
	into := map[string]*string{
		"columns.customer": &a.Customer, "columns.order": &a.Order, "columns.time": &a.Time, "columns.amount": &a.Amount,
		"dates": &a.Dates, "currency": &a.Currency, "sources": &a.Time,
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
			q := &Question{Key: key, Flag: flags[key], Choices: []string{found.Value}}
			for _, o := range found.Others {
				q.Choices = append(q.Choices, o.Value)
			}
			q.Text = s.Path + ": which column says " + map[string]string{"columns.customer": "who bought", "columns.time": "when", "columns.amount": "for how much"}[key] + "?"
			return q
		}
	}
	return nil
}
