package main

import (
	"math"

	"clientele/benchmarks/studies/published"
)

// total is the forecast of all money, and what came. Value, Low and High are NaN
// where the night refused to say.
type total struct {
	Value  figure `json:"value"`
	Low    figure `json:"low"`
	High   figure `json:"high"`
	Actual figure `json:"actual"`
}

func (f future) total() total {
	none := figure(math.NaN())
	t := total{none, none, none, 0}
	if e := f.night.Equity; e != nil {
		t = total{Value: figure(e.Value), Low: figure(e.Low), High: figure(e.High)}
	}
	for _, s := range f.spent {
		t.Actual += figure(s)
	}
	return t
}

// refused tells whether there is no forecast.
func (t total) refused() bool { return math.IsNaN(float64(t.Value)) }

func (t total) inside() bool { return t.Low <= t.Actual && t.Actual <= t.High }

// miss is ln(forecast/actual).
func (t total) miss() float64 { return math.Log(float64(t.Value / t.Actual)) }

// halfWidth is half the interval over its forecast.
func (t total) halfWidth() float64 { return float64((t.High - t.Low) / (2 * t.Value)) }

// score is the interval score of ln total. A lower end at or below 0 has no
// logarithm, and counts as a hundredth of the forecast.
func (t total) score() float64 {
	return intervalScore(float64(max(t.Low, t.Value/100)), float64(t.High), float64(t.Actual))
}

// purchases is the forecast of counts.
type purchases struct {
	Expected figure `json:"expected"`  // of all customers
	Actual   figure `json:"actual"`    // of all customers
	Error    figure `json:"error"`     // sum over customers of |expected - actual|
	LogScore figure `json:"log_score"` // mean of ln P(the customer's count)
}

func (f future) purchases() purchases {
	var p purchases
	for i, c := range f.night.Customers {
		p.Expected += figure(c.Expected)
		p.Actual += figure(f.bought[i])
		p.Error += figure(math.Abs(c.Expected - f.bought[i]))
	}
	logs := make([]float64, len(f.count))
	for i, chance := range f.count {
		const least = 1e-300 // as in clv.LeastLogScore
		logs[i] = math.Log(max(chance, least))
	}
	p.LogScore = figure(mean(logs))
	return p
}

// intervals are shares of customers: where their later spend lies, and of whom
// more than nothing is promised.
type intervals struct {
	Inside   figure `json:"inside"`
	Below    figure `json:"below"`
	Above    figure `json:"above"`
	Promised figure `json:"promised"` // future_low > 0
	Nothing  figure `json:"nothing"`  // future_high is 0
}

func (f future) intervals() (s intervals) {
	const rounding = 1e-6 // of a decimal amount
	each := 1 / figure(len(f.night.Customers))
	for i, c := range f.night.Customers {
		if math.IsNaN(c.FutureLow) {
			none := figure(math.NaN())
			return intervals{none, none, none, none, none}
		}
		switch {
		case f.spent[i] < c.FutureLow-rounding:
			s.Below += each
		case f.spent[i] > c.FutureHigh+rounding:
			s.Above += each
		default:
			s.Inside += each
		}
		if c.FutureLow > 0 {
			s.Promised += each
		}
		if c.FutureHigh == 0 {
			s.Nothing += each
		}
	}
	return s
}

// spendRank is the rank correlation of expected_spend with spend per purchase, of
// those who bought.
func (f future) spendRank() figure {
	var expected, actual []float64
	for i, c := range f.night.Customers {
		if f.bought[i] > 0 {
			expected, actual = append(expected, c.Spend), append(actual, f.spent[i]/f.bought[i])
		}
	}
	if len(expected) == 0 || math.IsNaN(expected[0]) {
		return figure(math.NaN())
	}
	return figure(spearman(expected, actual))
}

// repeat tells whether somebody came back.
func repeat(c published.Customer) bool { return c.X > 0 }
