package analytics

import (
	"math"
	"time"

	"clientele/analytics/night"
	"clientele/analytics/worth"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
	"clientele/internal/number"
	"clientele/internal/wording"
)

// BacktestReport is what `clientele backtest` prints, as JSON or as tables.
// Numbers that do not exist are null.
type BacktestReport struct {
	Name        string            `json:"name"`
	AsOf        string            `json:"as_of"`
	Unit        string            `json:"unit"`
	Customers   int64             `json:"customers"`
	FirstDay    string            `json:"first_day"`
	HoldoutDays int32             `json:"holdout_days"`
	Weights     []backtest.Weight `json:"weights"` // of the blend; empty where refused
	Why         string            `json:"why"`
	Refused     string            `json:"refused,omitempty"` // why no model is to be used
	Drifted     string            `json:"drifted,omitempty"` // that the latest forecast did not come true
	Money       []MoneyReport     `json:"money"`             // the blend's forecasts of money, by split
	Candidates  []backtest.Score  `json:"candidates"`
	Pooled      []ForecastReport  `json:"pooled"` // over all splits
	Splits      []SplitReport     `json:"splits"`
	Warnings    []string          `json:"warnings"`
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
	Expected         number.Float       `json:"expected"`
	Actual           number.Float       `json:"actual"`
	Bias             number.Float       `json:"bias"` // expected/actual - 1
	MAE              number.Float       `json:"mae"`
	RMSE             number.Float       `json:"rmse"`
	Skill            number.Float       `json:"skill"` // 1 - (rmse / best naive rmse)^2
	Spearman         number.Float       `json:"spearman"`
	Gini             number.Float       `json:"gini"` // normalised
	LogScore         number.Float       `json:"log_score"`
	Coverage         number.Float       `json:"coverage"`           // of 90% intervals of the count
	CoverageTieSplit number.Float       `json:"coverage_tie_split"` // 0.90 for a true model
	Deciles          []backtest.Decile  `json:"deciles,omitempty"`
}

// TrackingPoint is the repeat purchases made up to a day, and those expected by
// each model from the days of the first purchases alone.
type TrackingPoint struct {
	Day      string             `json:"day"`
	Actual   float64            `json:"actual"`
	Expected map[string]float64 `json:"expected"`
}

func newBacktestReport(n night.Context, r *backtest.Report) *BacktestReport {
	say := n.Say()
	choice := r.Choose()
	b := &BacktestReport{
		Name: n.Job.Name, AsOf: n.AsOf.Format(time.DateOnly), Unit: string(worth.UnitOf(n.Job)),
		Customers: int64(n.Customers.Len()), FirstDay: calendar.Format(r.FirstDay), HoldoutDays: r.Holdout,
		Weights: []backtest.Weight{}, Money: []MoneyReport{}, Why: say.Word(choice.Why), Drifted: say.Word(choice.Drifted), Candidates: worth.ScoresIn(say, choice.Scores),
		Warnings: n.Warnings.All(),
	}
	if choice.Refused {
		b.Why, b.Refused = "", say.Word(choice.Reason)
	} else {
		for _, w := range choice.Weights {
			if w.Weight > 0 {
				b.Weights = append(b.Weights, w)
			}
		}
	}
	for _, m := range r.Money {
		b.Money = append(b.Money, MoneyReport{calendar.Format(m.Origin), m.Expected, m.Actual})
	}
	for _, p := range r.Pooled {
		b.Pooled = append(b.Pooled, forecastReport(p.Name, p.Metrics))
	}
	for _, s := range r.Splits {
		b.Splits = append(b.Splits, splitReport(say, s))
	}
	return b
}

func splitReport(say wording.Language, s backtest.Split) SplitReport {
	out := SplitReport{
		Origin: calendar.Format(s.Origin), End: calendar.Format(s.End),
		Customers: s.Customers, BornAfter: s.BornAfter, RepeatBuyers: s.Repeaters, Actual: s.Actual,
	}
	out.Forecasts = append(out.Forecasts, forecastReport(s.Blend.Name, s.Blend.Metrics))
	for _, f := range s.Models {
		r := forecastReport(f.Name, f.Metrics)
		r.Problem = say.Word(f.Problem)
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
		point := TrackingPoint{Day: calendar.Format(day), Actual: s.Cumulative[i], Expected: map[string]float64{}}
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
	if m.Customers == 0 {
		none := number.Float(math.NaN())
		return ForecastReport{
			Model: name, Expected: none, Actual: none, Bias: none, MAE: none, RMSE: none, Skill: none,
			Spearman: none, Gini: none, LogScore: none, Coverage: none, CoverageTieSplit: none,
		}
	}
	return ForecastReport{
		Model: name, Expected: number.Float(m.Expected), Actual: number.Float(m.Actual), Bias: number.Float(m.Bias),
		MAE: number.Float(m.MAE), RMSE: number.Float(m.RMSE), Skill: number.Float(m.Skill),
		Spearman: number.Float(m.Spearman), Gini: number.Float(m.Gini), LogScore: number.Float(m.LogScore),
		Coverage: number.Float(m.Coverage.Raw), CoverageTieSplit: number.Float(m.Coverage.TieSplit),
		Deciles: m.Deciles,
	}
}
