package lifecycle

import (
	"encoding/json"
	"fmt"
	"math"

	"clientele/internal/calendar"
)

// Panel is what all customers of a shop have in common. It is fitted to their purchases
// up to a day and kept until the next fit.
type Panel struct {
	// FittedOn is the last day of the purchases that it was fitted to.
	FittedOn calendar.Day `json:"fitted_on"`
	// Customers and Repeaters (two purchase days or more) say how many there were.
	Customers int `json:"customers"`
	Repeaters int `json:"repeaters"`
	// MedianGap is the median over repeat buyers of their own mean gap, in
	// days; 0 where nobody came back.
	MedianGap float64 `json:"median_gap"`
	// Regularity is the share of customers whose gaps are gamma with each shape k of
	// 0.25, 0.4, 0.6, 0.8, 1, 1.4, 2, 3.2, 6 and 12: below 1 they buy in bursts, at 1
	// without memory, above 1 regularly. K is the shape that describes all best.
	Regularity shapeShares `json:"regularity"`
	K          float64     `json:"k"`
	// Slowdowns is the share of customers whose rate has fallen (see pacesOf).
	Slowdowns float64 `json:"slowdowns"`
	// Again (for repeat buyers) and Once (for buyers of one purchase) are the largest
	// probability of going on as before at which a customer whose momentum is below
	// [Rules].Momentum is in decline. They are 1 unless too many would go on.
	Again float64 `json:"goes_on"`
	Once  float64 `json:"goes_on_once"`
	Clock Clock   `json:"clock"`
	// Forecast is what a [Forecaster] fitted. Without it nobody is in decline.
	Forecast json.RawMessage `json:"forecast,omitempty"`
}

// Validate reports values that no fit gives, as a damaged file may have them. A panel that
// passes can be used: no number in it makes a night slow or fail. The Forecast is left to
// the Forecaster.
func (p *Panel) Validate() error {
	if err := p.Regularity.validate(); err != nil {
		return err
	}
	lowest, highest := shapes[0], shapes[len(shapes)-1]
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

// FitDay is the day up to which the panel of a night is fitted. A panel is fitted anew on
// each Sunday, to the days up to Saturday: these are over, whatever the hour of the run.
func FitDay(night int32) int32 { return weekOf(night+1)*daysPerWeek - mondayShift - 2 }

// mostSampled is how many customers the panel is fitted to at most; its clock and counts
// are of all. A share of a tenth is known from 50,000 customers to within 0.3 percentage
// points (2·√(0.1·0.9/50,000)), far closer than shops keep still from week to week.
const mostSampled = 50_000

// minRepeaters is how many customers must have bought again before a Forecast is fitted:
// five for each of the four parameters of Pareto/NBD. Fits to fewer than five events a
// parameter mislead: Vittinghoff and McCulloch (2007), Relaxing the Rule of Ten Events
// per Variable in Logistic and Cox Regression, American Journal of Epidemiology 165(6).
const minRepeaters = 20

// fit fits a panel and makes it ready for use. before is the Forecast of the last panel,
// or nil.
func (t Tracker) fit(p *Purchases, day int32, before json.RawMessage) (*model, error) {
	panel := &Panel{FittedOn: day, Clock: fitClock(p, day)}
	panel.count(p, day)
	s := newSample(p, day, panel.Clock.line(), mostSampled)
	panel.Regularity, panel.K = fitRegularity(s.statistics)
	panel.Slowdowns = fitSlowdowns(s.slowdowns)
	panel.Again, panel.Once = 1, 1
	if panel.Repeaters >= minRepeaters {
		var err error
		if panel.Forecast, err = t.Forecaster.Fit(s.histories, day, before); err != nil {
			return nil, fmt.Errorf("lifecycle: fit the forecast of stages to %d customers: %w", len(s.picked), err)
		}
	}
	m, err := t.open(panel)
	if err == nil && m.table != nil {
		m.bound(p, s.picked, t.Workers)
	}
	return m, err
}

// open makes a panel ready for use.
func (t Tracker) open(panel *Panel) (*model, error) {
	if len(panel.Forecast) == 0 {
		return newModel(panel, nil, t.Rules, t.Workers), nil
	}
	f, err := t.Forecaster.Open(panel.Forecast)
	if err != nil {
		return nil, fmt.Errorf("lifecycle: read the forecast of stages: %w", err)
	}
	return newModel(panel, f, t.Rules, t.Workers), nil
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
