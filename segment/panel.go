package segment

import (
	"cmp"
	"fmt"
	"slices"

	"clientele/internal/concurrent"
)

// Panel is what all customers of a shop have in common, fitted to their
// purchases up to a day and then kept until the next fit.
type Panel struct {
	// FittedOn is the last day of the purchases behind it.
	FittedOn int32 `json:"fitted_on"`
	// Cut is the probability of a silence below which few of those who are as
	// silent are steady (see discoveryCut): a small multiple of it is asked of the
	// evidence of a decline.
	Cut    float64 `json:"cut"`
	Rhythm Rhythm  `json:"rhythm"`
	Clock  Clock   `json:"clock"`
}

// Validate reports what no fit gives, as a file may have it. What passes can be judged
// by: no number in it makes a night take longer or break.
func (p *Panel) Validate() error {
	if !(p.Cut > 0 && p.Cut <= 1) {
		return fmt.Errorf("segment: bad panel: cut is %v, want above 0 and at most 1", p.Cut)
	}
	if err := p.Rhythm.validate(); err != nil {
		return err
	}
	return p.Clock.validate(p.FittedOn)
}

// FitDay is the day up to which the panel of a night is fitted: the Saturday before
// the last Sunday on or before it. On that Sunday a panel is fitted anew, from days
// that are over whatever the hour of the night.
func FitDay(night int32) int32 { return weekOf(night+1)*daysPerWeek - mondayShift - 2 }

// FitPanel fits a panel to the purchases up to and including a day.
//
// An error wraps ErrPurchases or ErrStageRules or tells that the search failed.
func FitPanel(p Purchases, day int32, rules StageRules) (Panel, error) {
	if err := rules.Validate(); err != nil {
		return Panel{}, err
	}
	if err := p.Validate(); err != nil {
		return Panel{}, err
	}
	return fitPanel(&p, day, rules)
}

func fitPanel(p *Purchases, day int32, rules StageRules) (panel Panel, err error) {
	panel.FittedOn = day
	panel.Clock = fitClock(p, day)
	line := panel.Clock.line()
	var again []rhythmCell
	if panel.Rhythm, again, err = fitRhythm(p, &line, day); err != nil {
		return Panel{}, err
	}
	panel.Cut = discoveryCut(panel.Rhythm, again, rules.WithDefaults(panel.Rhythm).FalseDiscoveries)
	return panel, nil
}

// discoveryCut is the largest chance p of a silence such that, of all repeat
// buyers with a silence of that chance or less, at most the share f is expected
// to be still steady. With q = QuitShare, of purchases followed by such a silence
// (1−q)·p are of steady customers and q are not, so that a customer is steady
// with probability
//
//	(1−q)·p / (q + (1−q)·p)
//
// and the mean of that over those called is to be f. A step-up procedure over all
// customers would count those who have too few purchases for any small p, and
// call hardly anybody for their sake.
//
// Source: the local false discovery rate of Efron, Tibshirani, Storey and Tusher
// (2001), Empirical Bayes Analysis of a Microarray Experiment, JASA 96.
func discoveryCut(r Rhythm, again []rhythmCell, f float64) float64 {
	q := r.QuitShare
	// For each of those called it holds up to here.
	cut := min(1, f*q/((1-f)*(1-q)))
	type silence struct{ chance, customers float64 }
	silences := make([]silence, len(again))
	for i, c := range again {
		past := c.active + r.A*r.MeanGap/r.K
		silences[i] = silence{gapTail(r.A+r.K*c.x, r.K, past/(past+c.silence)), c.customers}
	}
	slices.SortFunc(silences, func(a, b silence) int {
		return cmp.Or(cmp.Compare(a.chance, b.chance), cmp.Compare(a.customers, b.customers))
	})
	var steady, called float64
	for _, s := range silences {
		steady += s.customers * (1 - q) * s.chance / (q + (1-q)*s.chance)
		called += s.customers
		if steady <= f*called {
			cut = max(cut, s.chance)
		}
	}
	return min(1, cut)
}

// eachShare calls do for shares of 0 … n, at the same time.
func eachShare(n, workers int, do func(from, to int)) {
	workers = max(1, min(workers, n))
	var group concurrent.Group
	for w := range workers {
		group.Go(func() { do(w*n/workers, (w+1)*n/workers) })
	}
	group.Wait()
}
