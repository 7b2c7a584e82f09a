package lifecycle

import (
	"fmt"
	"math"

	"clientele/internal/concurrent"
)

// Record is what the nights so far have found: the panel, and a life for each
// customer.
type Record struct {
	Night int32 // the last one, in days since 1970-01-01
	Panel Panel
	Lives []Life

	judge *judge // by the panel; nil: not made ready
}

// Tracker is how the stages of a shop's customers are told.
type Tracker struct {
	Rules      Rules
	Forecaster Forecaster
	// Workers is the number of goroutines, at least 1. It never changes a bit of the
	// result.
	Workers int
}

// validate reports rules or purchases that cannot be worked with.
func (l Tracker) validate(p *Purchases) error {
	if err := l.Rules.Validate(); err != nil {
		return err
	}
	return p.Validate()
}

// Follow brings a record up to a night: tonight's customers, with their
// whole purchases and in their order. A nil record is the beginning: the panel
// is fitted up to FitDay of the night, and the past is gone through with it.
// Else every night after the record's is gone through, with the panel fitted
// anew on each Sunday from the purchases up to the day before. Nights that were missed make
// no difference: one call over many nights gives what a call for each gives.
//
// The error wraps ErrPurchases or ErrRules or is one of the Forecaster.
func (l Tracker) Follow(p Purchases, before *Record, night int32) (*Record, error) {
	if err := l.validate(&p); err != nil {
		return nil, err
	}
	if before == nil {
		return l.begin(&p, night)
	}
	if len(before.Lives) != p.Len() {
		return nil, fmt.Errorf("%w: lives of %d customers, want those of %d", ErrPurchases, len(before.Lives), p.Len())
	}
	r := &Record{Night: before.Night, Panel: before.Panel, Lives: append([]Life(nil), before.Lives...), judge: before.judge}
	if err := r.ready(l); err != nil {
		return nil, err
	}
	fresh := false
	for next := FitDay(r.Night) + daysPerWeek; next < night; next += daysPerWeek {
		r.follow(&p, next, l.Workers, fresh)
		j, err := l.fit(&p, next, r.Panel.Forecast)
		if err != nil {
			return nil, err
		}
		r.Panel, r.judge, fresh = *j.panel, j, true
	}
	r.follow(&p, night, l.Workers, fresh)
	return r, nil
}

// begin goes through the past.
func (l Tracker) begin(p *Purchases, night int32) (*Record, error) {
	j, err := l.fit(p, FitDay(night), nil)
	if err != nil {
		return nil, err
	}
	r := &Record{Night: math.MinInt32, Panel: *j.panel, Lives: make([]Life, p.Len()), judge: j}
	r.follow(p, night, l.Workers, false)
	return r, nil
}

// ready makes the panel of a record that was read from a file ready to judge by.
func (r *Record) ready(l Tracker) (err error) {
	if r.judge == nil {
		r.judge, err = l.open(&r.Panel)
	}
	return err
}

// follow goes through the nights up to one with the panel as it is; fresh: as it
// was fitted on the night before the first of them.
func (r *Record) follow(p *Purchases, night int32, workers int, fresh bool) {
	if night <= r.Night {
		return
	}
	concurrent.Ranges(p.Len(), workers, func(from, to int) {
		c := course{judge: r.judge, fresh: fresh}
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
	// Stage is the base stage, or Declining when a decline is declared, and
	// Since the day it was entered.
	Stage []Stage
	Since []int32
	// Decline is the kind of decline.
	Decline []Decline
	// DeclineFrom is the base stage of a customer in decline, else empty.
	DeclineFrom []Stage
	// Momentum is the purchases expected within the next quarter over those of a
	// quarter at the customer's own former rhythm; NaN where nothing is known.
	Momentum []float64
	// FormerRate is the purchases a year of that rhythm, drawn towards the shop's, and
	// UsualGap the days from one to the next; NaN where nothing is known.
	FormerRate, UsualGap []float64
	// Onset is the day from which on a customer in decline bought less, or for
	// less, as estimated tonight; NoDay for others.
	Onset []int32
	// RateBefore and RateAfter are purchases a year before and from the onset;
	// NaN where there is no decline or, before, no second purchase.
	RateBefore, RateAfter []float64
	// Declines counts how often a decline was called, Reactivations how often the
	// customer came back out of a silence that was one.
	Declines, Reactivations []int32
	// ReactivatedSince is the day of the last return while the new rhythm is yet to
	// be seen; NoDay for others.
	ReactivatedSince []int32
	// Reasons say it in words.
	Reasons []string
}

// Describe tells what a record says of each customer on its night. pAlive
// is the probability that the customer is still active, from a lifetime model:
// nil when no model ran, NaN where it has no opinion.
func (l Tracker) Describe(p Purchases, r *Record, pAlive []float64) (Result, error) {
	n := p.Len()
	number := func() []float64 { return make([]float64, n) }
	out := Result{
		Stage: make([]Stage, n), Since: make([]int32, n),
		Decline: make([]Decline, n), DeclineFrom: make([]Stage, n),
		Momentum: number(), FormerRate: number(), UsualGap: number(),
		Onset: make([]int32, n), RateBefore: number(), RateAfter: number(),
		Declines: make([]int32, n), Reactivations: make([]int32, n), ReactivatedSince: make([]int32, n),
		Reasons: make([]string, n),
	}
	if err := r.ready(l); err != nil {
		return Result{}, err
	}
	concurrent.Ranges(n, l.Workers, func(from, to int) {
		c := course{judge: r.judge}
		for i := from; i < to; i++ {
			alive := math.NaN()
			if pAlive != nil {
				alive = pAlive[i]
			}
			c.describe(p.daysOf(i, r.Night), &r.Lives[i], r.Night, alive, out.row(i))
		}
	})
	return out, nil
}
