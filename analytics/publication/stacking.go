package publication

import (
	"fmt"
	"maps"
	"math"
)

// Stacking is what a backtest found of the members of a blend and of forecasts of
// money, and what was in force until then: the night's numbers move from the one to
// the other.
type Stacking struct {
	On   int32    `json:"on"`   // the last day that the backtest knew of, from 1970-01-01
	From Weighing `json:"from"` // in force on that day
	To   Weighing `json:"to"`   // in force from MovingDays later on
}

// Weighing is the weights of a blend's members, and how far its forecasts are off.
type Weighing struct {
	Weights map[string]float64 `json:"weights"` // by model; they sum to 1
	Level   Level              `json:"level"`
}

// Level is how far a blend's forecasts are off. Pace, Spend and Variance are of
// logarithms.
type Level struct {
	Pace     float64 `json:"pace"`     // by how much more customers buy than the models expect
	Spend    float64 `json:"spend"`    // by how much more a purchase comes to
	Variance float64 `json:"variance"` // of forecasts of money around both, over Days
	Days     float64 `json:"days"`
}

// MovingDays is how long the night's numbers take from one weighing to the next: four
// weeks, the least time between two monthly ones.
const MovingDays = 28

// At is the weighing in force on a day: each day moves it by the same step.
func (s Stacking) At(day int32) Weighing {
	part := min(max(float64(day-s.On)/MovingDays, 0), 1)
	mix := func(from, to float64) float64 { return from + part*(to-from) }
	w := Weighing{
		Weights: make(map[string]float64, len(s.To.Weights)),
		Level: Level{
			Pace:     mix(s.From.Level.Pace, s.To.Level.Pace),
			Spend:    mix(s.From.Level.Spend, s.To.Level.Spend),
			Variance: mix(s.From.Level.Variance, s.To.Level.Variance),
			Days:     mix(s.From.Level.Days, s.To.Level.Days),
		},
	}
	for _, weights := range []map[string]float64{s.From.Weights, s.To.Weights} {
		for name := range weights {
			if v := mix(s.From.Weights[name], s.To.Weights[name]); v > 0 {
				w.Weights[name] = v
			}
		}
	}
	return w
}

// Over is the variance of a forecast of money over so many days. On real shops it grows
// with the root of the horizon: a forecast of twice the time is off by a fifth more.
func (l Level) Over(days float64) float64 {
	if l.Days == 0 {
		return l.Variance
	}
	return l.Variance * math.Sqrt(max(1, days/l.Days))
}

// mostOff is what no shift of a forecast reaches, in logarithms: a factor of a million.
const mostOff = 14

// validate reports what no night writes.
func (s *Stacking) validate(night int32) error {
	if s == nil {
		return nil
	}
	if s.On > night {
		return fmt.Errorf("stacking.on is %d, after the night itself, %d (days since 1970-01-01)", s.On, night)
	}
	for i, w := range []Weighing{s.From, s.To} {
		name := [...]string{"from", "to"}[i]
		sum := 0.
		for _, v := range w.Weights {
			if !(v >= 0 && v <= 1) {
				return fmt.Errorf("stacking.%s.weights: a weight is not a number from 0 to 1", name)
			}
			sum += v
		}
		if math.Abs(sum-1) > 1e-9 {
			return fmt.Errorf("stacking.%s.weights sum to %v, expected 1", name, sum)
		}
		if l := w.Level; !(l.Variance >= 0 && l.Days >= 0 && math.Abs(l.Pace) < mostOff && math.Abs(l.Spend) < mostOff) || math.IsInf(l.Variance+l.Days, 0) {
			return fmt.Errorf("stacking.%s.level: a number is out of its range", name)
		}
	}
	return nil
}

// Among reports whether all members with a weight are some of names.
func (s Stacking) Among(names map[string]bool) bool {
	for _, w := range []Weighing{s.From, s.To} {
		for name := range maps.Keys(w.Weights) {
			if !names[name] {
				return false
			}
		}
	}
	return true
}
