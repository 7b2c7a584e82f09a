package night

import (
	"time"

	"clientele/analytics/accounts"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/persons"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// Frame is what is known of a night before its customers are.
type Frame struct {
	Job  *job.Job
	AsOf time.Time
	// FirstDay is the first day in the exports.
	FirstDay time.Time
	// HasCost, HasCategory and HasProduct tell what the exports say of rows that the job
	// needs: what they cost, and what they are of.
	HasCost, HasCategory, HasProduct bool
	// Spend is what was spent on winning customers; nil: the job has no file of it.
	Spend *job.Spend
	// Persons says which ids are one person; nil: an id is a person.
	Persons *persons.Found
	// Accounts says which account stands below which; nil: no source says.
	Accounts *accounts.Found
	// Threads is how many goroutines a stage may use. It changes no bit of a result.
	Threads int
	// Previous is the night before; nil: this is the first.
	Previous *history.Night
	// LeftBehind is the folder of the night before, where the history begins anew with this
	// one because it was asked to; empty: it does not.
	LeftBehind string
	// Warnings is where a stage says what readers of its result should know.
	Warnings *Warnings
}

// NextDays is how far ahead p_next looks, in days, and how far back an audit of declines
// at least: a quarter.
const NextDays = 91

// Of gives the customer of an id: the person, or the account at the top where that is the
// customer. It knows ids of other nights, too.
func (f *Frame) Of(id string) string {
	id = f.Persons.Of(id)
	if f.Job.ByTop() {
		return f.Accounts.TopOf(id)
	}
	return id
}

// ByKey is the customer of the person who has a key, such as an address; empty: nobody has.
func (f *Frame) ByKey(value string) string {
	if id := f.Persons.ByKey(value); id != "" {
		return f.Of(id)
	}
	return ""
}

// Today is the night in days since 1970-01-01.
func (f *Frame) Today() int32 { return calendar.DayOf(f.AsOf) }

// Say is the language of the publication: of reasons, warnings and labels.
func (f *Frame) Say() wording.Language { return wording.In(f.Job.Output.Language) }

// SameLanguage tells whether the night before spoke the language of tonight.
func (f *Frame) SameLanguage() bool {
	return f.Previous != nil && wording.In(f.Previous.Settings.Language()).Code() == f.Say().Code()
}

// Warn adds a warning: a key of the catalogue, and names and values by turns.
func (f *Frame) Warn(key string, values ...any) { f.Warnings.Add(f.Say().Say(key, values...)) }

// Warnings are what readers of a publication should know, in the order in which it
// was found.
type Warnings struct{ list []string }

// Add adds some.
func (w *Warnings) Add(texts ...string) { w.list = append(w.list, texts...) }

// All are those so far, never nil.
func (w *Warnings) All() []string { return append([]string{}, w.list...) }
