package report

import (
	"math"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// Night is the night in five sentences, and what to do next.
type Night struct {
	Sentences []Sentence
	Next      []Step
}

// Sentence is one that a manager can repeat. It begins with its number.
type Sentence struct {
	Number string
	Unit   string // of the number; empty: it has none, or the text says it
	Text   string
	Change string // since the last run; empty: there is none to compare with
}

// Step is something to do, with the part of the page that says more.
type Step struct {
	Text   string
	Anchor string
}

// mostSentences is how many a manager can repeat.
const mostSentences = 5

// nightOf takes the first sentences that can be said, the weightiest first.
func nightOf(r *reading) Night {
	n := Night{Next: r.next()}
	for _, say := range []func() (Sentence, bool){
		r.sayCustomers, r.sayEquity, r.sayAtRisk, r.sayTiers, r.sayForecast, r.sayConcentration, r.sayRevenue, r.sayBooks,
	} {
		if s, can := say(); can && len(n.Sentences) < mostSentences {
			n.Sentences = append(n.Sentences, s)
		}
	}
	return n
}

// activeDays is a quarter of a year, as of p_next.
const activeDays = 91

func (r *reading) sayCustomers() (Sentence, bool) {
	s := Sentence{
		Number: count(r.night.Customers),
		Text:   r.say.Say("report.night.customers", "customers", r.night.Customers, "active", activeOf(r.now.Days(column.LastDay), r.today()), "days", activeDays),
	}
	if r.before != nil {
		s.Change = r.say.Say("report.night.customers_change", "change", changeOf(r.before.Customers, r.night.Customers), "new", r.newcomers(), "since", r.before.AsOf)
	}
	return s, true
}

func (r *reading) today() calendar.Day { return calendar.DayOf(r.night.Day()) }

// activeOf counts those with a purchase in the last days.
func activeOf(last []calendar.Day, today calendar.Day) int64 {
	n := int64(0)
	for _, d := range last {
		if d > today-activeDays {
			n++
		}
	}
	return n
}

func (r *reading) sayEquity() (Sentence, bool) {
	e := r.night.Equity
	if e == nil {
		return Sentence{}, false
	}
	s := Sentence{
		Number: amount(e.Value), Unit: r.settings["currency"],
		Text: r.say.Say("report.night.equity", "horizon", r.horizon(), "low", amount(e.Low), "high", amount(e.High)),
	}
	if r.before != nil && r.before.Equity != nil {
		s.Change = r.say.Say("report.night.change", "change", changeOfMoney(r.before.Equity.Value, e.Value), "since", r.before.AsOf)
	}
	return s, true
}

func (r *reading) sayAtRisk() (Sentence, bool) {
	a := r.night.AtRisk
	if a == nil {
		return Sentence{}, false
	}
	s := Sentence{Number: amount(a.Value), Unit: r.settings["currency"], Text: r.say.Say("report.night.at_risk", "customers", a.Customers)}
	if r.before != nil && r.before.AtRisk != nil {
		s.Change = r.say.Say("report.night.at_risk_change", "change", changeOfMoney(r.before.AtRisk.Value, a.Value),
			"customers", changeOf(r.before.AtRisk.Customers, a.Customers), "since", r.before.AsOf)
	}
	return s, true
}

func (r *reading) sayTiers() (Sentence, bool) {
	t := r.night.Tiers
	if t == nil {
		return Sentence{}, false
	}
	s := Sentence{Number: count(int64(t.Warnings)), Text: r.say.Say("report.night.tiers", "members", t.Warnings, "warn", r.period("tiers.warn"))}
	if t.Since != "" {
		up, down := t.Changes["enter"]+t.Changes["upgrade"], t.Changes["downgrade"]+t.Changes["leave"]
		s.Change = r.say.Say("report.night.tiers_change", "up", up, "down", down, "since", t.Since)
	}
	return s, true
}

// sayForecast says how the forecast of the night before came true.
func (r *reading) sayForecast() (Sentence, bool) {
	for _, a := range r.night.Audit {
		f := a.Forecast
		if f == nil {
			continue
		}
		s := Sentence{
			Number: count(whole(f.Purchases)),
			Text: r.say.Say("report.night.forecast", "days", a.Days, "as_of", a.AsOf, "expected", whole(f.Expected),
				"money", cash(f.Money)+r.currency(), "low", cash(f.Low), "high", cash(f.High), "held", r.held(f.Held)),
		}
		return s, true
	}
	return Sentence{}, false
}

func whole(v float64) int64 { return int64(math.Round(v)) }

// held says whether an interval held what came.
func (r *reading) held(held bool) string {
	if held {
		return r.say.Say("report.within")
	}
	return r.say.Say("report.outside")
}

// fifths is the number of customers of whom one is a fifth: of fewer there is no best fifth.
const fifths = 5

func (r *reading) sayConcentration() (Sentence, bool) {
	c := r.night.Concentration
	if c == nil || c.Holders == 0 || r.night.Customers < fifths {
		return Sentence{}, false
	}
	return Sentence{
		Number: percent(c.Top20),
		Text:   r.say.Say("report.night.concentration", "value", r.say.SayOf("report.value", c.Value), "holders", c.Holders, "held", percent(c.Held)),
	}, true
}

// sayRevenue says what customers have brought; a job without lifetime values has no more to
// say of money.
func (r *reading) sayRevenue() (Sentence, bool) {
	return Sentence{
		Number: exact(r.night.Money.Used), Unit: r.settings["currency"],
		Text: r.say.Say("report.night.revenue", "from", r.night.FirstDay, "to", r.night.NewestDay),
	}, true
}

func (r *reading) sayBooks() (Sentence, bool) {
	rows := r.night.Rows
	return Sentence{
		Number: count(rows.Used),
		Text:   r.say.Say("report.night.books", "read", rows.Read, "aside", rows.Read-rows.Used),
	}, true
}

// next says what to do, the most urgent first.
func (r *reading) next() []Step {
	var steps []Step
	if a := r.atRisk; a != nil && len(a.first) > 0 {
		steps = append(steps, Step{r.sayCall(a), "slipping"})
	}
	if t := r.night.Tiers; t != nil && t.Warnings > 0 {
		steps = append(steps, Step{r.say.Say("report.next.remind", "members", t.Warnings), "tiers"})
	}
	if n := len(r.night.Warnings); n > 0 {
		steps = append(steps, Step{r.say.Say("report.next.warnings", "warnings", n), "books"})
	}
	return steps
}

// sayCall names whom to call first: of those with whom most is at stake the first who may
// still be reached or, where all are far, the first.
func (r *reading) sayCall(a *slipping) string {
	for _, c := range a.first {
		if c.pNext >= withinReach {
			return r.say.Say("report.next.call_within_reach", "customers", len(a.first), "customer", c.id,
				"value", cash(c.value)+r.currency(), "chance", percent(c.pNext))
		}
	}
	first := a.first[0]
	return r.say.Say("report.next.call", "customers", len(a.first), "customer", first.id, "value", cash(first.value)+r.currency(), "last", day(first.last))
}
