package worth

import (
	"math"
	"strings"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/acquisition"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Result is what customers are and were worth, with one entry per customer in each
// column. Where there is no lifetime model the columns that rest on one are nil, and
// Future is 0.
type Result struct {
	Panel clv.Panel // in clv.unit

	PAlive   []float64
	PNext    []float64 // chance of a purchase within night.NextDays
	Expected []float64 // purchases within the horizon
	Spend    []float64 // expected per purchase

	Won acquisition.Costs // what winning each customer cost

	Past, Future, CLV []float64
	Low, High         []float64 // of Future: its 90% interval

	Bounds Bounds // of customer equity

	unit      string // of the models
	auto      bool   // they are a blend, not the one that the job file names
	wholeDays bool   // the model counts occasions, and knows whole days only
	costed    bool   // the margin is what mapped costs leave

	say    wording.Language // of what model.json says
	choice choice
	models models
	spend  spending
	valuer valuer

	cohorts cohortForecasts
}

// Bounds are the 90% interval of customer equity, and what makes it wide.
type Bounds struct {
	Low, High float64
	Width     publication.EquityWidth
}

// Modelled tells whether there is a lifetime model.
func (w *Result) Modelled() bool { return w != nil && w.models.blend != nil }

// Ask says what values need of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	c := f.Job.CLV
	if c == nil {
		return
	}
	if strings.HasSuffix(c.Model, "-cnbd-k") { // to see how regular customers are
		r.KeepDays = true
	}
	r.Months, r.CohortMonths = true, true // who was won when and how
	if len(daysToChoose(f)) > 0 {         // a backtest looks at single days
		r.KeepSpend = true
	}
}

// Run works out past and future value of every customer; nil where the stage is off.
func Run(n night.Context) (*Result, error) {
	c := n.Job.CLV
	if c == nil {
		return nil, nil //nolint:nilnil // a stage that is off has no result
	}
	w := &Result{
		Panel: panelOf(n.Customers, n.Today(), c.Unit.Days()), unit: string(c.Unit), say: n.Say(),
		auto: c.Model == job.AutoModel, wholeDays: c.Model == "bg-bb", costed: n.HasCost,
	}
	w.valuer = valuer{Rules: valuation.Of(c, margin(n)), threads: n.Threads}
	var err error
	if w.choice, err = (chooser{n, customers.SampleSize}).choose(); err != nil {
		return nil, err
	}
	level := w.choice.stacking.At(n.Today()).Level
	if w.models, err = fitModels(n, w.Panel, w.choice); err != nil {
		return nil, err
	}
	if w.spend, err = fitSpend(n, math.Exp(level.Spend)); err != nil {
		return nil, err
	}
	w.Spend = w.spend.expected
	if w.valuer.baskets, err = baskets(n, w.Spend); err != nil {
		return nil, err
	}
	w.Won = acquisition.Of(n)
	w.Past = pastValue(n, w.Won)
	if err := w.lookAhead(n, level); err != nil {
		return nil, err
	}
	w.Panel.LnGaps = nil // which models are fitted to, and no later stage asks for
	w.CLV = make([]float64, len(w.Past))
	for i := range w.CLV {
		w.CLV[i] = money.Round(w.Past[i] + w.Future[i])
	}
	return w, nil
}

// Metrics are the numbers that tiers may ask for, by the names of the job file; see
// [scores.Result.Metrics].
func (w *Result) Metrics() map[string]func() []float64 {
	if w == nil {
		return nil
	}
	given := func(numbers []float64) func() []float64 { return func() []float64 { return numbers } }
	m := map[string]func() []float64{
		column.CLV.Name: given(w.CLV), column.PastValue.Name: given(w.Past), column.FutureValue.Name: given(w.Future),
		column.PAlive.Name: given(w.PAlive), column.ExpectedPurchases.Name: given(w.Expected),
	}
	if !w.Modelled() {
		m[column.PAlive.Name], m[column.ExpectedPurchases.Name] = w.unknown, w.unknown
	}
	return m
}

func (w *Result) unknown() []float64 {
	f := make([]float64, len(w.CLV))
	for i := range f {
		f[i] = math.NaN()
	}
	return f
}

// Weights are those of the models on a day, tonight or one since the last publication;
// nil where none is of use to stages.
func (w *Result) Weights(day int32) map[string]float64 {
	if w == nil || !w.models.refused.IsZero() || w.wholeDays {
		return nil
	}
	return w.choice.weighingOn(day).Weights
}
