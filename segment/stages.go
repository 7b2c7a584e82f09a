package segment

import (
	"fmt"
	"math"
)

// Record is what the nights so far have found: the panel, and a life for each
// customer.
type Record struct {
	Night int32 // the last one, in days since 1970-01-01
	Panel Panel
	Lives []Life
}

// FollowStages brings a record up to a night: tonight's customers, with their
// whole purchases and in their order. A nil record is the beginning: the panel
// is fitted up to FitDay of the night, and the past is gone through with it.
// Else every night after the record's is gone through, with the panel fitted
// anew on each Sunday from the purchases up to the day before. Nights that were missed make
// no difference: one call over many nights gives what a call for each gives.
//
// workers is the number of goroutines, at least 1; it never changes a bit of
// the result. The error wraps ErrPurchases or ErrStageRules or tells that a fit
// failed.
func FollowStages(p Purchases, before *Record, night int32, rules StageRules, workers int) (*Record, error) {
	if err := rules.Validate(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if before == nil {
		panel, err := fitPanel(&p, FitDay(night), rules)
		if err != nil {
			return nil, err
		}
		r := &Record{Night: math.MinInt32, Panel: panel, Lives: make([]Life, p.Len())}
		r.follow(&p, night, rules, workers, false)
		return r, nil
	}
	if len(before.Lives) != p.Len() {
		return nil, fmt.Errorf("%w: lives of %d customers, want those of %d", ErrPurchases, len(before.Lives), p.Len())
	}
	r := &Record{Night: before.Night, Panel: before.Panel, Lives: append([]Life(nil), before.Lives...)}
	fresh := false
	for next := FitDay(r.Night) + daysPerWeek; next < night; next += daysPerWeek {
		r.follow(&p, next, rules, workers, fresh)
		fresh = true
		var err error
		if r.Panel, err = fitPanel(&p, next, rules); err != nil {
			return nil, err
		}
	}
	r.follow(&p, night, rules, workers, fresh)
	return r, nil
}

// follow goes through the nights up to one with the panel as it is; fresh: as it
// was fitted on the night before the first of them.
func (r *Record) follow(p *Purchases, night int32, rules StageRules, workers int, fresh bool) {
	if night <= r.Night {
		return
	}
	j := newJudge(&r.Panel, rules)
	eachShare(p.Len(), workers, func(from, to int) {
		c := course{stageJudge: j, fresh: fresh}
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

// StageResult has one entry per customer in every column. Days are days since
// 1970-01-01.
type StageResult struct {
	// Stage is the base stage, or Declining when a decline is declared, and
	// Since the day it was entered.
	Stage []Stage
	Since []int32
	// Decline is the kind of decline.
	Decline []Decline
	// DeclineFrom is the base stage of a customer in decline, else empty.
	DeclineFrom []Stage
	// DeclineP is the evidence for a decline: the share of customers who buy as
	// before and yet would look like this on some night of a year. It is
	// compared with Alpha; above a half it is given as 1. Never NaN. Where the list
	// of the night asks for more, Alpha alone does not call a decline.
	DeclineP []float64
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

// DescribeStages tells what a record says of each customer on its night. pAlive
// is the probability that the customer is still active, from a lifetime model:
// nil when no model ran, NaN where it has no opinion.
func DescribeStages(p Purchases, r *Record, rules StageRules, pAlive []float64, workers int) StageResult {
	n := p.Len()
	out := StageResult{
		Stage: make([]Stage, n), Since: make([]int32, n),
		Decline: make([]Decline, n), DeclineFrom: make([]Stage, n), DeclineP: make([]float64, n),
		Onset: make([]int32, n), RateBefore: make([]float64, n), RateAfter: make([]float64, n),
		Declines: make([]int32, n), Reactivations: make([]int32, n), ReactivatedSince: make([]int32, n),
		Reasons: make([]string, n),
	}
	j := newJudge(&r.Panel, rules)
	eachShare(n, workers, func(from, to int) {
		c := course{stageJudge: j}
		for i := from; i < to; i++ {
			alive := math.NaN()
			if pAlive != nil {
				alive = pAlive[i]
			}
			days := p.daysOf(i, r.Night)
			c.describe(days, p.spendOf(i, len(days)), &r.Lives[i], r.Night, alive, out.row(i))
		}
	})
	return out
}
