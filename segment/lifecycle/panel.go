package lifecycle

import (
	"encoding/json"
	"fmt"
	"math"
)

// Panel is what all customers of a shop have in common, fitted to their
// purchases up to a day and then kept until the next fit.
type Panel struct {
	// FittedOn is the last day of the purchases behind it.
	FittedOn int32 `json:"fitted_on"`
	// Customers and Repeaters (two purchase days or more) say how many there were.
	Customers int `json:"customers"`
	Repeaters int `json:"repeaters"`
	// MedianGap is the median over repeat buyers of their own mean gap, in
	// days; 0 where nobody came back.
	MedianGap float64 `json:"median_gap"`
	// Regularity is the share of customers at each shape k of gamma gaps of 0.25,
	// 0.4, 0.6, 0.8, 1, 1.4, 2, 3.2, 6 and 12: below 1 they buy in bursts, at 1
	// without memory, above it by the clock. K is the one that describes all best.
	Regularity regularityShares `json:"regularity"`
	K          float64          `json:"k"`
	// Slowdowns is the share of customers whose rate has fallen (see pacesOf).
	Slowdowns float64 `json:"slowdowns"`
	// Again and Once are how large the chance of going on as before may be for repeat
	// buyers, and buyers of one purchase, below [Rules].Momentum to be in decline: 1
	// or, where more of them would go on than may, less.
	Again float64 `json:"goes_on"`
	Once  float64 `json:"goes_on_once"`
	Clock Clock   `json:"clock"`
	// Forecast is what a [Forecaster] fitted. Without it nobody is judged.
	Forecast json.RawMessage `json:"forecast,omitempty"`
}

// Validate reports what no fit gives, as a file may have it. What passes can be judged
// by, but for the Forecast: no number in it makes a night take longer or break.
func (p *Panel) Validate() error {
	if err := p.Regularity.validate(); err != nil {
		return err
	}
	lowest, highest := regularities[0], regularities[len(regularities)-1]
	for _, n := range []struct {
		name        string
		value       float64
		least, most float64
	}{
		{"k", p.K, lowest, highest},
		{"median_gap", p.MedianGap, 0, math.MaxInt32},
		{"slowdowns", p.Slowdowns, 0, 1},
		{"goes_on", p.Again, 0, 1},
		{"goes_on_once", p.Once, 0, 1},
		{"customers", float64(p.Customers), 0, math.MaxInt32},
		{"repeaters", float64(p.Repeaters), 0, float64(p.Customers)},
	} {
		if !(n.value >= n.least && n.value <= n.most) {
			return fmt.Errorf("lifecycle: bad panel: %s is %v, want it within %v and %v", n.name, n.value, n.least, n.most)
		}
	}
	return p.Clock.validate(p.FittedOn)
}

// FitDay is the day up to which the panel of a night is fitted: the Saturday before
// the last Sunday on or before it. On that Sunday a panel is fitted anew, from days
// that are over whatever the hour of the night.
func FitDay(night int32) int32 { return weekOf(night+1)*daysPerWeek - mondayShift - 2 }

// FitPanel fits a panel to the purchases up to and including a day.
//
// An error wraps ErrPurchases or ErrRules or is one of the Forecaster.
func (l Tracker) FitPanel(p Purchases, day int32) (Panel, error) {
	if err := l.validate(&p); err != nil {
		return Panel{}, err
	}
	j, err := l.fit(&p, day, nil)
	if err != nil {
		return Panel{}, err
	}
	return *j.panel, nil
}

// sampleMost is how many customers the panel is fitted to, but for its clock and
// counts: more tell hardly more, and cost time every Sunday.
const sampleMost = 50_000

// minRepeaters is how many customers must have come back before anything is expected of
// any: a few parameters ask for more than a few.
const minRepeaters = 20

// fit fits a panel, and makes it ready to judge by. before is the Forecast of the
// last one, or nil.
func (l Tracker) fit(p *Purchases, day int32, before json.RawMessage) (*judge, error) {
	panel := &Panel{FittedOn: day, Clock: fitClock(p, day)}
	panel.count(p, day)
	s := newSample(p, day, panel.Clock.line())
	panel.Regularity, panel.K = fitRegularity(s.even)
	panel.Slowdowns = fitSlowdowns(s.slowdowns)
	panel.Again, panel.Once = 1, 1
	if panel.Repeaters >= minRepeaters {
		var err error
		if panel.Forecast, err = l.Forecaster.Fit(s.histories, day, before); err != nil {
			return nil, fmt.Errorf("lifecycle: fit the forecast of stages to %d customers: %w", len(s.picked), err)
		}
	}
	j, err := l.open(panel)
	if err == nil && j.surface != nil {
		j.bound(p, s.picked, l.Workers)
	}
	return j, err
}

// open makes a panel ready to judge by.
func (l Tracker) open(panel *Panel) (*judge, error) {
	if len(panel.Forecast) == 0 {
		return newJudge(panel, nil, l.Rules, l.Workers), nil
	}
	f, err := l.Forecaster.Open(panel.Forecast)
	if err != nil {
		return nil, fmt.Errorf("lifecycle: read the forecast of stages: %w", err)
	}
	return newJudge(panel, f, l.Rules, l.Workers), nil
}

// count fills in the number of customers, of repeat buyers, and their median gap.
func (p *Panel) count(purchases *Purchases, day int32) {
	gaps := map[uint32]int{}
	for i := range purchases.Len() {
		days := purchases.daysOf(i, day)
		if len(days) == 0 {
			continue
		}
		p.Customers++
		if n := len(days) - 1; n > 0 {
			p.Repeaters++
			gaps[uint32(math.Round(4*float64(days[n]-days[0])/float64(n)))]++
		}
	}
	p.MedianGap = medianOf(gaps, p.Repeaters) / 4
}
