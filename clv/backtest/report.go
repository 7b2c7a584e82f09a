package backtest

import (
	"math"
	"slices"
)

// Report is how well each candidate would have predicted the shop's past.
type Report struct {
	Models    []string // the candidates, as asked for
	FirstDay  int32    // of the shop's first purchase
	Today     int32    // last day of observation
	UnitDays  float64  // days in a model unit
	Holdout   int32    // days predicted after each origin
	Customers float64  // who bought by today
	// CustomersBack are those of them with a repeat purchase.
	CustomersBack float64
	MedianGap     float64 // days between a purchase and the next; 0 where nobody came back
	Splits        []Split // by origin; none where the history is too short for one
	// Pooled are the metrics over all splits of the blend, of each candidate that
	// predicted in all of them, and of the naive rules.
	Pooled []Pooled
	// Scores compare the candidates.
	Scores []Score
	// Weights are the shares of the candidates in the blend, by how well each predicted.
	Weights []Weight
	// Purchases are by how much the blend's forecasts of purchases were off in the splits
	// with enough of them, ln(actual/expected).
	Purchases []float64
	// Money are its forecasts of money in the same splits; none where spend is not known.
	Money []MoneyForecast
	// Latest is the latest split in detail, where Options ask for it and the blend has a
	// forecast there.
	Latest *Latest
}

// Split is one origin: what was known by then, and what came after.
type Split struct {
	Origin    int32   // last day of calibration
	End       int32   // last day of the holdout
	Customers float64 // who bought by the origin
	BornAfter float64 // first seen later, up to today: they play no part
	Repeaters float64 // customers with x >= 1
	Repeats   float64 // repeat purchases in the calibration, Σx
	Actual    float64 // purchases in the holdout by customers known at the origin
	Models    []Forecast
	Blend     Forecast // of Models by the report's Weights
	Naive     []Forecast
	// Days are dates from the first purchase to the end of the holdout, and
	// Cumulative the repeat purchases of the known customers up to each.
	Days       []int32
	Cumulative []float64
}

// Pooled are metrics over all splits.
type Pooled struct {
	Name string
	Metrics
}

// Run backtests every candidate at every origin. It returns an error that wraps
// ErrHistory or ErrOptions; a candidate that cannot be fitted is no error but a
// Problem of its Forecast, and a history too short to be split gives a report
// without splits, whose choice is refused.
//
// The report has the same bits for any number of workers and any order of the
// customers.
func Run(h History, o Options) (*Report, error) {
	if err := h.Validate(); err != nil {
		return nil, err
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	s := newShop(h, o.Today)
	r := &Report{Models: slices.Clone(o.Models), Today: o.Today, FirstDay: o.Today, UnitDays: o.UnitDays, Customers: s.customers}
	if s.customers > 0 {
		r.FirstDay, r.MedianGap, r.CustomersBack = s.firstDay(), s.medianGap(), s.cameBack()
	}
	origins, holdout := Plan(r.FirstDay, o)
	r.Holdout = holdout
	comparison := newComparison(o.Models, len(s.buyers))
	var trials []trial
	for _, origin := range origins {
		if s.anybodyBy(origin) {
			v, t := s.split(origin, holdout, o, comparison)
			r.Splits, trials = append(r.Splits, v), append(trials, t)
		}
	}
	r.Scores = comparison.scores(s, r.Splits)
	r.Weights = r.blend(trials)
	detailed := o.Detail
	for i, t := range trials {
		o.Detail = detailed && i == len(trials)-1
		r.scoreBlend(s, &r.Splits[i], t, o)
	}
	r.Pooled = r.pooled(o.Models)
	return r, nil
}

// scoreBlend scores the blend in a split: its purchases and, where spend is known,
// its money.
func (r *Report) scoreBlend(s shop, v *Split, t trial, o Options) {
	f, b, ok := t.forecastBlend(v.Models, r.Weights, o)
	f.Skill = f.skill(v.Naive)
	v.Blend = f
	if !ok {
		return
	}
	var each []customerMoney // where spend has a model
	counts := v.enough() && f.Expected > 0
	if s.priced && (counts || o.Detail) {
		var money MoneyForecast
		if money, each = s.forecastMoney(t, b.predicted, o.Workers); each != nil && counts {
			money.Purchases = math.Log(f.Actual / f.Expected)
			r.Money = append(r.Money, money)
		}
	}
	if counts {
		r.Purchases = append(r.Purchases, math.Log(f.Actual/f.Expected))
	}
	if o.Detail {
		r.Latest = s.latest(t, *v, b, each, o)
	}
}

// split backtests every candidate at one origin.
func (s shop) split(origin, holdout int32, o Options, c *comparison) (Split, trial) {
	k := s.newSample(origin, holdout, o.UnitDays)
	born := len(k.cellOf)
	v := Split{
		Origin: k.origin, End: k.end, Customers: k.customers, BornAfter: k.bornAfter,
		Repeaters: k.repeaters, Repeats: k.repeats, Actual: k.actual,
		Days: trackingDays(s.firstDay(), k.origin, k.end),
	}
	v.Cumulative = s.cumulative(born, k.origin, v.Days)
	v.Naive = k.naive()
	for i := range v.Naive {
		v.Naive[i].Skill = v.Naive[i].skill(v.Naive)
	}
	t := trial{sample: k, scored: make([]scoredCells, len(o.Models)), predicted: make([][]float64, len(o.Models))}
	for i, name := range o.Models {
		f, of := s.forecast(name, k, v.Days, o)
		t.predicted[i], t.scored[i] = of.predicted, of.scored
		t.lnCounts = append(t.lnCounts, of.lnCounts)
		f.Skill = f.skill(v.Naive)
		v.Models = append(v.Models, f)
	}
	if v.informative() {
		c.add(k, t.scored)
	}
	return v, t
}

// pooled pools the candidates and then the naive rules over splits.
func (r *Report) pooled(models []string) []Pooled {
	if len(r.Splits) == 0 {
		return nil
	}
	var all []Pooled
	if splits, whole := r.metrics(func(v Split) Forecast { return v.Blend }); whole {
		all = append(all, Pooled{BlendName, pool(splits)})
	}
	for i, name := range models {
		if splits, whole := r.metrics(func(v Split) Forecast { return v.Models[i] }); whole {
			all = append(all, Pooled{name, pool(splits)})
		}
	}
	var naive []Forecast
	for i, f := range r.Splits[0].Naive {
		splits, _ := r.metrics(func(v Split) Forecast { return v.Naive[i] })
		naive = append(naive, Forecast{Name: f.Name, Metrics: pool(splits)})
		all = append(all, Pooled{f.Name, naive[i].Metrics})
	}
	for i := range all {
		all[i].Skill = all[i].skill(naive)
	}
	return all
}

// metrics are those of one forecaster, and whether it predicted in all splits.
func (r *Report) metrics(of func(v Split) Forecast) (splits []Metrics, whole bool) {
	for _, v := range r.Splits {
		if f := of(v); f.Customers > 0 {
			splits = append(splits, f.Metrics)
		}
	}
	return splits, len(splits) == len(r.Splits)
}
