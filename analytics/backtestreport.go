package analytics

import (
	"time"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/worth"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
)

// BacktestReport is what `clientele backtest` prints, as JSON or as tables.
// Numbers that do not exist are null.
type BacktestReport struct {
	Name        string                       `json:"name"`
	AsOf        string                       `json:"as_of"`
	Unit        string                       `json:"unit"`
	Customers   int64                        `json:"customers"`
	FirstDay    string                       `json:"first_day"`
	HoldoutDays int32                        `json:"holdout_days"`
	Weights     []MemberWeight               `json:"weights"` // of the blend; empty where refused
	Why         string                       `json:"why"`
	Refused     string                       `json:"refused,omitempty"` // why no model is to be used
	Drifted     string                       `json:"drifted,omitempty"` // that the latest forecast did not come true
	Money       []MoneyReport                `json:"money"`             // the blend's forecasts of money, by split
	Candidates  []publication.CandidateScore `json:"candidates"`
	Pooled      []ForecastReport             `json:"pooled"` // over all splits
	Splits      []SplitReport                `json:"splits"`
	Warnings    []string                     `json:"warnings"`
}

// MemberWeight is the share of a model in the blend.
type MemberWeight struct {
	Model  string  `json:"model"`
	Weight float64 `json:"weight"`
}

// MoneyReport is what the customers of a split were expected to spend in its holdout,
// and what they spent.
type MoneyReport struct {
	Origin   string  `json:"origin"` // last day of calibration
	Expected float64 `json:"expected"`
	Actual   float64 `json:"actual"`
}

// SplitReport is one origin: what was known by then, and what came after.
type SplitReport struct {
	Origin       string           `json:"origin"` // last day of calibration
	End          string           `json:"end"`    // last day of the holdout
	Customers    float64          `json:"customers"`
	BornAfter    float64          `json:"born_after"`
	RepeatBuyers float64          `json:"repeat_buyers"`
	Actual       float64          `json:"actual"` // purchases in the holdout
	Forecasts    []ForecastReport `json:"forecasts"`
	Tracking     []TrackingPoint  `json:"tracking"`
}

// ForecastReport is what a model, or a naive rule, predicted.
type ForecastReport struct {
	Model            string             `json:"model"`
	Fitted           string             `json:"fitted,omitempty"` // where the fit reduced to another
	Params           map[string]float64 `json:"params,omitempty"`
	Problem          string             `json:"problem,omitempty"`
	Expected         *float64           `json:"expected"`
	Actual           *float64           `json:"actual"`
	Bias             *float64           `json:"bias"` // expected/actual - 1
	MAE              *float64           `json:"mae"`
	RMSE             *float64           `json:"rmse"`
	Skill            *float64           `json:"skill"` // 1 - (rmse / best naive rmse)^2
	Spearman         *float64           `json:"spearman"`
	Gini             *float64           `json:"gini"` // normalised
	LogScore         *float64           `json:"log_score"`
	Coverage         *float64           `json:"coverage"`           // of 90% intervals of the count
	CoverageTieSplit *float64           `json:"coverage_tie_split"` // 0.90 for a true model
	Deciles          []DecileReport     `json:"deciles,omitempty"`
}

// DecileReport is a tenth of the customers, those predicted to buy most first.
type DecileReport struct {
	Customers float64 `json:"customers"`
	Predicted float64 `json:"predicted"` // mean purchases
	Actual    float64 `json:"actual"`
}

// TrackingPoint is the repeat purchases made up to a day, and those expected by
// each model from the days of the first purchases alone.
type TrackingPoint struct {
	Day      string             `json:"day"`
	Actual   float64            `json:"actual"`
	Expected map[string]float64 `json:"expected"`
}

func newBacktestReport(n night.Context, r *backtest.Report) *BacktestReport {
	choice := r.Choose()
	b := &BacktestReport{
		Name: n.Job.Name, AsOf: n.AsOf.Format(time.DateOnly), Unit: string(worth.UnitOf(n.Job)),
		Customers: int64(n.Customers.Len()), FirstDay: dateOf(r.FirstDay), HoldoutDays: r.Holdout,
		Weights: []MemberWeight{}, Money: []MoneyReport{}, Why: choice.Why, Drifted: choice.Drifted, Candidates: worth.CandidateScores(choice.Scores),
		Warnings: n.Warnings.All(),
	}
	if choice.Refused {
		b.Why, b.Refused = "", choice.Reason
	} else {
		for _, w := range choice.Weights {
			if w.Weight > 0 {
				b.Weights = append(b.Weights, MemberWeight(w))
			}
		}
	}
	for _, m := range r.Money {
		b.Money = append(b.Money, MoneyReport{dateOf(m.Origin), m.Expected, m.Actual})
	}
	for _, p := range r.Pooled {
		b.Pooled = append(b.Pooled, forecastReport(p.Name, p.Metrics))
	}
	for _, s := range r.Splits {
		b.Splits = append(b.Splits, splitReport(s))
	}
	return b
}

func splitReport(s backtest.Split) SplitReport {
	out := SplitReport{
		Origin: dateOf(s.Origin), End: dateOf(s.End),
		Customers: s.Customers, BornAfter: s.BornAfter, RepeatBuyers: s.Repeaters, Actual: s.Actual,
	}
	out.Forecasts = append(out.Forecasts, forecastReport(s.Blend.Name, s.Blend.Metrics))
	for _, f := range s.Models {
		r := forecastReport(f.Name, f.Metrics)
		r.Problem = f.Problem
		if f.Fitted() != f.Name {
			r.Fitted = f.Fitted()
		}
		r.Params = map[string]float64{}
		for _, p := range f.Fit.Params {
			r.Params[p.Name] = p.Value
		}
		out.Forecasts = append(out.Forecasts, r)
	}
	for _, f := range s.Naive {
		out.Forecasts = append(out.Forecasts, forecastReport(f.Name, f.Metrics))
	}
	for i, day := range s.Days {
		point := TrackingPoint{Day: dateOf(day), Actual: s.Cumulative[i], Expected: map[string]float64{}}
		for _, f := range s.Models {
			if f.Cumulative != nil {
				point.Expected[f.Name] = f.Cumulative[i]
			}
		}
		out.Tracking = append(out.Tracking, point)
	}
	return out
}

// forecastReport leaves everything null where nothing was predicted.
func forecastReport(name string, m backtest.Metrics) ForecastReport {
	r := ForecastReport{Model: name}
	if m.Customers == 0 {
		return r
	}
	r.Expected, r.Actual, r.Bias = night.Known(m.Expected), night.Known(m.Actual), night.Known(m.Bias)
	r.MAE, r.RMSE, r.Skill = night.Known(m.MAE), night.Known(m.RMSE), night.Known(m.Skill)
	r.Spearman, r.Gini, r.LogScore = night.Known(m.Spearman), night.Known(m.Gini), night.Known(m.LogScore)
	r.Coverage, r.CoverageTieSplit = night.Known(m.Coverage.Raw), night.Known(m.Coverage.TieSplit)
	for _, d := range m.Deciles {
		r.Deciles = append(r.Deciles, DecileReport(d))
	}
	return r
}

func dateOf(epochDay int32) string { return calendar.Format(epochDay) }
