package audit

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/lifecycle"
)

// nightsAgo are how many nights ago the publications are that a night looks back at: a
// month, a quarter and half a year.
var nightsAgo = []int{30, 91, 182}

// recalled are the columns of a night that is looked at again.
var recalled = []*column.Column{column.FirstDay, column.LastDay, column.PurchaseDays, column.ExpectedSpend, column.LifecycleStage, column.FormerRate}

// Run looks at what earlier publications said, never nil. What of them cannot be read is a
// warning: tonight does not rest on it.
func Run(n night.Context) ([]publication.AuditedNight, error) {
	found := []publication.AuditedNight{}
	if n.Previous == nil || n.Customers.DaySold == nil {
		return found, nil
	}
	a := auditor{n, customers.SampleSize}
	for _, ago := range nightsAgo {
		then, err := history.At(n.Job.OutputDir(), n.Job.Name, n.AsOf.AddDate(0, 0, -ago))
		if err == nil && then != nil {
			err = then.Recall(recalled)
		}
		if err != nil {
			// The error of a damaged night says how to run on without it, which does not
			// help here: only the damage is told.
			if damage, ok := errors.AsType[*publication.Damage](err); ok {
				err = damage
			}
			n.Warn("warning.audit_unread", "days", wording.Plain(ago), "error", err)
			continue
		}
		if then == nil {
			continue
		}
		audited, err := a.of(then)
		if err != nil {
			return nil, err
		}
		found = append(found, audited)
		a.warn(audited)
	}
	return found, nil
}

// auditor holds earlier nights against what has happened since.
type auditor struct {
	night.Context
	// about is how many customers are scored again: as many as a backtest looks at.
	about int
}

// of holds a night against what has happened since.
func (n auditor) of(then *history.Night) (publication.AuditedNight, error) {
	day, err := calendar.Parse(then.AsOf)
	if err != nil {
		return publication.AuditedNight{}, fmt.Errorf("audit: as_of: %w", err)
	}
	a := publication.AuditedNight{AsOf: then.AsOf, Days: n.Today() - day}
	was, joined, _ := n.Match(then.Members, n.Customers.ID)
	for i := range night.Several(was, joined) {
		was[i] = -1 // what came of two forecasts cannot be told apart
	}
	since := n.since(day)
	a.Declined = declined(then.Members, was, since, float64(a.Days))
	a.Forecast, err = n.forecast(then, was, since, day)
	return a, err
}

// deeds are what each customer did after a day.
type deeds struct {
	purchases []float64
	money     []float64
}

func (n auditor) since(day calendar.Day) deeds {
	t, tonight := n.Customers, n.Today()
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

// declined counts those in decline who came back; nil where nobody was judged.
func declined(m *publication.State, was []int, since deeds, days float64) *publication.AuditedDecline {
	stage, former := m.Texts(column.LifecycleStage), m.Numbers(column.FormerRate)
	if stage == nil {
		return nil
	}
	a := &publication.AuditedDecline{}
	wentOn := int64(0)
	for i, at := range was {
		if at < 0 || stage.At(at) != string(lifecycle.Declining) {
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

// forecast scores that night's customers again with its model, over the days since.
func (n auditor) forecast(then *history.Night, was []int, since deeds, day calendar.Day) (*publication.AuditedForecast, error) {
	m := then.Members
	spend, bought := m.Numbers(column.ExpectedSpend), m.Counts(column.PurchaseDays)
	if then.Model == nil || spend == nil || bought == nil {
		return nil, nil //nolint:nilnil // nothing was forecast
	}
	unit := job.Unit(then.Model.Unit).Days()
	f := forecast{model: then.Model, unit: unit, day: day, days: float64(n.Today() - day), threads: n.Threads}
	taken := n.Customers.Sample(n.about)
	first, last := m.Days(column.FirstDay), m.Days(column.LastDay)
	for i, at := range was {
		if at < 0 || math.IsNaN(spend[at]) || !taken(n.Customers.ID[i]) {
			continue
		}
		f.panel.X = append(f.panel.X, float64(bought[at]-1))
		f.panel.TX = append(f.panel.TX, float64(last[at]-first[at])/unit)
		f.panel.T = append(f.panel.T, float64(day-first[at])/unit)
		f.spend, f.rows = append(f.spend, spend[at]), append(f.rows, i)
	}
	if len(f.rows) == 0 {
		return nil, nil //nolint:nilnil // a night whose customers say nothing
	}
	return f.against(since)
}

// forecast is what a night expected of some customers.
type forecast struct {
	model   *publication.Model
	panel   clv.Panel // of the customers, as of the night
	spend   []float64 // expected of each per purchase
	rows    []int     // where they are among tonight's
	unit    float64   // of the model, in days
	day     calendar.Day
	days    float64 // since then
	threads int
}

// against holds the forecast against what came.
func (of forecast) against(since deeds) (*publication.AuditedForecast, error) {
	b, err := of.model.BuildBlend()
	if err != nil {
		return nil, err
	}
	p, err := clv.NewPredictive(b, clv.PredictiveOptions{Horizon: of.days / of.unit, Prices: clv.Prices{Margin: 1}, Workers: of.threads})
	if err != nil {
		return nil, err
	}
	scores := clv.ScoreBlend(b, of.panel, p.ScoreOptions())
	total := p.Total(of.panel, scores, clv.Spent{Mean: of.spend}, clv.Baskets{Spend: of.spend})
	f := &publication.AuditedForecast{Customers: int64(len(of.rows)), ExpectedMoney: total.Expected}
	f.Low, f.High = total.Interval(clv.DefaultLevel, of.past())
	for k, i := range of.rows {
		f.Expected += scores.CET[k]
		f.Purchases += since.purchases[i]
		f.Money += since.money[i]
	}
	f.Held = f.Low <= f.Money && f.Money <= f.High
	f.Deciles = deciles(scores.CET, of.spend, of.rows, since)
	return f, nil
}

// past is what forecasts of the shop's money missed by then.
func (of forecast) past() clv.Past {
	if of.model.Stacking == nil {
		return clv.Past{}
	}
	level := of.model.Stacking.At(of.day).Level
	return clv.Past{Drift: level.Over(of.days), Tested: level.Days / of.days}
}

// deciles cuts customers into tenths by the purchases expected of them.
func deciles(expected, each []float64, rows []int, since deeds) []publication.AuditedDecile {
	const tenths = 10
	order := make([]int, len(rows))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(expected[b], expected[a]) })
	found := make([]publication.AuditedDecile, min(tenths, len(rows)))
	for place, k := range order {
		d := &found[place*len(found)/len(order)]
		d.Customers++
		d.Expected += expected[k]
		d.Purchases += since.purchases[rows[k]]
		d.ExpectedMoney += expected[k] * each[k]
		d.Money += since.money[rows[k]]
	}
	return found
}

// brokenErrors is by how many standard errors a count must lie beyond what was promised
// before a promise is called broken: chance does that in one night of seven hundred.
const brokenErrors = 3

// warn says which promises were broken.
func (n auditor) warn(a publication.AuditedNight) {
	if f := a.Forecast; f != nil && !f.Held {
		n.Warn("warning.audit_money", "night", a.AsOf, "money", fmt.Sprintf("%.2f", f.Money), "days", wording.Plain(a.Days),
			"low", fmt.Sprintf("%.2f", f.Low), "high", fmt.Sprintf("%.2f", f.High))
	}
	d := a.Declined
	if d == nil || d.WentOn == nil || n.Job.Stages == nil || a.Days < night.NextDays {
		return
	}
	share, called := n.Job.Stages.Decline.FalseShare, float64(d.Customers)
	if float64(*d.WentOn) > called*share+brokenErrors*math.Sqrt(called*share*(1-share)) {
		n.Warn("warning.audit_declines", "went_on", wording.Plain(*d.WentOn), "customers", wording.Plain(d.Customers), "night", a.AsOf,
			"days", wording.Plain(a.Days), "percent", fmt.Sprintf("%.0f", 100*share))
	}
}
