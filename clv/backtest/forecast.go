package backtest

import (
	"math"
	"strings"

	"clientele/clv"
	"clientele/internal/wording"
)

// Forecast is what one model, or a naive rule, predicted in one split, and how
// it came true.
type Forecast struct {
	// Name is the model asked for, or OwnRate or MeanRate.
	Name string
	// Fit is the model as fitted to the calibration, in the model's unit; empty
	// for a naive rule. Its Model may have another name than the one asked for:
	// a fit may reduce to a simpler model.
	Fit clv.Fit
	// Problem says why there is no forecast, or none to choose by; empty where
	// there is nothing wrong. Where it is not empty and Customers is 0, nothing
	// was predicted.
	Problem wording.Message
	Metrics
	// Cumulative is the expected number of repeat purchases up to each of the
	// split's Days, from the first days of its customers alone.
	Cumulative []float64
}

// Fitted is the name of the model that the fit ended with; empty without one.
func (f Forecast) Fitted() string {
	if f.Fit.Model == nil {
		return ""
	}
	if strings.Contains(f.Name, "/") {
		return f.Fit.Model.Variant()
	}
	return f.Fit.Model.Name()
}

// trial is a split with what the candidates said of it, by row and by cell.
type trial struct {
	sample
	predicted [][]float64 // purchases in the holdout, by candidate and row; nil of one without a forecast
	scored    []scoredCells
	lnCounts  [][]float64 // how much a candidate counts, in a blend, for a row
}

// said is what a model says of a split.
type said struct {
	predicted []float64   // purchases in the holdout, by row; nil: it has no forecast
	lnCounts  []float64   // how much it counts, in a blend, for a row
	scored    scoredCells // by cell
}

// forecast fits a model to a split and scores what it predicts. What it says comes back for
// comparisons between models.
func (s shop) forecast(name string, k sample, days []int32, o Options) (Forecast, said) {
	f := Forecast{Name: name}
	fit, err := clv.FitVariant(name, k.rows, clv.FitOptions{Workers: o.Workers})
	f.Fit = fit
	if err != nil {
		f.Problem = clv.Said(err)
	}
	if fit.Model == nil {
		return f, said{}
	}
	alone := clv.Alone(fit.Model, nil)
	predicted := clv.ScoreBlend(alone, k.rows, clv.ScoreOptions{Horizon: k.horizon, Workers: o.Workers}).CET
	lnCounts := make([]float64, k.rows.Len())
	j := k.scoreCells(alone, o, lnCounts)
	if !finite(predicted) || !finite(j.logScore) {
		f.Problem = wording.Of("model.no_forecast")
		return f, said{}
	}
	f.Metrics = k.done.measure(k.outcomes(predicted))
	f.LogScore, f.Coverage = j.means(k)
	if !o.Brief {
		f.Cumulative = s.expectedCumulative(fit.Model, k, days, o.UnitDays)
	}
	return f, said{predicted, lnCounts, j}
}

// finite reports whether all values are numbers.
func finite(values []float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
