package analytics

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth"
	"clientele/clv"
	"clientele/segment/lifecycle"
)

// auditedNights are how many nights ago the publications are that a night looks back at:
// a month, a quarter and half a year.
var auditedNights = []int{30, 91, 182}

// auditedCustomers is about how many customers are scored again: as many as a backtest
// looks at.
const auditedCustomers = 50_000

// audit looks at what earlier publications said. What of them cannot be read is a
// warning: tonight does not rest on it.
func (n *night) audit(workers int) error {
	if n.previous == nil || n.customers.DaySold == nil {
		return nil
	}
	for _, ago := range auditedNights {
		then, err := history.At(outputDir(n.job), n.job.Name, n.asOf.AddDate(0, 0, -ago))
		if err == nil && then != nil {
			err = then.Recall()
		}
		if err != nil {
			// The way out of a damaged night before is none of this one.
			if damage, ok := errors.AsType[*publication.Damage](err); ok {
				err = damage
			}
			n.warn("audit: the night %d days ago cannot be looked at: %v", ago, err)
			continue
		}
		if then == nil {
			continue
		}
		audited, err := n.auditOf(then, workers)
		if err != nil {
			return err
		}
		n.audits = append(n.audits, audited)
		n.warnOfAudit(audited)
	}
	return nil
}

// auditOf holds a night against what has happened since.
func (n *night) auditOf(then *history.Night, workers int) (AuditedNight, error) {
	day := epochDays(then.Day())
	a := AuditedNight{AsOf: then.AsOf, Days: epochDays(n.asOf) - day}
	was, _ := then.Members.Match(n.customers.ID)
	since := n.since(day)
	a.Declined = auditDecline(then.Members, was, since, float64(a.Days))
	var err error
	a.Forecast, err = n.auditForecast(then, was, since, float64(a.Days), workers)
	return a, err
}

// deeds are what each customer did after a day.
type deeds struct {
	purchases []float64
	money     []float64
}

func (n *night) since(day int32) deeds {
	t, tonight := n.customers, epochDays(n.asOf)
	d := deeds{purchases: make([]float64, t.Len()), money: make([]float64, t.Len())}
	for i := range t.ID {
		kept := t.KeptShare(i)
		for j := t.DayStart[i+1] - 1; j >= t.DayStart[i] && t.Days[j] > day; j-- {
			if t.Days[j] <= tonight {
				d.purchases[i]++
				d.money[i] += kept * max(t.DaySold[j], 0)
			}
		}
	}
	return d
}

// auditDecline counts those in decline who came back; nil where nobody was judged.
func auditDecline(m *publication.State, was []int, since deeds, days float64) *AuditedDecline {
	stage, former := m.Texts(column.LifecycleStage), m.Numbers(column.FormerRate)
	if stage == nil {
		return nil
	}
	a := &AuditedDecline{}
	wentOn := int64(0)
	for i, at := range was {
		if at < 0 || stage[at] != string(lifecycle.Declining) {
			continue
		}
		a.Customers++
		if since.purchases[i] > 0 {
			a.CameBack++
		}
		if former != nil && since.purchases[i] >= max(1, math.Ceil(former[at]*days/job.Year.Days()/2)) {
			wentOn++
		}
	}
	if former != nil {
		a.WentOn = &wentOn
	}
	return a
}

// auditForecast scores that night's customers again with its model, over the days since.
func (n *night) auditForecast(then *history.Night, was []int, since deeds, days float64, workers int) (*AuditedForecast, error) {
	m := then.Members
	spend, bought := m.Numbers(column.ExpectedSpend), m.Counts(column.StagePurchaseDays)
	if then.Model == nil || spend == nil || bought == nil {
		return nil, nil //nolint:nilnil // nothing was forecast
	}
	unit := job.Unit(then.Model.Unit).Days()
	var (
		panel clv.Panel
		each  []float64
		rows  []int
	)
	taken := n.customers.Sample(auditedCustomers)
	day := epochDays(then.Day())
	first, last := m.Days(column.FirstDay), m.Days(column.LastDay)
	for i, at := range was {
		if at < 0 || math.IsNaN(spend[at]) || !taken(n.customers.ID[i]) {
			continue
		}
		panel.X = append(panel.X, float64(bought[at]-1))
		panel.TX = append(panel.TX, float64(last[at]-first[at])/unit)
		panel.T = append(panel.T, float64(day-first[at])/unit)
		each, rows = append(each, spend[at]), append(rows, i)
	}
	if len(rows) == 0 {
		return nil, nil //nolint:nilnil // a night whose customers say nothing
	}
	return forecastOf(then, day, panel, each, rows, since, days/unit, days, workers)
}

func forecastOf(then *history.Night, day int32, panel clv.Panel, each []float64, rows []int, since deeds, horizon, days float64, workers int) (*AuditedForecast, error) {
	b, err := then.Model.BuildBlend()
	if err != nil {
		return nil, err
	}
	p, err := clv.NewPredictive(b, clv.PredictiveOptions{Horizon: horizon, Prices: clv.Prices{Margin: 1}, Workers: workers})
	if err != nil {
		return nil, err
	}
	scores := clv.ScoreBlend(b, panel, p.ScoreOptions())
	total := p.Total(panel, scores, clv.Spent{Mean: each}, clv.Baskets{Spend: each})
	f := &AuditedForecast{Customers: int64(len(rows)), ExpectedMoney: total.Expected}
	var past clv.Past
	if s := then.Model.Stacking; s != nil {
		level := s.At(day).Level
		past = clv.Past{Drift: level.Over(days), Tested: level.Days / days}
	}
	f.Low, f.High = total.Interval(clv.DefaultLevel, past)
	for k, i := range rows {
		f.Expected += scores.CET[k]
		f.Purchases += since.purchases[i]
		f.Money += since.money[i]
	}
	f.Held = f.Low <= f.Money && f.Money <= f.High
	f.Deciles = auditedDeciles(scores.CET, each, rows, since)
	return f, nil
}

// auditedDeciles cuts customers into tenths by the purchases expected of them.
func auditedDeciles(expected, each []float64, rows []int, since deeds) []AuditedDecile {
	const tenths = 10
	order := make([]int, len(rows))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(expected[b], expected[a]) })
	deciles := make([]AuditedDecile, min(tenths, len(rows)))
	for place, k := range order {
		d := &deciles[place*len(deciles)/len(order)]
		d.Customers++
		d.Expected += expected[k]
		d.Purchases += since.purchases[rows[k]]
		d.ExpectedMoney += expected[k] * each[k]
		d.Money += since.money[rows[k]]
	}
	return deciles
}

// brokenErrors is by how many standard errors a count must lie beyond what was promised
// before a promise is called broken: chance does that in one night of seven hundred.
const brokenErrors = 3

// warnOfAudit says which promises were broken.
func (n *night) warnOfAudit(a AuditedNight) {
	if f := a.Forecast; f != nil && !f.Held {
		n.warn("audit: the customers of %s brought %.2f in the %d days since, outside the 90%% interval of then, %.2f to %.2f",
			a.AsOf, f.Money, a.Days, f.Low, f.High)
	}
	d := a.Declined
	if d == nil || d.WentOn == nil || n.job.Stages == nil || a.Days < worth.NextDays {
		return
	}
	share, called := n.job.Stages.Decline.FalseShare, float64(d.Customers)
	if float64(*d.WentOn) > called*share+brokenErrors*math.Sqrt(called*share*(1-share)) {
		n.warn("audit: %d of %d customers called in decline on %s bought at half of their former rate or more in the %d days since; "+
			"stages.decline.false_share promises %.0f%%", *d.WentOn, d.Customers, a.AsOf, a.Days, 100*share)
	}
}
