package lifecycle

import (
	"fmt"
	"math"
	"sync"

	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/internal/wording"
)

// Record is the result of the nights so far: the panel, and a life of each customer.
type Record struct {
	Night calendar.Day // the last one, in days since 1970-01-01
	Panel Panel
	Lives []Life

	model *model // of the panel; nil: not ready yet
}

// Tracker follows the customers of a shop from night to night.
type Tracker struct {
	Rules      Rules
	Forecaster Forecaster
	// Workers is the number of goroutines, at least 1. It does not change the result.
	Workers int
	// Say is the language of the reasons. It changes nothing else.
	Say wording.Language
}

// validate reports what is wrong with the rules or the purchases.
func (t Tracker) validate(p *Purchases) error {
	if err := t.Rules.Validate(); err != nil {
		return err
	}
	return p.Validate()
}

// Follow brings a record up to a night. p has all purchases of tonight's customers; the
// lives of the record are in the same order. A nil record is the beginning: the panel is
// fitted up to FitDay of the night, and the whole past is gone through with it. Otherwise
// every night after the record's is gone through, and the panel is fitted anew on each
// Sunday, to the purchases up to the day before. Missed nights make no difference: one
// call over many nights gives the same as a call for each.
//
// The error wraps ErrPurchases or ErrRules or comes from the Forecaster.
func (t Tracker) Follow(p Purchases, before *Record, night int32) (*Record, error) {
	if err := t.validate(&p); err != nil {
		return nil, err
	}
	if before == nil {
		return t.begin(&p, night)
	}
	if len(before.Lives) != p.Len() {
		return nil, fmt.Errorf("%w: lives of %d customers, want those of %d", ErrPurchases, len(before.Lives), p.Len())
	}
	r := &Record{Night: before.Night, Panel: before.Panel, Lives: append([]Life(nil), before.Lives...), model: before.model}
	if err := r.ready(t); err != nil {
		return nil, err
	}
	refitted := false
	for next := FitDay(r.Night) + daysPerWeek; next < night; next += daysPerWeek {
		r.follow(&p, next, t.Workers, refitted)
		m, err := t.fit(&p, next, r.Panel.Forecast)
		if err != nil {
			return nil, err
		}
		r.Panel, r.model, refitted = *m.panel, m, true
	}
	r.follow(&p, night, t.Workers, refitted)
	return r, nil
}

// begin goes through the past with one panel.
func (t Tracker) begin(p *Purchases, night int32) (*Record, error) {
	m, err := t.fit(p, FitDay(night), nil)
	if err != nil {
		return nil, err
	}
	r := &Record{Night: math.MinInt32, Panel: *m.panel, Lives: make([]Life, p.Len()), model: m}
	r.follow(p, night, t.Workers, false)
	return r, nil
}

// ready makes the model of a record that was read from a file.
func (r *Record) ready(l Tracker) (err error) {
	if r.model == nil {
		r.model, err = l.open(&r.Panel)
	}
	return err
}

// follow goes through the nights up to one, with the panel as it is. refitted: it was
// fitted on the night before the first of them.
func (r *Record) follow(p *Purchases, night int32, workers int, refitted bool) {
	if night <= r.Night {
		return
	}
	concurrent.Ranges(p.Len(), workers, func(from, to int) {
		c := customer{model: r.model, refitted: refitted}
		for i := from; i < to; i++ {
			days := p.Days[p.Start[i]:p.Start[i+1]]
			if days[0] > night {
				continue
			}
			c.follow(days, p.spendOf(i, len(days)), &r.Lives[i], r.Night, night)
		}
	})
	r.Night = night
}

// Result has one entry per customer in every column. Days are days since
// 1970-01-01.
type Result struct {
	// Stage is the base stage, or Declining during a decline, and Since the day on which
	// it was entered.
	Stage []Stage
	Since []calendar.Day
	// Decline is the kind of decline.
	Decline []Decline
	// DeclineFrom is the base stage of a customer in decline, else empty.
	DeclineFrom []Stage
	// Momentum is the number of purchases expected within the next quarter, divided by
	// that of a quarter at the customer's own former rate; NaN if nothing can be expected.
	Momentum []float64
	// FormerRate is that rate, in purchases a year and drawn towards the shop's, and
	// UsualGap its inverse in days; NaN if nothing can be expected.
	FormerRate, UsualGap []float64
	// Onset is the first day on which a customer in decline bought less, as estimated
	// tonight; NoDay for others.
	Onset []calendar.Day
	// RateBefore and RateAfter are purchases a year before the onset and from it on; NaN
	// if there is no decline, and RateBefore also if there is no second purchase.
	RateBefore, RateAfter []float64
	// Declines counts how often a decline began, Reactivations how often the customer
	// returned after a silence that was a decline.
	Declines, Reactivations []int32
	// ReactivatedSince is the day of the last return, for customers who have not yet shown
	// a new rhythm; NoDay for others.
	ReactivatedSince []calendar.Day
	// AppendReasons appends in words what the stage of a customer rests on. It works the
	// words out when it is asked, as those of a million customers would take 100 MB: it
	// keeps hold of the purchase days and of pAlive instead. Many may ask at once.
	AppendReasons func(b []byte, customer int) []byte

	recent []int32 // see standing
}

// Describe is what a record says about each customer on its night. pAlive is the
// probability that the customer is still active, from a lifetime model: nil if no model
// ran, NaN for customers about whom it says nothing.
func (t Tracker) Describe(p Purchases, r *Record, pAlive []float64) (Result, error) {
	n := p.Len()
	number := func() []float64 { return make([]float64, n) }
	out := Result{
		Stage: make([]Stage, n), Since: make([]int32, n),
		Decline: make([]Decline, n), DeclineFrom: make([]Stage, n),
		Momentum: number(), FormerRate: number(), UsualGap: number(),
		Onset: make([]int32, n), RateBefore: number(), RateAfter: number(),
		Declines: make([]int32, n), Reactivations: make([]int32, n), ReactivatedSince: make([]int32, n),
		recent: make([]int32, n),
	}
	if err := r.ready(t); err != nil {
		return Result{}, err
	}
	concurrent.Ranges(n, t.Workers, func(from, to int) {
		c := customer{model: r.model}
		for i := from; i < to; i++ {
			c.describe(p.daysOf(i, r.Night), &r.Lives[i], r.Night, aliveAt(pAlive, i), out.row(i))
		}
	})
	out.AppendReasons = t.reasonsOf(Purchases{Days: p.Days, Start: p.Start}, r, pAlive, out)
	return out, nil
}

// aliveAt is what a lifetime model says of customer i; NaN for nothing.
func aliveAt(pAlive []float64, i int) float64 {
	if pAlive == nil {
		return math.NaN()
	}
	return pAlive[i]
}

// reasonsOf gives the reasons of a result; see [Result.AppendReasons].
func (t Tracker) reasonsOf(p Purchases, r *Record, pAlive []float64, of Result) func(b []byte, customer int) []byte {
	// What one customer leaves behind serves for the next: chances by silence.
	customers := sync.Pool{New: func() any { return &customer{model: r.model} }}
	return func(b []byte, i int) []byte {
		days := p.daysOf(i, r.Night)
		if len(days) == 0 {
			return b
		}
		c := customers.Get().(*customer)
		l := &r.Lives[i]
		c.setDays(days, l)
		b = c.appendReasons(b, t.Say, l, r.Night, aliveAt(pAlive, i), grounds{of.Decline[i], of.Momentum[i], of.recent[i]})
		customers.Put(c)
		return b
	}
}
