package worth

import (
	"slices"

	"clientele/analytics/history"
	"clientele/analytics/publication"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
	"clientele/internal/number"
	"clientele/internal/wording"
)

// proof is how the forecasts of a choice came true, or why it made none.
type proof struct {
	tested *publication.Tested
	why    wording.Message // there is none; empty: there is one
}

// proofOf is what a backtest says of its own forecasts.
func proofOf(r *backtest.Report, found backtest.Choice, day int32) proof {
	if tested := testedOf(r, day); tested != nil {
		return proof{tested: tested}
	}
	why := []wording.Message{found.Untested, found.Reason}
	if n := len(r.Splits); n > 0 {
		why = append([]wording.Message{r.Splits[n-1].Blend.Problem}, why...)
	}
	return proof{why: firstSaid(why)}
}

// firstSaid is the first message that says anything.
func firstSaid(all []wording.Message) wording.Message {
	for _, m := range all {
		if !m.IsZero() {
			return m
		}
	}
	return wording.Message{}
}

// proofBefore is that of the choice that the night before went by.
func proofBefore(n *history.Night) proof {
	if n.Evidence == nil {
		return proof{why: wording.Of("model.kept_no_proof")}
	}
	return proof{n.Evidence.Tested, wording.Words(n.Evidence.Untested)}
}

// testedOf is how the forecasts of a backtest came true; nil where it could make none.
func testedOf(r *backtest.Report, day int32) *publication.Tested {
	l := r.Latest
	if l == nil {
		return nil
	}
	t := &publication.Tested{
		On: calendar.Format(day), Weights: weightsOf(r), From: calendar.Format(l.Origin + 1), Until: calendar.Format(l.End), Customers: int64(l.Customers),
		Splits: splitsOf(r), Coverage: &publication.ForecastCoverage{Level: backtest.IntervalLevel, Raw: l.Coverage.Raw, TieSplit: l.Coverage.TieSplit},
	}
	for _, p := range l.Tracking {
		t.Tracking = append(t.Tracking, publication.TrackedPeriod{
			From: calendar.Format(p.From), Until: calendar.Format(p.Until), Days: p.Until - p.From + 1, Foretold: p.From > l.Origin,
			Expected: p.Expected, Purchases: p.Actual,
		})
	}
	for _, g := range l.ByRepeats {
		t.ByRepeats = append(t.ByRepeats, publication.RepeatForecast{
			Repeats: int32(g.Repeats), Customers: int64(g.Customers), Expected: g.Expected, Purchases: g.Actual,
		})
	}
	for _, d := range l.Deciles {
		of := publication.ForecastDecile{Customers: d.Customers, Expected: d.Expected, Purchases: d.Actual}
		if l.Priced {
			of.ExpectedMoney, of.Money = &d.ExpectedMoney, &d.ActualMoney
		}
		t.Deciles = append(t.Deciles, of)
	}
	t.NextPurchase = nextPurchaseOf(l.Next)
	return t
}

func nextPurchaseOf(r backtest.Reliability) *publication.NextPurchase {
	if len(r.Bins) == 0 {
		return nil
	}
	next := &publication.NextPurchase{Days: r.Days}
	for _, b := range r.Bins {
		next.Bins = append(next.Bins, publication.ReliabilityBin{Low: b.Low, High: b.High, Customers: int64(b.Customers), Said: b.Said, Bought: b.Bought})
	}
	return next
}

// splitsOf are the splits in which the blend had a forecast.
func splitsOf(r *backtest.Report) (all []publication.TestedSplit) {
	for _, v := range r.Splits {
		f := v.Blend
		if f.Customers == 0 {
			continue
		}
		s := publication.TestedSplit{
			Origin: calendar.Format(v.Origin), Until: calendar.Format(v.End), Customers: int64(v.Customers),
			Expected: f.Expected, Purchases: f.Actual, MAE: f.MAE, RMSE: f.RMSE, LogScore: f.LogScore,
			Skill: number.Float(f.Skill), Gini: number.Float(f.Gini), Spearman: number.Float(f.Spearman),
		}
		if k := slices.IndexFunc(r.Money, func(m backtest.MoneyForecast) bool { return m.Origin == v.Origin }); k >= 0 {
			s.ExpectedMoney, s.Money = &r.Money[k].Expected, &r.Money[k].Actual
		}
		all = append(all, s)
	}
	return all
}

// weightsOf are those that a backtest gave the members of the blend.
func weightsOf(r *backtest.Report) map[string]float64 {
	weights := map[string]float64{}
	for _, m := range r.Weights {
		if m.Weight > 0 {
			weights[m.Model] = m.Weight
		}
	}
	return weights
}

// Tested is how forecasts came true when the models were chosen; nil: untested says why
// there is none.
func (w *Result) Tested() (tested *publication.Tested, untested wording.Message) {
	switch {
	case w == nil:
		return nil, wording.Of("model.off")
	case !w.models.refused.IsZero():
		return nil, w.models.refused
	}
	return w.choice.proof.tested, w.choice.proof.why
}
