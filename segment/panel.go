package segment

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
)

// Panel is what all customers of a shop have in common, fitted to their
// purchases up to a day and then kept until the next fit.
type Panel struct {
	// FittedOn is the last day of the purchases behind it.
	FittedOn int32 `json:"fitted_on"`
	// Cut is the largest probability of a customer's recent gaps at which a
	// decline may be called, so that few of those called are steady.
	Cut    float64 `json:"cut"`
	Rhythm Rhythm  `json:"rhythm"`
	Clock  Clock   `json:"clock"`
}

// Validate reports what no fit gives, as a file may have it.
func (p *Panel) Validate() error {
	r := &p.Rhythm
	sum := 0.0
	for _, share := range r.Regularity {
		sum += share
	}
	switch {
	case !(p.Cut > 0 && p.Cut <= 1):
		return fmt.Errorf("segment: bad panel: cut is %v, want above 0 and at most 1", p.Cut)
	case !(math.Abs(sum-1) < 1e-6):
		return fmt.Errorf("segment: bad panel: shares of regularity add up to %v, want 1", sum)
	case !(r.K > 0 && r.A >= 0 && r.MeanGap >= 0 && r.MedianGap >= 0 && r.ReturnShare > 0 && r.ReturnShare < 1):
		return errors.New("segment: bad panel: a number of the rhythm is out of its range")
	}
	for w, level := range p.Clock.Levels {
		if !(level >= slowestWeek && level <= fastestWeek) {
			return fmt.Errorf("segment: bad panel: level %d of the clock is %v, want it within %v and %v", w, level, slowestWeek, fastestWeek)
		}
	}
	return nil
}

// FitDay is the day up to which the panel of a night is fitted: the last
// Sunday on or before it.
func FitDay(night int32) int32 { return (weekOf(night+1))*daysPerWeek - mondayShift - 1 }

// FitPanel fits a panel to the purchases up to and including a day. lives are
// those of the customers up to about then, nil where nothing is known of them:
// then each history is one spell. workers never changes a bit of the result.
//
// An error wraps ErrPurchases or ErrStageRules or tells that the search failed.
func FitPanel(p Purchases, lives []Life, day int32, rules StageRules, workers int) (Panel, error) {
	if err := rules.Validate(); err != nil {
		return Panel{}, err
	}
	if err := p.Validate(); err != nil {
		return Panel{}, err
	}
	return fitPanel(&p, lives, day, rules, workers)
}

func fitPanel(p *Purchases, lives []Life, day int32, rules StageRules, workers int) (panel Panel, err error) {
	panel.FittedOn, panel.Cut = day, 1
	panel.Clock = fitClock(p, day)
	line := panel.Clock.line()
	if panel.Rhythm, err = fitRhythm(p, &line, day); err != nil {
		return Panel{}, err
	}
	j := newJudge(&panel, rules)
	panel.Cut = discoveryCut(j.chances(p, lives, day, workers), j.rules.Discoveries)
	return panel, nil
}

// chances are, for each customer with a second purchase, how probable the most
// telling recent gaps are, raised for the choice among them.
func (j *judge) chances(p *Purchases, lives []Life, day int32, workers int) []float64 {
	out := make([]float64, p.Len())
	eachShare(p.Len(), workers, func(from, to int) {
		c := course{judge: j}
		for i := from; i < to; i++ {
			out[i] = -1
			days := p.daysOf(i, day)
			if len(days) < 2 {
				continue
			}
			l := Life{From: days[0]}
			if lives != nil && lives[i].Seen > 0 {
				l = lives[i]
			}
			c.spell.begin(&j.line, days, &l)
			e := c.slowing(&c.spell, len(c.spell.days), j.line.at(day))
			out[i] = atLeastOnce(e.chance, looksANight)
		}
	})
	return slices.DeleteFunc(out, func(p float64) bool { return p < 0 })
}

// discoveryCut is the chance at or below which, of all customers whose chance is
// that low, at most the share q is to be expected by chance; 1 where even all
// would do.
//
// Source: Benjamini and Hochberg (1995), Controlling the False Discovery Rate,
// Journal of the Royal Statistical Society B 57(1).
func discoveryCut(p []float64, q float64) float64 {
	slices.Sort(p)
	n := float64(len(p))
	for at := len(p) - 1; at >= 0; at-- {
		if limit := q * float64(at+1) / n; p[at] <= limit {
			// The limit and not p itself: until the next fit other customers
			// come up to it.
			return 1 - math.Pow(1-min(limit, 1), 1/looksANight)
		}
	}
	if n == 0 {
		return 1
	}
	return q / n / looksANight
}

// eachShare calls do for shares of 0 … n, at the same time.
func eachShare(n, workers int, do func(from, to int)) {
	workers = max(1, min(workers, n))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { do(w*n/workers, (w+1)*n/workers) })
	}
	group.Wait()
}
