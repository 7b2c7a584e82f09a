package whatif

import (
	"errors"
	"fmt"
	"slices"

	"clientele/analytics/job"
	"clientele/internal/money"
	"clientele/internal/number"
)

// Report is what would become of a shop.
type Report struct {
	Name      string   `json:"name"`
	AsOf      string   `json:"as_of"`
	Currency  string   `json:"currency,omitempty"`
	Horizon   string   `json:"horizon"`         // how far ahead equity counts
	Span      job.Span `json:"-"`               // the same, to be told in a language
	Where     string   `json:"where,omitempty"` // whom it concerns; empty: all
	Customers int      `json:"customers"`
	Concerned int      `json:"concerned"`

	Changes []Moved `json:"changes"`
	Equity  Outcome `json:"equity"`
	// Profit is of the next twelve months and of today's customers: what they are expected to
	// bring, less what they cost and less what it costs to win as many new ones as in the last
	// twelve. What new ones bring is not in it.
	Profit  Outcome `json:"profit_on_todays_customers"`
	Winning Winning `json:"winning"`
	Alone   []Alone `json:"alone"` // each change without the others
	// Five is what five points more retention would do; null where nobody leaves.
	Five *Five `json:"five_points"`
}

// Moved is what became of one thing.
type Moved struct {
	What  string  `json:"what"`
	Asked string  `json:"asked"`
	Now   float64 `json:"now"`
	Then  float64 `json:"then"`
	// Dropout is the factor on the risk to leave, of retention; Capped tells that retention
	// cannot come to what was asked.
	Dropout float64 `json:"dropout,omitempty"`
	Capped  bool    `json:"capped,omitempty"`
}

// Winning is what it costs to win customers.
type Winning struct {
	Customers int64        `json:"customers"` // won in the last twelve months
	Now       money.Amount `json:"now"`       // in a year
	Then      money.Amount `json:"then"`
}

// Alone is what one change does without the others.
type Alone struct {
	What   string       `json:"what"`
	Asked  string       `json:"asked"`
	Equity money.Amount `json:"equity"`                     // change of it
	Profit money.Amount `json:"profit_on_todays_customers"` // likewise
}

// Five is what five points more retention do, to the customers of the shop and by the textbook.
//
// Reichheld and Sasser (1990), Zero Defections: Quality Comes to Services, Harvard Business
// Review 68(5), compare the present values of a customer at a rate of defection and at one that
// is five points lower: 30% more at an auto-service chain, 85% at a bank's branches. That is
// equity, not a year's profit. The textbook's present value of a customer with the yearly
// margin m is
//
//	m r/(1+d-r),
//
// r being retention and d the discount: Gupta and Lehmann (2003), Customers as Assets, Journal
// of Interactive Marketing 17(1), https://doi.org/10.1002/dir.10045.
type Five struct {
	Now      float64      `json:"retention_now"`
	Then     float64      `json:"retention_then"`             // less than five points more where it cannot be as much
	Equity   number.Float `json:"equity"`                     // change, as a share of what it is
	Profit   number.Float `json:"profit_on_todays_customers"` // likewise
	Textbook number.Float `json:"textbook"`                   // likewise, of m r/(1+d-r)
}

// Errors of what is asked.
var (
	ErrNothing      = errors.New("nothing is asked; give one of --retention, --frequency, --margin, --acquisition-cost and --discount-rate, or several")
	ErrNobodyLeaves = errors.New("--retention: nobody leaves by the model of this night, so that retention is 100% and cannot change; ask for --frequency or --margin")
	ErrNoDiscount   = errors.New("--discount-rate: money of all time to come has no sum without a discount; give a rate above 0")
	ErrNobody       = errors.New("--where: no customer fulfils the condition")
)

// RangeError says that a change of a share leads to none.
type RangeError struct {
	What, Asked string
	Now, Then   float64
	Want        string
}

func (e RangeError) Error() string {
	return fmt.Sprintf("--%s: %s makes %.1f%% of the %.1f%% that it is; want a change after which it is %s", e.What, e.Asked, 100*e.Then, 100*e.Now, e.Want)
}

// Question is what is asked of a shop.
type Question struct {
	Changes Changes
	Where   string   // the condition, as it was written
	Who     []string // ids of those who fulfil it, ascending; of no account without Where
}

// Equity is customer equity of a shop all of whose customers change.
func (s *Shop) Equity(c Changes) (Outcome, error) {
	if c[Retention].Some() && !s.leaves(s.all) {
		return Outcome{}, ErrNobodyLeaves
	}
	now := s.scenario()
	if err := now.possible(c); err != nil {
		return Outcome{}, err
	}
	then, _ := now.under(c, s.all)
	return sides{now: now, then: then, who: s.all}.outcome()
}

// Of answers a question.
func (s *Shop) Of(q Question) (*Report, error) {
	who, others := s.all, []int(nil)
	if q.Where != "" {
		who, others = s.part(q.Who)
	}
	switch {
	case len(q.Changes.some()) == 0:
		return nil, ErrNothing
	case len(who) == 0:
		return nil, ErrNobody
	case q.Changes[Retention].Some() && !s.leaves(who):
		return nil, ErrNobodyLeaves
	}
	r := &Report{
		Name: s.published.Name, AsOf: s.published.AsOf, Horizon: s.night.Job.CLV.Horizon.String(), Span: s.night.Job.CLV.Horizon, Currency: s.night.Job.Currency,
		Where: q.Where, Customers: len(s.all), Concerned: len(who),
	}
	now := s.scenario()
	if err := now.possible(q.Changes); err != nil {
		return nil, err
	}
	var then scenario
	then, r.Changes = now.under(q.Changes, who)
	if !then.bounded() {
		return nil, ErrNoDiscount
	}
	if err := r.forecast(sides{now: now, then: then, who: who, others: others}); err != nil {
		return nil, err
	}
	r.alone(now, q.Changes, who)
	r.five(now)
	return r, nil
}

// part takes customers apart by their ids, both ascending.
func (s *Shop) part(chosen []string) (who, others []int) {
	for i, id := range s.ids {
		if _, is := slices.BinarySearch(chosen, id); is {
			who = append(who, i)
		} else {
			others = append(others, i)
		}
	}
	return who, others
}

// forecast works out both sums.
func (r *Report) forecast(s sides) (err error) {
	if r.Equity, err = s.outcome(); err != nil {
		return err
	}
	shop := s.now.shop
	r.Equity.Now = Figure{shop.equity, shop.low, shop.high} // as published
	r.Equity = r.Equity.withShare()
	year := s
	year.now, year.then = s.now.ofYear(), s.then.ofYear()
	if r.Profit, err = year.outcome(); err != nil {
		return err
	}
	n, now := s.now.winning(s.who)
	_, then := s.then.winning(s.who)
	m, rest := s.now.winning(s.others)
	r.Winning = Winning{Customers: n + m, Now: now.Plus(rest), Then: then.Plus(rest)}
	r.Profit.Now, r.Profit.Then = r.Profit.Now.less(r.Winning.Now), r.Profit.Then.less(r.Winning.Then)
	r.Profit.Change = r.Profit.Change.less(then.Minus(now))
	r.Profit = r.Profit.withShare()
	return nil
}

// alone works out each change without the others.
func (r *Report) alone(now scenario, changes Changes, who []int) {
	if names := changes.some(); len(names) == 1 {
		r.Alone = []Alone{{What: names[0], Asked: changes[names[0]].Asked, Equity: r.Equity.Change.Value, Profit: r.Profit.Change.Value}}
		return
	}
	equity, profit := now.value(who), now.ofYear().value(who)
	_, winning := now.winning(who)
	for _, name := range changes.some() {
		then, moved := now.under(changes.only(name), who)
		_, cost := then.winning(who)
		r.Alone = append(r.Alone, Alone{
			What: name, Asked: moved[0].Asked,
			Equity: then.value(who).Minus(equity),
			Profit: then.ofYear().value(who).Minus(profit).Minus(cost.Minus(winning)),
		})
	}
}

// fivePoints is how much more retention Reichheld and Sasser (1990) ask for.
const fivePoints = 0.05

// five works out what five points more retention of all customers would do.
func (r *Report) five(now scenario) {
	s := now.shop
	if !s.leaves(s.all) {
		return
	}
	f := &Five{Now: s.retentionOf(s.all, noChange)}
	then := now
	then.change.Dropout, _ = s.dropoutFor(s.all, f.Now+fivePoints, 1)
	f.Then = s.retentionOf(s.all, then.change)
	_, winning := now.winning(s.all)
	f.Equity = shareOf(then.value(s.all).Minus(s.equity), s.equity)
	year := now.ofYear().value(s.all)
	f.Profit = shareOf(then.ofYear().value(s.all).Minus(year), year.Minus(winning))
	textbook := func(r float64) float64 { return r / (1 + now.rules.Rate - r) }
	f.Textbook = number.Float(textbook(f.Then)/textbook(f.Now) - 1)
	r.Five = f
}
