package bridge

import (
	"errors"
	"io/fs"
	"runtime"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Cause is why customer equity is not what it was.
type Cause string

// The causes, in the order of the lines.
const (
	New       Cause = "new"       // customers who were none on the night before
	Bought    Cause = "bought"    // what was bought since
	Returned  Cause = "returned"  // what was given back since, by who bought nothing
	Corrected Cause = "corrected" // another past than the night before knew, or customers who are none any more
	Time      Cause = "time"      // the days that passed
	Model     Cause = "model"     // the models, and prices where those are others
)

// causes are all of them.
var causes = []Cause{New, Bought, Returned, Corrected, Time, Model}

// Line is what one cause comes to.
type Line struct {
	Cause     Cause
	Amount    money.Amount
	Customers int64 // of whom it is told; 0 for time and model, which are of all
}

// Equity is the walk from the one customer equity to the other.
type Equity struct {
	Before, After money.Amount
	Lines         []Line // all causes; with Before they add up to After
	// Sampled tells that time and model were told apart by a sample of the customers. Their
	// sum is exact.
	Sampled bool
	// Unsplit tells that of some customers time and model could not be told apart from what
	// they did, or at all: these are then in the line of what they did, or in that of time.
	Unsplit bool
}

// ErrNone is that there are no two nights with customer equity to compare.
var ErrNone = errors.New("bridge: a night has no customer equity")

// Of tells what happened between two nights of a job. The error is [ErrNone], or damage.
func Of(night, before *publication.Publication) (*Equity, error) {
	if night == nil || before == nil || night.Equity == nil || before.Equity == nil {
		return nil, ErrNone
	}
	n, err := read(night)
	if err != nil {
		return nil, err
	}
	o, err := read(before)
	if err != nil {
		return nil, err
	}
	asked, err := askModels(before, n.day, o.day)
	if err != nil {
		return nil, err
	}
	w := walk{now: n, then: o, models: asked}
	return w.equity(night.Equity.Value, before.Equity.Value), nil
}

// side is a night's customers, in order of id.
type side struct {
	*publication.State
	day          calendar.Day
	future       []float64
	spend        []float64
	first, last  []calendar.Day
	purchaseDays []int64 // nil: the night does not say
	orders       []int64
	returns      []int64
	net          []money.Amount
}

func read(p *publication.Publication) (*side, error) {
	s, err := p.ReadStateColumns(column.FutureValue, column.ExpectedSpend, column.FirstDay, column.LastDay,
		column.StagePurchaseDays, column.Orders, column.Returns, column.Net)
	if err != nil {
		return nil, err
	}
	return &side{
		State: s, day: calendar.DayOf(p.Day()), future: s.Numbers(column.FutureValue), spend: s.Numbers(column.ExpectedSpend),
		first: s.Days(column.FirstDay), last: s.Days(column.LastDay), purchaseDays: s.Counts(column.StagePurchaseDays),
		orders: s.Counts(column.Orders), returns: s.Counts(column.Returns), net: s.Amounts(column.Net),
	}, nil
}

// models are those of the older night, to be asked on both days.
type models struct {
	blend       *clv.Blend
	unit        float64 // days of a model unit
	options     clv.ScoreOptions
	prices      clv.Prices
	today, then calendar.Day
}

// askModels makes the older night's models ready; nil where they cannot be asked again: this
// version of the program cannot read its settings.
func askModels(before *publication.Publication, today, then calendar.Day) (*models, error) {
	noClock := func() time.Time { return before.Day() } // settings in force name a day
	j, err := job.Parse(before.Path, before.Settings, nil, noClock)
	if err != nil || j.CLV == nil {
		return nil, nil //nolint:nilnil,nilerr // such a night has no models that we know
	}
	m, err := before.ReadModel()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // as above
	}
	if err != nil || !m.Exists() {
		return nil, err
	}
	blend, err := m.BuildBlend()
	if err != nil {
		return nil, before.Damaged(publication.ModelFile, err)
	}
	rules := valuation.Of(j.CLV, j.CLV.Margin)
	ask := rules.ScoreOptions(runtime.GOMAXPROCS(0))
	ask.WithAliveTime, ask.WithDECT = false, true
	return &models{blend: blend, unit: rules.UnitDays, options: ask, prices: rules.Prices, today: today, then: then}, nil
}
