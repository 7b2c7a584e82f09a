package revaluation

import (
	"errors"
	"io/fs"
	"math"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
)

// Night is a night by which customers can be valued again.
type Night struct {
	Day   calendar.Day
	Job   *job.Job           // its settings; nil: this version of the program cannot read them
	Model *publication.Model // nil: no lifetime values
	Blend *clv.Blend         // nil: no lifetime model
	Spend *clv.SpendModel    // nil: an expected spend is the customer's own mean
	// SpendFactor is how much more a purchase comes to than the model of spend says.
	SpendFactor float64
	Rules       valuation.Rules
	Orders      clv.OrdersModel // where an order costs something
	Costed      bool            // goods have costs of their own, so that the margin is each customer's
	// Known tells whether Rules are those of the night. Where not, nobody can be valued.
	Known bool
}

// Values tells whether the night can value customers: it has models and prices.
func (n *Night) Values() bool { return n.Known && n.Blend != nil }

// Open reads what a publication is valued by. The error is a [*publication.Damage] where a
// file is not as it was published.
func Open(p *publication.Publication) (*Night, error) {
	n := &Night{Day: calendar.DayOf(p.Day()), SpendFactor: 1}
	noClock := func() time.Time { return p.Day() } // settings in force name a day
	if j, err := job.Parse(p.Path, p.Settings, nil, noClock); err == nil {
		n.Job = j
	}
	if n.Job == nil || n.Job.CLV == nil {
		return n, nil
	}
	var err error
	if n.Model, err = p.ReadModel(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := n.readRules(p); err != nil {
		return nil, err
	}
	return n, n.readModels(p)
}

// readRules finds the prices of the night.
func (n *Night) readRules(p *publication.Publication) error {
	margin := n.Job.CLV.Margin
	for _, s := range n.Job.Sources {
		n.Costed = n.Costed || s.Columns.Cost != ""
	}
	n.Known = true
	if n.Costed {
		if n.Known = p.Margin != nil; n.Known {
			margin = *p.Margin
		}
	}
	n.Rules = valuation.Of(n.Job.CLV, margin)
	if n.Rules.Prices.PerOrder == 0 {
		return nil
	}
	orders, days, err := p.ReadOrders()
	if errors.Is(err, publication.ErrNoColumn) || errors.Is(err, fs.ErrNotExist) {
		n.Known = false
		return nil
	}
	if err == nil {
		n.Orders, err = clv.FitOrders(orders, days, 1)
	}
	return err
}

// readModels builds the models of the night.
func (n *Night) readModels(p *publication.Publication) (err error) {
	if !n.Model.Exists() {
		return nil
	}
	if n.Blend, err = n.Model.BuildBlend(); err != nil {
		return p.Damaged(publication.ModelFile, err)
	}
	if n.Model.Stacking != nil {
		n.SpendFactor = math.Exp(n.Model.Stacking.At(n.Day).Level.Spend)
	}
	if n.Model.Spend == nil {
		return nil
	}
	m, err := n.Model.Spend.Build()
	if err != nil && !errors.Is(err, clv.ErrNoMean) {
		return p.Damaged(publication.ModelFile, err)
	}
	n.Spend = &m
	return nil
}
